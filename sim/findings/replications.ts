import type { ReplicatedFigure } from '../../reports/charts/index.js';
import { toRange } from '../../reports/figure.js';
import { largest, smallest } from '../kernels/extent.js';
import type { Interval } from '../kernels/intervals.js';
import { metrics } from '../record/metrics/index.js';
import { type Metric, type MetricValues, rangeOf } from '../record/metrics/metric.js';
import { type MetricSummary, summaryOf } from '../record/tables/summary.js';
import { type Cell, numberOf, records, type Table } from '../record/tables/table.js';

/** Each replication's figures, from the table of runs, in its order. */
export function valuesByReplication(runs: Table, all: readonly Metric[] = metrics): readonly MetricValues[] {
  const names = all.map(({ name }) => name);
  return Array.from(records(runs, names), (row) => {
    return Object.fromEntries(names.map((name) => [name, numberOf(row[name]!)]));
  });
}

/** A metric over the replications, by its name. */
export function summariesOf(
  replications: readonly MetricValues[],
  all: readonly Metric[] = metrics,
): ReadonlyMap<string, MetricSummary> {
  const runs = replications.map((values) => ({ values }));
  return new Map(all.map((metric) => [metric.name, summaryOf(metric, runs)]));
}

/** The interval of a metric as people read it: without the part of it where no value of the metric can lie. */
export function rangeInWords(summary: MetricSummary): string {
  const { unit } = summary.metric;
  // what isn't all isn't rounded up to it
  return toRange(possible(summary), unit, unit === 'fraction' ? [1] : []);
}

function possible({ metric, low, high }: MetricSummary): Interval {
  const [least, most] = rangeOf(metric);
  return { low: Math.max(low, least), high: Math.min(high, most) };
}

/** The same, or between which ends all values lie where they are too few for an interval. */
export function intervalInWords(summary: MetricSummary): string {
  const { metric, values, low } = summary;
  if (values.length === 1) return 'of one replication alone';
  const ends = { low: smallest(values), high: largest(values) };
  if (ends.low === ends.high) return 'the same in all';
  return Number.isNaN(low) ? `${toRange(ends, metric.unit)} in all, too few for an interval` : rangeInWords(summary);
}

/** A metric over the replications as charts draw it. */
export function replicatedFigure(summary: MetricSummary): ReplicatedFigure {
  const { metric, values, missing, mean, median } = summary;
  const [label, unit] = [metric.label, metric.unit];
  const middle = metric.isQuantile === true ? median : mean;
  return { label, unit, values, missing, ...possible(summary), middle, interval: intervalInWords(summary) };
}

const column = 'replication';
/** Tables that name the replication of a single run, too. */
const namesReplication: ReadonlySet<string> = new Set(['runs', 'timeseries', 'twin']);

/** Whether the table has rows of several replications. */
export function hasReplications(table: Table): boolean {
  return table.columns[0]?.name === column && !namesReplication.has(table.name);
}

/** The rows of each replication, in their order; the table itself where it is of one run. */
export function eachReplication(table: Table): readonly Table[] {
  if (!hasReplications(table)) return [table];
  const parts = new Map<Cell, (readonly Cell[])[]>();
  for (const row of table.rows()) {
    const others = parts.get(row[0]!);
    if (others === undefined) parts.set(row[0]!, [[...row]]);
    else others.push([...row]);
  }
  return Array.from(parts.values(), (rows) => withRows(table, rows));
}

/** The rows of the first replication that the table has; the table itself where it is of one run. */
export function ofFirstReplication(table: Table): Table {
  if (!hasReplications(table)) return table;
  let first: Cell | undefined;
  const rows: (readonly Cell[])[] = [];
  for (const row of table.rows()) {
    first ??= row[0];
    if (row[0] === first) rows.push([...row]);
  }
  return withRows(table, rows);
}

/**
 * The table's rows with numbers averaged over replications, by what their texts say; the table itself where it is of
 * one run. A row that some replications haven't got counts as 0 there.
 *
 * @param replications how many there are
 */
export function meansOverReplications(table: Table, replications: number): Table {
  if (!hasReplications(table)) return table;
  const groups = new Map<string, (readonly Cell[])[]>();
  for (const row of table.rows()) {
    const key = JSON.stringify(row.slice(1).filter((cell) => typeof cell !== 'number' && cell !== null));
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [[...row]]);
    else others.push([...row]);
  }
  const rows = Array.from(groups.values(), (group) => {
    return table.columns.map((_, place): Cell => {
      const cells = group.map((row) => row[place]!);
      const numbers = cells.filter((cell): cell is number => typeof cell === 'number');
      if (numbers.length === 0) return cells[0]!;
      const counted = (cells as readonly Cell[]).includes(null) ? numbers.length : replications;
      return numbers.reduce((sum, number) => sum + number, 0) / counted;
    });
  });
  return withRows(table, rows);
}

function withRows(table: Table, rows: readonly (readonly Cell[])[]): Table {
  return { ...table, rowCount: rows.length, rows: () => rows };
}
