/** A fleet replayed from records: machines by row, times in seconds from the trace's first snapshot. */
export interface FleetTrace {
  readonly format: string;
  readonly names: readonly string[];
  readonly joinAt: Float64Array;
  readonly completion: Float64Array;
  readonly offsets: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly snapshotTimes: Float64Array;
  readonly snapshotOnline: Int32Array;
  readonly figures: readonly {
    readonly name: string;
    readonly unit: string;
    readonly value: number;
    readonly meaning: string;
  }[];
  readonly seconds: number;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}
