/** Named regions and the one-way latency of a message between them. */
export class Network {
  readonly regions: readonly string[];
  /** One-way latency [s], row-major from region to region. */
  readonly #latency: Float64Array;
  /** True if no message ever takes time: then none makes an event. */
  readonly isInstant: boolean;
  /** Until when no message passes from region to region [s], row-major; null before the first partition. */
  #cutUntil: Float64Array | null = null;
  /** From then on every message passes [s], as far as partitions have begun. */
  #wholeFrom = Number.NEGATIVE_INFINITY;

  /**
   * @param latencySeconds one row a region, one column a region; symmetric, [s], one way
   * @param canPart whether partitions can keep messages waiting
   */
  constructor(regions: readonly string[], latencySeconds: readonly (readonly number[])[], canPart = false) {
    this.regions = regions;
    this.#latency = new Float64Array(regions.length * regions.length);
    latencySeconds.forEach((row, from) => {
      row.forEach((seconds, to) => {
        this.#latency[from * regions.length + to] = seconds;
      });
    });
    this.isInstant = !canPart && this.#latency.every((seconds) => seconds === 0);
  }

  get regionCount(): number {
    return this.regions.length;
  }

  /** One-way latency [s]. */
  latency(from: number, to: number): number {
    return this.#latency[from * this.regions.length + to]!;
  }

  /** From now on no message passes between the two regions, in either direction, until that time [s]. */
  cut(one: number, other: number, until: number): void {
    this.#cutUntil ??= new Float64Array(this.#latency.length);
    for (const pair of [one * this.regions.length + other, other * this.regions.length + one]) {
      this.#cutUntil[pair] = Math.max(this.#cutUntil[pair]!, until);
    }
    this.#wholeFrom = Math.max(this.#wholeFrom, until);
  }

  /** True if every message passes at that time [s]: asked first, so that nobody's region is looked up in vain. */
  isWhole(now: number): boolean {
    return now >= this.#wholeFrom;
  }

  /** True if no message passes between the two regions at that time [s]. */
  isCut(one: number, other: number, now: number): boolean {
    return now < this.#wholeFrom && this.#cutUntil![one * this.regions.length + other]! > now;
  }

  /** How long a message takes that is sent now [s]: where none passes it waits until the partition ends. */
  travelSeconds(from: number, to: number, now: number): number {
    const latency = this.latency(from, to);
    if (!this.isCut(from, to, now)) return latency;
    return latency + this.#cutUntil![from * this.regions.length + to]! - now;
  }

  /** Round-trip time [s]. */
  roundTrip(from: number, to: number): number {
    return this.latency(from, to) + this.latency(to, from);
  }
}
