import { mean } from 'simple-statistics';
import { metrics } from '../metrics/index.js';
import type { Metric } from '../metrics/metric.js';
import type { RunRow } from './runs.js';
import { type ColumnOf, type Table, tableOf } from './table.js';

/** A metric, and its values in the replications in which it applies. */
interface MetricSummary {
  readonly metric: Metric;
  readonly values: readonly number[];
}

const columns: readonly ColumnOf<MetricSummary>[] = [
  {
    name: 'metric',
    unit: '',
    window: 'fixed',
    meaning: 'Name of the metric, a column of runs.csv',
    value: ({ metric }) => metric.name,
  },
  {
    name: 'unit',
    unit: '',
    window: 'fixed',
    meaning: 'Unit of mean, low95 and high95',
    value: ({ metric }) => metric.unit,
  },
  {
    name: 'mean',
    unit: 'the metric’s',
    window: 'the metric’s',
    meaning: 'Mean over replications; one replication’s value is its value',
    value: ({ values }) => (values.length === 0 ? null : mean([...values])),
  },
  {
    name: 'low95',
    unit: 'the metric’s',
    window: 'the metric’s',
    meaning: 'Lower end of the 95 % interval; empty for one replication',
    value: () => null,
  },
  {
    name: 'high95',
    unit: 'the metric’s',
    window: 'the metric’s',
    meaning: 'Upper end of the 95 % interval; empty for one replication',
    value: () => null,
  },
  {
    name: 'n',
    unit: 'replications',
    window: 'fixed',
    meaning: 'Replications in which the metric applies',
    value: ({ values }) => values.length,
  },
];

/** Mean of each metric; the interval needs at least two replications. */
export function summaryTable(runs: readonly RunRow[]): Table {
  const rows = metrics.map((metric): MetricSummary => {
    return { metric, values: runs.map((run) => run.values[metric.name]!).filter((value) => !Number.isNaN(value)) };
  });
  return tableOf('summary', 'Each metric over the replications', columns, rows);
}
