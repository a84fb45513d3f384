import type { SweepRecord } from '../../folder/sweep-record.js';
import { meanInterval, meanOf, medianInterval, quartilesOf } from '../../kernels/intervals.js';
import type { Bounds } from '../../record/expectations.js';
import { metricTold } from '../../record/metrics/index.js';
import { type Cell, numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { checkExpectations, checkQuestion } from '../checked-expectations.js';
import type { HeldExpectation } from '../expectations.js';

/** A figure of a point over its replications. */
export interface PointFigure {
  /** The mean, or the median of figures that are quantiles themselves; NaN where it can't be told. */
  readonly middle: number;
  /** Ends of its 95 % interval; NaN where replications are too few for one. */
  readonly low: number;
  readonly high: number;
  /** Replications that have it. */
  readonly n: number;
}

const boundNames = ['above', 'atLeast', 'below', 'atMost'] as const;

/** What an expectation was held against at a point, and the bounds that the point states. */
interface HeldFigure extends PointFigure {
  readonly bounds: Bounds;
}

/** A point of a sweep, as its tables tell it. */
export interface SweepPoint {
  /** From 1. */
  readonly point: number;
  /** On each axis: a number, or the words of a level. */
  readonly values: readonly (number | string)[];
  readonly metrics: ReadonlyMap<string, PointFigure>;
  /**
   * Its expectations and the question’s parts, by their intervals, or by their values where it has one replication.
   * Points may state their own, so they are numbered by what they are about, over all points.
   */
  readonly held: readonly HeldExpectation[];
  /** What they were held against, in the same order. */
  readonly heldFigures: readonly HeldFigure[];
}

/** The points of a sweep, in their order. */
export function sweepPoints({ manifest, table }: SweepRecord): readonly SweepPoint[] {
  const paths = manifest.axes.flatMap((axis) => axis.paths);
  const names = ['point', ...paths, 'metric', 'mean', 'median', 'low95', 'high95', 'n'];
  const found = new Map<number, { values: (number | string)[]; metrics: Map<string, PointFigure> }>();
  for (const row of records(table('points'), names)) {
    const point = numberOf(row.point!);
    let own = found.get(point);
    if (own === undefined) {
      const values = manifest.axes.map((axis) => {
        return valueOn(
          axis,
          axis.paths.map((path) => row[path]!),
        );
      });
      own = { values, metrics: new Map() };
      found.set(point, own);
    }
    const metric = textOf(row.metric!);
    const middle = metricTold(metric, '').isQuantile === true ? row.median! : row.mean!;
    const [low, high, n] = [row.low95!, row.high95!, row.n!].map(numberOf) as [number, number, number];
    own.metrics.set(metric, { middle: numberOf(middle), low, high, n });
  }
  const expectations = expectationsByPoint(table('expectations'));
  const points = Array.from(found, ([point, own]): SweepPoint => {
    const part = expectations.get(point);
    return { point, ...own, ...heldOf(part, manifest.replications) };
  });
  return numberedTogether(points);
}

/** Gives one number to what several points expect of one figure, whatever the place where each of them states it. */
function numberedTogether(points: readonly SweepPoint[]): readonly SweepPoint[] {
  const numbers = new Map<string, number>();
  return points.map((point) => {
    const own = new Map<number, number>();
    for (const { expectation, subject } of point.held) {
      if (expectation === 0 || own.has(expectation)) continue;
      for (let again = 0; ; again++) {
        const name = `${subject}/${again}`;
        const number = numbers.get(name) ?? numbers.size + 1;
        if ([...own.values()].includes(number)) continue;
        numbers.set(name, number);
        own.set(expectation, number);
        break;
      }
    }
    const held = point.held.map((one) => ({ ...one, expectation: own.get(one.expectation) ?? 0 }));
    return { ...point, held };
  });
}

/** Where the cells of an axis's paths lie on it. */
function valueOn({ values }: SweepRecord['manifest']['axes'][number], cells: readonly Cell[]): number | string {
  const texts = cells.map(textOf);
  const level =
    values.kind === 'levels'
      ? values.levels.find((one) => one.cells.every((cell, at) => String(cell) === texts[at]))
      : undefined;
  if (level !== undefined) return level.number ?? level.label;
  return typeof cells[0] === 'number' ? cells[0] : texts[0]!;
}

/** The rows of each point, as the table of a run or of several has them. */
function expectationsByPoint(table: Table): ReadonlyMap<number, Table> {
  const rows = new Map<number, (readonly Cell[])[]>();
  for (const [point, ...row] of table.rows()) {
    const own = rows.get(point as number);
    if (own === undefined) rows.set(point as number, [row]);
    else own.push(row);
  }
  const columns = table.columns.slice(1);
  return new Map(
    Array.from(rows, ([point, own]) => [point, { ...table, columns, rowCount: own.length, rows: () => own }]),
  );
}

function heldOf(part: Table | undefined, replications: number): Pick<SweepPoint, 'held' | 'heldFigures'> {
  if (part === undefined) return { held: [], heldFigures: [] };
  const shown = replications > 1 ? part : withoutReplication(part);
  const held = [...checkQuestion(shown), ...checkExpectations(shown)];
  return { held, heldFigures: held.map((one) => figureOf(part, one)) };
}

/** One replication's rows as the table of a run, so that values are held and not intervals. */
function withoutReplication(table: Table): Table {
  const rows = Array.from(table.rows(), (row) => row.slice(1));
  return { ...table, columns: table.columns.slice(1), rows: () => rows };
}

/** Over replications, of the rows that say the same but for what was found. */
function figureOf(part: Table, { expectation, metric, text }: HeldExpectation): HeldFigure {
  const own = [...records(part, ['replication', 'expectation', 'value', ...boundNames])].filter(
    (row) => row.expectation === expectation,
  );
  // a question or expectation with two sides has two rows a replication, of which the text says which
  const first = own.filter(({ replication }) => replication === own[0]!.replication);
  const isUpper = / (below|at most) /.test(text) && !/ (above|at least) /.test(text);
  const side = (row: (typeof own)[number]) => (row.below !== null || row.atMost !== null) === isUpper;
  const rows = first.length === 1 ? own : own.filter(side);
  const values = rows.map(({ value }) => numberOf(value)).filter((value) => !Number.isNaN(value));
  const isQuantile = metricTold(metric, '').isQuantile === true;
  const { low, high } = isQuantile ? medianInterval(values) : meanInterval(values);
  const middle = isQuantile ? quartilesOf(values).median : meanOf(values);
  const stated = boundNames.flatMap((name) => (typeof rows[0]![name] === 'number' ? [[name, rows[0]![name]]] : []));
  return { middle, low, high, n: values.length, bounds: Object.fromEntries(stated) };
}
