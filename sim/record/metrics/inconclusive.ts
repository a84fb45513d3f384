import type { Metric } from './metric.js';

/** How often verification had too little to go by. */
export const inconclusiveMetrics: readonly Metric[] = [
  {
    name: 'inconclusiveFraction',
    label: 'share of completed jobs accepted unchecked, as too few witnesses replied',
    unit: 'fraction',
    formula: 'completed with too few replies ÷ completed',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Share of completed jobs that were accepted unchecked: fewer observers replied than their verdict needs',
    of: ({ tally: { completed, inconclusive } }) => (completed === 0 ? Number.NaN : inconclusive / completed),
  },
];
