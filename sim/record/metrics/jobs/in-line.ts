import type { Metric } from '../metric.js';

/** How long the line of jobs is that wait for a node. */
export const inLineMetrics: readonly Metric[] = [
  {
    name: 'jobsWaitingMean',
    label: 'jobs that waited for a node at a time',
    unit: 'jobs',
    formula: 'Σ waiting at a sample ÷ samples',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Mean over the samples after the warm-up of clients’ jobs that wait for a node, their first or one more',
    value: ({ recorder }) => recorder.inLine.mean,
  },
  {
    name: 'jobsWaitingMost',
    label: 'most jobs that waited for a node at a time',
    unit: 'jobs',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Most such jobs at any of these samples',
    value: ({ recorder }) => recorder.inLine.most,
  },
];
