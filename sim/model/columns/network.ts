/** Named regions and the one-way latency of a message between them. */
export class Network {
  readonly regions: readonly string[];
  /** One-way latency [s], row-major from region to region. */
  readonly #latency: Float64Array;
  /** True if no message takes time: then none makes an event. */
  readonly isInstant: boolean;

  /** @param latencySeconds one row a region, one column a region; symmetric, [s], one way */
  constructor(regions: readonly string[], latencySeconds: readonly (readonly number[])[]) {
    this.regions = regions;
    this.#latency = new Float64Array(regions.length * regions.length);
    latencySeconds.forEach((row, from) => {
      row.forEach((seconds, to) => {
        this.#latency[from * regions.length + to] = seconds;
      });
    });
    this.isInstant = this.#latency.every((seconds) => seconds === 0);
  }

  get regionCount(): number {
    return this.regions.length;
  }

  /** One-way latency [s]. */
  latency(from: number, to: number): number {
    return this.#latency[from * this.regions.length + to]!;
  }

  /** Round-trip time [s]. */
  roundTrip(from: number, to: number): number {
    return this.latency(from, to) + this.latency(to, from);
  }
}
