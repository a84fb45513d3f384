import {
  deviationOf,
  type Interval,
  meanInterval,
  meanOf,
  medianInterval,
  quartilesOf,
} from '../../kernels/intervals.js';
import { metrics } from '../metrics/index.js';
import type { Metric } from '../metrics/metric.js';
import type { RunRow } from './runs.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './table.js';

/** A metric over the replications in which it applies. */
export interface MetricSummary extends Interval {
  readonly metric: Metric;
  readonly values: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  /** Replications in which it can't be told. */
  readonly missing: number;
}

const ofMetric = { unit: 'the metric’s', window: 'the metric’s' } as const;

/** Columns of a metric's figures. */
export const summaryColumns: readonly ColumnOf<MetricSummary>[] = [
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
    meaning: 'Unit of mean, deviation, interval and quartiles',
    value: ({ metric }) => metric.unit,
  },
  {
    name: 'mean',
    ...ofMetric,
    meaning: 'Mean over replications; one replication’s value is its value',
    value: ({ mean }) => cellOf(mean),
  },
  {
    name: 'deviation',
    ...ofMetric,
    meaning: 'Standard deviation of the replications, n − 1 in the denominator; empty for one',
    value: ({ deviation }) => cellOf(deviation),
  },
  {
    name: 'intervalOf',
    unit: '',
    window: 'fixed',
    meaning:
      'What low95 and high95 enclose: the mean (t interval), or, for figures that are quantiles themselves, the ' +
      'median (between two order statistics, which takes six replications)',
    value: ({ metric }) => (metric.isQuantile === true ? 'median' : 'mean'),
  },
  {
    name: 'low95',
    ...ofMetric,
    meaning: 'Lower end of the 95 % interval; empty where replications are too few for one',
    value: ({ low }) => cellOf(low),
  },
  {
    name: 'high95',
    ...ofMetric,
    meaning: 'Upper end of the 95 % interval; empty where replications are too few for one',
    value: ({ high }) => cellOf(high),
  },
  { name: 'q25', ...ofMetric, meaning: 'Lower quartile (type 7)', value: ({ q25 }) => cellOf(q25) },
  { name: 'median', ...ofMetric, meaning: 'Median (type 7)', value: ({ median }) => cellOf(median) },
  { name: 'q75', ...ofMetric, meaning: 'Upper quartile (type 7)', value: ({ q75 }) => cellOf(q75) },
  {
    name: 'n',
    unit: 'replications',
    window: 'fixed',
    meaning: 'Replications in which the metric applies',
    value: ({ values }) => values.length,
  },
  {
    name: 'missing',
    unit: 'replications',
    window: 'fixed',
    meaning: 'Replications that all of this leaves out, as the metric can’t be told of them',
    value: ({ missing }) => missing,
  },
];

/** A metric over the replications, of which there is one at least. */
export function summaryOf(metric: Metric, runs: readonly Pick<RunRow, 'values'>[]): MetricSummary {
  const values = runs.map((run) => run.values[metric.name] ?? Number.NaN).filter((value) => !Number.isNaN(value));
  return {
    metric,
    values,
    mean: meanOf(values),
    deviation: deviationOf(values),
    ...(metric.isQuantile === true ? medianInterval(values) : meanInterval(values)),
    ...quartilesOf(values),
    missing: runs.length - values.length,
  };
}

/** Each metric over the replications; never over nodes or jobs, which aren't independent of one another. */
export function summaryTable(runs: readonly RunRow[], all: readonly Metric[] = metrics): Table {
  const rows = all.map((metric) => summaryOf(metric, runs));
  return tableOf('summary', 'Each metric over the replications', summaryColumns, rows);
}
