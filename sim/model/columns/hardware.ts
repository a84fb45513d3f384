/**
 * Throughput of any machine, relative to the reference card, both included: below, a second of work takes eleven days,
 * which nobody offers; so bounded, the time that work takes is finite.
 */
export const throughputLeast = 1e-6;
export const throughputMost = 1e6;

/** A class of real hardware; hardware.yaml says where each figure comes from. */
export interface HardwareClass {
  readonly name: string;
  /** Relative to the reference card (consumer-gpu = 1). */
  readonly throughput: number;
  readonly memoryGiB: number;
  readonly slots: number;
  /** Owning or renting the machine [USD/h], busy or not. */
  readonly fixedUsdPerHour: number;
  /** [W] */
  readonly busyWatts: number;
  readonly idleWatts: number;
  /** Probability that an honest computation is wrong. */
  readonly faultProbability: number;
}
