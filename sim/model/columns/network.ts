/** What keeps messages between regions waiting. */
export interface MessageHolds {
  /** When a message passes that is sent between the two regions at a time [s], which may lie ahead: then, or later. */
  passesAt(from: number, to: number, at: number): number;
}

/** Named regions and the one-way latency of a message between them. */
export class Network {
  readonly regions: readonly string[];
  /** One-way latency [s], row-major from region to region. */
  readonly #latency: Float64Array;
  readonly #holds: MessageHolds | null;
  /** True if no message ever takes time: then none makes an event. */
  readonly isInstant: boolean;
  /** Until when no message passes from region to region [s], row-major; null before the first partition. */
  #cutUntil: Float64Array | null = null;
  /** From then on every message passes [s], as far as partitions have begun. */
  #wholeFrom = Number.NEGATIVE_INFINITY;

  /**
   * @param latencySeconds one row a region, one column a region; symmetric, [s], one way
   * @param holds what can keep messages waiting; null for nothing
   */
  constructor(
    regions: readonly string[],
    latencySeconds: readonly (readonly number[])[],
    holds: MessageHolds | null = null,
  ) {
    this.regions = regions;
    this.#holds = holds;
    this.#latency = new Float64Array(regions.length * regions.length);
    latencySeconds.forEach((row, from) => {
      row.forEach((seconds, to) => {
        this.#latency[from * regions.length + to] = seconds;
      });
    });
    this.isInstant = holds === null && this.#latency.every((seconds) => seconds === 0);
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

  /** How long a message takes that is sent at that time [s], which may lie ahead: it waits while none passes. */
  travelSeconds(from: number, to: number, at: number): number {
    const latency = this.latency(from, to);
    if (this.#holds === null) return latency;
    const passesAt = this.#holds.passesAt(from, to, at);
    return passesAt === at ? latency : latency + passesAt - at;
  }

  /** Round-trip time [s]. */
  roundTrip(from: number, to: number): number {
    return this.latency(from, to) + this.latency(to, from);
  }
}
