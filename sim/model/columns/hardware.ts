import type { JobClass } from './job-class.js';

/**
 * Throughput of any machine, relative to the reference card, both included: below, a second of work takes eleven days,
 * which nobody offers; so bounded, the time that work takes is finite.
 */
export const throughputLeast = 1e-6;
export const throughputMost = 1e6;

/** A class of real hardware; hardware.yaml says where each figure comes from. */
export interface HardwareClass {
  readonly name: string;
  readonly type: 'gpu' | 'cpu';
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

/** Job classes that a node may serve with such hardware, a bit a class. */
export function classesAllowedBy(
  { memoryGiB, type }: Pick<HardwareClass, 'memoryGiB' | 'type'>,
  isPublic: boolean,
  classes: readonly JobClass[],
): number {
  let allowed = 0;
  for (const jobClass of classes) {
    const isAllowed =
      (type === 'gpu' || !jobClass.needsGpu) &&
      memoryGiB >= jobClass.memoryGiB &&
      (isPublic || !jobClass.needsPublicAddress);
    if (isAllowed) allowed |= 1 << jobClass.index;
  }
  return allowed >>> 0;
}
