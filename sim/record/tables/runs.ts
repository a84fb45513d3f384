import { metrics } from '../metrics/index.js';
import type { Metric, MetricValues } from '../metrics/metric.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './table.js';

/** A replication and its figures. */
export interface RunRow {
  readonly replication: number;
  readonly seed: string;
  readonly values: MetricValues;
}

/** Columns of a run's figures. */
export function runColumns(all: readonly Metric[] = metrics): readonly ColumnOf<RunRow>[] {
  return [...fixedColumns, ...all.map(columnOf)];
}

const fixedColumns: readonly ColumnOf<RunRow>[] = [
  {
    name: 'replication',
    unit: '',
    window: 'fixed',
    meaning: 'Number of the replication, from 1',
    value: (run) => run.replication,
  },
  { name: 'seed', unit: '', window: 'fixed', meaning: 'Seed of the replication', value: (run) => run.seed },
];

function columnOf({ name, unit, window, meaning }: Metric): ColumnOf<RunRow> {
  // two scenarios in one table may bring different metrics
  return { name, unit, window, meaning, value: (run) => cellOf(run.values[name] ?? Number.NaN) };
}

export function runsTable(runs: readonly RunRow[], all: readonly Metric[] = metrics): Table {
  return tableOf('runs', 'A row a replication, a column a metric', runColumns(all), runs);
}
