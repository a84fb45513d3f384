import { causeInWords } from '../findings/slashing-sums.js';
import type { RunRecord } from '../folder/run-record.js';
import { quantileSorted } from '../kernels/quantile.js';
import { InvalidInput, nearest } from '../scenario/text/faults.js';
import { hasTable, openTable, type StoredTable, toCellNumber } from './stored-table.js';

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
  const table = openTable(run, 'nodes');
  const place = Object.fromEntries(statusColumns.map((name) => [name, table.place(name)]));
  const sums = new Map<string, CohortSum>();
  const all = new CohortSum('all');
  table.eachRow((cells) => {
    const name = cells[place.cohort!]!;
    const own = sums.get(name) ?? new CohortSum(name);
    sums.set(name, own);
    for (const sum of [own, all]) sum.add((column) => cells[place[column]!]!);
  });
  return [...[...sums.values()], all].map((sum) => sum.status());
}

const amounts = ['stakeTokens', 'incomeTokens', 'slashedTokens', 'workReferenceHours'] as const;
const statusColumns = ['cohort', 'state', 'online', 'score', ...amounts];

class CohortSum {
  readonly #counts = { joined: 0, present: 0, online: 0, ejected: 0 };
  readonly #scores: number[] = [];
  readonly #amounts = { stakeTokens: 0, incomeTokens: 0, slashedTokens: 0, workReferenceHours: 0 };
  readonly #cohort: string;

  constructor(cohort: string) {
    this.#cohort = cohort;
  }

  add(cell: (column: string) => string): void {
    if (cell('state') !== 'absent') this.#counts.joined++;
    if (cell('state') === 'ejected') this.#counts.ejected++;
    if (cell('state') === 'present') {
      this.#counts.present++;
      if (cell('online') === 'true') this.#counts.online++;
      this.#scores.push(toCellNumber(cell('score')));
    }
    for (const name of amounts) this.#amounts[name] += toCellNumber(cell(name));
  }

  status(): CohortStatus {
    const sorted = Float64Array.from(this.#scores).sort();
    const [score05, score50, score95] = [0.05, 0.5, 0.95].map((share) => quantileSorted(sorted, share));
    const quantiles = { score05: score05!, score50: score50!, score95: score95! };
    return { cohort: this.#cohort, ...this.#counts, ...quantiles, ...this.#amounts };
  }
}

/** A row of nodes.csv by column. */
export type NodeRow = ReadonlyMap<string, string>;

/** The node of that name, else of that row; throws InvalidInput with the name that was probably meant. */
export function findNode(run: RunRecord, wanted: string): NodeRow {
  const table = openTable(run, 'nodes');
  const name = table.place('name');
  const node = table.place('node');
  let byName: readonly string[] | undefined;
  let byRow: readonly string[] | undefined;
  let last = '';
  const names: string[] = [];
  table.eachRow((cells) => {
    if (cells[name] === wanted) byName = cells;
    if (cells[node] === wanted) byRow = cells;
    last = cells[node]!;
    names.push(cells[name]!);
  });
  const found = byName ?? byRow;
  if (found !== undefined) return toRow(table, found);
  const guess = nearest(wanted, names);
  const expected = `a row from 0 to ${last} or a name such as ${names[0] ?? 'honest-0'}`;
  throw new InvalidInput([
    { path: '--node', expected, found: wanted, ...(guess === undefined ? {} : { suggestion: guess }) },
  ]);
}

const toRow = ({ columns }: StoredTable, cells: readonly string[]): NodeRow =>
  new Map(columns.map((column, index) => [column, cells[index]!]));

/** The nodes with the largest or smallest values in a column, ties by row; empty cells are left out. */
export function rankNodes(run: RunRecord, by: string, count: number, isLargest: boolean): readonly NodeRow[] {
  const table = openTable(run, 'nodes');
  if (!table.columns.includes(by)) {
    const suggestion = nearest(by, table.columns);
    const expected = `a column of nodes.csv: ${table.columns.join(', ')}`;
    throw new InvalidInput([
      { path: '--by', expected, found: by, ...(suggestion === undefined ? {} : { suggestion }) },
    ]);
  }
  const place = table.place(by);
  const rows: { readonly key: number | string; readonly cells: readonly string[] }[] = [];
  table.eachRow((cells) => {
    const cell = cells[place]!;
    if (cell !== '') rows.push({ key: Number.isNaN(toCellNumber(cell)) ? cell : toCellNumber(cell), cells });
  });
  const sign = isLargest ? -1 : 1;
  // Sorting keeps the order of equal ones, which is that of the rows.
  rows.sort((a, b) => sign * (a.key < b.key ? -1 : Number(a.key > b.key)));
  return rows.slice(0, count).map(({ cells }) => toRow(table, cells));
}

/** What the other tables of the run say of a node; a part is null where its table isn't there. */
export interface NodeRecord {
  readonly slashes: {
    readonly count: number;
    readonly lastDays: number;
    /** In plain words. */
    readonly lastCause: string;
  } | null;
  /** Jobs whose last attempt was the node's. */
  readonly jobs: { readonly count: number; readonly latencyMeanSeconds: number; readonly lastDays: number } | null;
}

/** Looks the node up in slashings.csv and, for a run with --detail, in jobs.csv. */
export function nodeRecord(run: RunRecord, row: string): NodeRecord {
  return {
    slashes: hasTable(run, 'slashings') ? slashesOf(openTable(run, 'slashings'), row) : null,
    jobs: hasTable(run, 'jobs') ? jobsOf(openTable(run, 'jobs'), row) : null,
  };
}

function slashesOf(table: StoredTable, row: string): NodeRecord['slashes'] {
  const [node, time, cause] = ['node', 'timeDays', 'cause'].map((name) => table.place(name));
  const slashes = { count: 0, lastDays: Number.NaN, lastCause: '' };
  table.eachRow((cells) => {
    if (cells[node!] !== row) return;
    slashes.count++;
    slashes.lastDays = toCellNumber(cells[time!]!);
    slashes.lastCause = causeInWords(cells[cause!]!);
  });
  return slashes;
}

function jobsOf(table: StoredTable, row: string): NodeRecord['jobs'] {
  const names = ['node', 'assignedSeconds', 'deliveredSeconds', 'finalSeconds', 'outcome'];
  const [node, assigned, delivered, final, outcome] = names.map((name) => table.place(name));
  const jobs = { count: 0, latencyMeanSeconds: Number.NaN, lastDays: Number.NaN };
  let sum = 0;
  let completed = 0;
  table.eachRow((cells) => {
    if (cells[node!] !== row) return;
    jobs.count++;
    jobs.lastDays = toCellNumber(cells[final!]!) / 86_400;
    if (cells[outcome!] !== 'completed') return;
    completed++;
    sum += toCellNumber(cells[delivered!]!) - toCellNumber(cells[assigned!]!);
  });
  return { ...jobs, latencyMeanSeconds: sum / completed };
}
