import type { ReplicationSamples } from './samples.js';

/** What a running total of a cohort grew by in each bin; null where a bin has no value. */
export function incrementsOf(samples: ReplicationSamples, cohort: string, column: string): (number | null)[] {
  let before = 0;
  return samples.bins.map((_, bin) => {
    const total = samples.last(cohort, column, bin);
    if (total === null) return null;
    const growth = total - before;
    before = total;
    return growth;
  });
}
