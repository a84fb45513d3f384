import { measuredOf } from '../../reports/series/measured.js';
import { slashingsOf } from '../findings/slashing-sums.js';
import type { RunRecord } from '../folder/run-record.js';
import { quantileSorted } from '../kernels/quantile.js';
import { secondsPerDay } from '../model/contract/units.js';
import { type Cell, numberOf, records, type Table, textOf } from '../record/tables/table.js';
import { InvalidInput, nearest } from '../scenario/text/faults.js';

/** A cohort as nodes.csv leaves it. */
export interface CohortStatus {
  readonly cohort: string;
  /** Those that were ever in the network. */
  readonly joined: number;
  readonly present: number;
  readonly online: number;
  readonly ejected: number;
  /** Quantiles of the scores of present nodes; NaN without any. */
  readonly score05: number;
  readonly score50: number;
  readonly score95: number;
  readonly stakeTokens: number;
  readonly incomeTokens: number;
  readonly slashedTokens: number;
  /** Of the whole run. */
  readonly workReferenceHours: number;
}

/** Adds up a run's final states: a row a cohort in the order of the table, and one for all. */
export function fleetStatus(run: RunRecord): readonly CohortStatus[] {
  const sums = new Map<string, CohortSum>();
  const all = new CohortSum('all');
  for (const node of records(run.table('nodes'), statusColumns)) {
    const name = textOf(node.cohort);
    const own = sums.get(name) ?? new CohortSum(name);
    sums.set(name, own);
    for (const sum of [own, all]) sum.add(node);
  }
  return [...[...sums.values()], all].map((sum) => sum.status());
}

const amounts = ['stakeTokens', 'incomeTokens', 'slashedTokens', 'workReferenceHours'] as const;
const statusColumns = ['cohort', 'state', 'online', 'score', ...amounts] as const;

class CohortSum {
  readonly #counts = { joined: 0, present: 0, online: 0, ejected: 0 };
  readonly #scores: number[] = [];
  readonly #amounts = { stakeTokens: 0, incomeTokens: 0, slashedTokens: 0, workReferenceHours: 0 };
  readonly #cohort: string;

  constructor(cohort: string) {
    this.#cohort = cohort;
  }

  add(node: Readonly<Record<(typeof statusColumns)[number], Cell>>): void {
    if (node.state !== 'absent') this.#counts.joined++;
    if (node.state === 'ejected') this.#counts.ejected++;
    if (node.state === 'present') {
      this.#counts.present++;
      if (node.online === true) this.#counts.online++;
      this.#scores.push(numberOf(node.score));
    }
    for (const name of amounts) this.#amounts[name] += numberOf(node[name]);
  }

  status(): CohortStatus {
    const sorted = Float64Array.from(this.#scores).sort();
    return {
      cohort: this.#cohort,
      ...this.#counts,
      score05: quantileSorted(sorted, 0.05),
      score50: quantileSorted(sorted, 0.5),
      score95: quantileSorted(sorted, 0.95),
      ...this.#amounts,
    };
  }
}

/** A row of nodes.csv: its cells by column, in the order of the columns. */
export type NodeRow = Readonly<Record<string, Cell>>;

/** The node of that name, else of that row; throws InvalidInput with the name that was probably meant. */
export function findNode(run: RunRecord, wanted: string): NodeRow {
  let byName: NodeRow | undefined;
  let byRow: NodeRow | undefined;
  let last = '';
  const names: string[] = [];
  for (const node of wholeRows(run.table('nodes'))) {
    const name = textOf(node.name!);
    last = textOf(node.node!);
    if (name === wanted) byName = node;
    if (last === wanted) byRow = node;
    names.push(name);
  }
  const found = byName ?? byRow;
  if (found !== undefined) return found;
  const guess = nearest(wanted, names);
  const expected = `a row from 0 to ${last} or a name such as ${names[0] ?? 'honest-0'}`;
  throw new InvalidInput([
    { path: '--node', expected, found: wanted, ...(guess === undefined ? {} : { suggestion: guess }) },
  ]);
}

function wholeRows(table: Table): Iterable<NodeRow> {
  return records(
    table,
    table.columns.map((column) => column.name),
  );
}

/** The nodes with the largest or smallest values in a column, ties by row; empty cells are left out. */
export function rankNodes(run: RunRecord, by: string, count: number, isLargest: boolean): readonly NodeRow[] {
  const table = run.table('nodes');
  const columns = table.columns.map((column) => column.name);
  if (!columns.includes(by)) {
    const suggestion = nearest(by, columns);
    const expected = `a column of nodes.csv: ${columns.join(', ')}`;
    throw new InvalidInput([
      { path: '--by', expected, found: by, ...(suggestion === undefined ? {} : { suggestion }) },
    ]);
  }
  const ranked: { readonly key: number | string | boolean; readonly node: NodeRow }[] = [];
  for (const node of wholeRows(table)) {
    const key = node[by]!;
    if (key !== null) ranked.push({ key, node });
  }
  const sign = isLargest ? -1 : 1;
  // Sorting keeps the order of equal ones, which is that of the rows.
  ranked.sort((a, b) => sign * (a.key < b.key ? -1 : Number(a.key > b.key)));
  return ranked.slice(0, count).map(({ node }) => node);
}

/** What the other tables of the run say of a node; a part is null where its table isn't there. */
export interface NodeRecord {
  readonly slashes: {
    readonly count: number;
    readonly lastDays: number;
    /** In plain words. */
    readonly lastCause: string;
  } | null;
  /** Jobs that became final and whose last attempt was the node's. */
  readonly jobs: {
    readonly count: number;
    /** Of completed ones, from the first assignment, which may have been another node's, to the result. */
    readonly latencyMeanSeconds: number;
    readonly lastDays: number;
  } | null;
}

/** Looks the node of that row up in slashings.csv and, for a run with --detail, in jobs.csv. */
export function nodeRecord(run: RunRecord, row: number): NodeRecord {
  return {
    slashes: run.hasTable('slashings') ? slashesOf(run.table('slashings'), row) : null,
    jobs: run.hasTable('jobs') ? jobsOf(run.table('jobs'), row) : null,
  };
}

function slashesOf(table: Table, row: number): NodeRecord['slashes'] {
  const slashes = { count: 0, lastDays: Number.NaN, lastCause: '' };
  for (const { node, timeDays, cause } of slashingsOf(table)) {
    if (node !== row) continue;
    slashes.count++;
    slashes.lastDays = timeDays;
    slashes.lastCause = cause;
  }
  return slashes;
}

const jobColumns = ['node', 'assignedSeconds', 'deliveredSeconds', 'finalSeconds', 'outcome'] as const;

function jobsOf(table: Table, row: number): NodeRecord['jobs'] {
  let count = 0;
  let lastDays = Number.NaN;
  let completed = 0;
  let latencySum = 0;
  for (const job of records(table, jobColumns)) {
    if (job.node !== row || job.outcome === 'open') continue;
    count++;
    lastDays = numberOf(job.finalSeconds) / secondsPerDay;
    if (job.outcome !== 'completed') continue;
    completed++;
    latencySum += numberOf(job.deliveredSeconds) - numberOf(job.assignedSeconds);
  }
  return { count, latencyMeanSeconds: latencySum / completed, lastDays };
}

/** What the network's own mechanisms measure of a node, by column. */
export function measuresOf(node: NodeRow): readonly (readonly [string, Cell])[] {
  return measuredOf(Object.entries(node), ([column]) => column);
}
