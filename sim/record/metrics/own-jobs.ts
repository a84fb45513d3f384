import type { Metric } from './metric.js';

/** Jobs that operators submitted themselves, such as to their own nodes: no client's, so in no other figure of jobs. */
export const ownJobMetrics: readonly Metric[] = [
  {
    name: 'ownJobs',
    label: 'jobs that operators submitted themselves',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Jobs that operators submitted and that became final after the warm-up; they count as no client’s jobs',
    addsUp: true,
    of: ({ tally }) => tally.ownJobs,
  },
  {
    name: 'ownJobsCompleted',
    label: 'jobs that operators submitted themselves and that were completed',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, completed jobs',
    addsUp: true,
    of: ({ tally }) => tally.ownJobsCompleted,
  },
];
