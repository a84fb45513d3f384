import { metrics } from '../metrics/index.js';
import type { MetricValues } from '../metrics/metric.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './table.js';

/** A replication and its figures. */
export interface RunRow {
  readonly replication: number;
  readonly seed: string;
  readonly values: MetricValues;
}

/** Columns of a run's figures. */
export const runColumns: readonly ColumnOf<RunRow>[] = [
  {
    name: 'replication',
    unit: '',
    window: 'fixed',
    meaning: 'Number of the replication, from 1',
    value: (run) => run.replication,
  },
  { name: 'seed', unit: '', window: 'fixed', meaning: 'Seed of the replication', value: (run) => run.seed },
  ...metrics.map(({ name, unit, window, meaning }): ColumnOf<RunRow> => {
    return { name, unit, window, meaning, value: (run) => cellOf(run.values[name]!) };
  }),
];

export function runsTable(runs: readonly RunRow[]): Table {
  return tableOf('runs', 'A row a replication, a column a metric', runColumns, runs);
}
