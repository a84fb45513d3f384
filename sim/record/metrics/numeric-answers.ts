import type { Metric } from './metric.js';

/** What clients with numeric answers are given; empty without such jobs. */
export const numericAnswerMetrics: readonly Metric[] = [
  {
    name: 'answerErrorP50',
    label: 'error of numeric answers, half of them',
    isQuantile: true,
    isRatio: true,
    unit: 'fraction',
    formula: 'median of |given − true| ÷ |true|',
    source: 'Hyndman and Fan 1996, Sample quantiles in statistical packages',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Median of how far what the client was given is off, as a share of the true value, of completed jobs with ' +
      'numeric answers: the consensus, or else an accepted answer',
    of: ({ answerError }) => answerError.quantile(0.5),
  },
  {
    name: 'answerErrorP95',
    label: 'error of numeric answers, 95 % of them',
    isQuantile: true,
    isRatio: true,
    unit: 'fraction',
    formula: '95 % quantile of |given − true| ÷ |true|',
    source: 'Hyndman and Fan 1996, Sample quantiles in statistical packages',
    better: 'lower',
    window: 'after the warm-up',
    meaning: '95 % quantile (type 7) of that error',
    of: ({ answerError }) => answerError.quantile(0.95),
  },
  {
    name: 'committeesCapturedFraction',
    label: 'share of committees of which attackers were the majority',
    unit: 'fraction',
    formula: 'of n drawn among N nodes with m attackers: Σ over k > n/2 of C(m, k)·C(N − m, n − k) ÷ C(N, n)',
    source: 'Hypergeometric distribution',
    better: 'lower',
    window: 'after the warm-up',
    needs: 'attackers',
    meaning:
      'Of completed jobs with answers of several nodes, the share at which attackers gave more than half of ' +
      'the answers',
    of: ({ tally: { committees, committeesCaptured } }) =>
      committees === 0 ? Number.NaN : committeesCaptured / committees,
  },
];
