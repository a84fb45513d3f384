/**
 * A fleet replayed from records: one row a machine, times in seconds from the trace's first snapshot.
 *
 * A machine's sessions don't overlap and stand in order of time; at each snapshot's time, exactly the machines with
 * start ≤ time < end are up.
 */
export interface FleetTrace {
  readonly format: string;
  /** Provider of each machine, in the order of the records. */
  readonly names: readonly string[];
  /** Start of the first session [s]; Infinity for a machine without sessions, which never comes. */
  readonly joinAt: Float64Array;
  /** Probability that an attempt ends with a result. */
  readonly completion: Float64Array;
  /** Sessions of machine m stand from offsets[m] (included) to offsets[m + 1] (excluded). */
  readonly offsets: Int32Array;
  /** [s], included */
  readonly starts: Float64Array;
  /** [s], excluded; `endSeconds` for sessions of which the records don't see the end. */
  readonly ends: Float64Array;
  /** [s], rising; the first is 0. */
  readonly snapshotTimes: Float64Array;
  /** Machines that the records counted as online at each snapshot. */
  readonly snapshotOnline: Int32Array;
  readonly figures: readonly TraceFigure[];
  /** Time of the last snapshot [s]. */
  readonly seconds: number;
  /** From then on the records say nothing [s]; after the last snapshot. */
  readonly endSeconds: number;
  /** What was read: names within the trace's folder. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

/** A number that sums up the records, for holding a replay against them. */
export interface TraceFigure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly meaning: string;
}
