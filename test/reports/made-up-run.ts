import type { ChartInput } from '../../reports/charts/index.js';
import { type Cell, tableOf } from '../../sim/record/table.js';

const NAMES = [
  ...['replication', 'timeDays', 'cohort', 'nodesPresent', 'nodesOnline', 'nodesJailed', 'nodesEjected'],
  ...['score05', 'score25', 'score50', 'score75', 'score95', 'workReferenceHours', 'workFraction'],
  ...['stakeTokens', 'incomeTokens', 'slashedTokens', 'jobsFinal', 'jobsCompleted', 'jobsRejected'],
  ...['jobsTimedOut', 'jobsUnserved', 'jobsOpen'],
];

interface Options {
  readonly horizonDays?: number;
  readonly sampleCount?: number;
  readonly replicationCount?: number;
  readonly warmUpDays?: number;
  readonly cohorts?: readonly string[];
  /** The second cohort joins then; before, its scores are empty. */
  readonly joinDays?: number;
}

/** A run that never was: smooth curves with the shape of a real time series, the second cohort joining late. */
export function madeUpRun(options: Options = {}): ChartInput {
  const { horizonDays = 30, sampleCount = 721, replicationCount = 1, warmUpDays = 3, joinDays = 10 } = options;
  const cohorts = options.cohorts ?? ['honest', 'swarm', 'fleet-a'];
  const intervalDays = horizonDays / (sampleCount - 1);
  const rows: Cell[][] = [];
  for (let replication = 0; replication < replicationCount; replication++) {
    for (let sample = 0; sample < sampleCount; sample++) {
      const timeDays = sample * intervalDays;
      cohorts.forEach((cohort, index) => {
        const isPresent = index !== 1 || timeDays >= joinDays;
        const nodes = isPresent ? 100 * (index + 1) : 0;
        const rise = 1 - Math.exp(-timeDays / horizonDays);
        const scores = isPresent ? [0.1, 0.2, 0.3, 0.4, 0.5].map((spread) => 0.4 + spread * rise) : Array(5).fill(null);
        const hours = sample === 0 ? 0 : nodes * intervalDays * 24;
        rows.push([replication, timeDays, cohort, nodes, nodes, 0, 0, ...scores, hours, null, nodes, 0, 0]);
      });
      const jobs = sample === 0 ? 0 : Math.round(100 * intervalDays * 24);
      rows.push([replication, timeDays, 'all', 600, 600, 0, 0, ...Array(10).fill(null), jobs, jobs, 1, 1, 0, 5]);
    }
  }
  const padded = rows.map((row) => [...row, ...Array<Cell>(NAMES.length - row.length).fill(null)]);
  const columns = NAMES.map((name) => ({ name, unit: '', meaning: name }));
  return { timeseries: tableOf('timeseries', 'A made-up run', columns, padded), cohorts, horizonDays, warmUpDays };
}
