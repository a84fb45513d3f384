import { expectationsTable } from '../../record/expectations.js';
import { inReplication } from '../../record/tables/replications.js';
import { type RunRow, runColumns } from '../../record/tables/runs.js';
import { type MetricSummary, summaryColumns, summaryOf } from '../../record/tables/summary.js';
import { type Cell, type Column, type ColumnOf, type Rows, type Table, tableOf } from '../../record/tables/table.js';
import { type FailedRun, failuresTable } from '../failures.js';
import type { Outcome } from '../work/outcome.js';
import type { SweepPlan } from './plan.js';
import type { Axis } from './request.js';

/** A run of a point that came to an end. */
export interface PointRun {
  readonly replication: number;
  readonly outcome: Outcome;
}

/** A failed run of a point, from 1. */
export interface FailedPointRun extends FailedRun {
  readonly point: number;
}

interface AtPoint {
  /** From 1. */
  readonly point: number;
  readonly cells: readonly Cell[];
}

const pointColumn: Column = { name: 'point', unit: '', window: 'fixed', meaning: 'Number of the point, from 1' };

/** The point and what is varied there: what the tables of a sweep's figures begin with. */
function placeColumns<Row extends AtPoint>(axes: readonly Axis[]): readonly ColumnOf<Row>[] {
  const paths = axes.flatMap((axis) => axis.paths.map((path, at) => ({ path, unit: axis.units[at]! })));
  const ofPaths = paths.map(({ path, unit }, place): ColumnOf<Row> => {
    return { name: path, unit, window: 'fixed', meaning: `What ${path} is there`, value: ({ cells }) => cells[place]! };
  });
  return [{ ...pointColumn, value: ({ point }) => point }, ...ofPaths];
}

/** Columns of figures of another row, which this one's rows have. */
function of<Inner, Row>(columns: readonly ColumnOf<Inner>[], inner: (row: Row) => Inner): readonly ColumnOf<Row>[] {
  return columns.map((column) => ({ ...column, value: (row) => column.value(inner(row)) }));
}

/** A row for each run that came to an end. */
export function sweepTable({ base, request, points }: SweepPlan, runs: readonly (readonly PointRun[])[]): Table {
  type Row = AtPoint & { readonly run: RunRow };
  const rows = runs.flatMap((own, point) =>
    own.map(({ replication, outcome: { seed, values } }): Row => {
      return { point: point + 1, cells: points[point]!.cells, run: { replication, seed, values } };
    }),
  );
  const columns = [
    ...placeColumns<Row>(request.axes),
    ...of(runColumns(base.scenario.registry.metrics), ({ run }: Row) => run),
  ];
  return tableOf('sweep', 'A row a point and replication, a column a metric', columns, rows);
}

/** A row for each point and metric, over the point's replications. */
export function pointsTable({ base, request, points }: SweepPlan, runs: readonly (readonly PointRun[])[]): Table {
  const { metrics } = base.scenario.registry;
  type Row = AtPoint & { readonly summary: MetricSummary };
  const rows: Rows<Row> = {
    length: points.length * metrics.length,
    *[Symbol.iterator]() {
      for (const [place, { cells }] of points.entries()) {
        const outcomes = runs[place]!.map(({ outcome }) => outcome);
        for (const metric of metrics) yield { point: place + 1, cells, summary: summaryOf(metric, outcomes) };
      }
    },
  };
  const columns = [...placeColumns<Row>(request.axes), ...of(summaryColumns, ({ summary }: Row) => summary)];
  return tableOf('points', 'A row a point and metric, over its replications', columns, rows);
}

/** A row for each run and expectation. */
export function pointExpectationsTable(runs: readonly (readonly PointRun[])[]): Table {
  const parts = runs.flatMap((own, place) =>
    own.map(({ replication, outcome }) => ({
      point: place + 1,
      table: inReplication(expectationsTable(outcome.held), replication),
    })),
  );
  const empty = inReplication(expectationsTable([]), 1);
  return {
    ...empty,
    meaning: 'Each expectation of each run, and the figure that it was held against',
    columns: [pointColumn, ...empty.columns],
    rowCount: parts.reduce((sum, { table }) => sum + table.rowCount, 0),
    *rows() {
      for (const { point, table } of parts) for (const row of table.rows()) yield [point, ...row];
    },
  };
}

/** A row for each run that ended in an error. */
export function pointFailuresTable(failures: readonly FailedPointRun[]): Table {
  const table = failuresTable(failures);
  return {
    ...table,
    columns: [pointColumn, ...table.columns],
    *rows() {
      let place = 0;
      for (const row of table.rows()) yield [failures[place++]!.point, ...row];
    },
  };
}
