import { toNumber, toPhrase } from '../../../reports/figure.js';
import { columnWords } from '../../../reports/series/measured.js';
import { unservedRows } from '../../findings/answer/shortage/unserved.js';
import { toCommandLine } from '../../folder/command-line.js';
import { type RunRecord, readRun } from '../../folder/run-record.js';
import { hindrancesOf } from '../../inspect/hindrances.js';
import {
  type CohortStatus,
  findNode,
  fleetStatus,
  measuresOf,
  type NodeRow,
  nodeRecord,
  rankNodes,
} from '../../inspect/inspection.js';
import { largest } from '../../kernels/extent.js';
import { type Cell, numberOf, textOf } from '../../record/tables/table.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import { type InspectArguments, rankedBy } from '../declarations/inspect.js';
import { ExitCode } from '../line/exit-code.js';
import { sayPlugins } from '../terminal/plugin-line.js';
import type { Terminal } from '../terminal/terminal.js';
import { type TextColumn, toTextTable } from '../terminal/text-table.js';

/** `sim inspect`: what a run left of its fleet, of some nodes, or of one. */
export async function inspectCommand(options: InspectArguments, terminal: Terminal): Promise<number> {
  checkTogether(options);
  if (options.history) return (await import('./inspect-history.js')).inspectHistory(options, terminal);
  if (options.node !== undefined) inspectNode(options, options.node, terminal);
  else if (options.top !== undefined || options.bottom !== undefined || options.by !== undefined) {
    inspectRanking(options, terminal);
  } else inspectFleet(options, terminal);
  return ExitCode.fine;
}

/** Refuses options that ask for different things at once. */
function checkTogether({ node, history, top, bottom, by }: InspectArguments): void {
  const refuse = (path: string, expected: string, found: string) => {
    throw new InvalidInput([{ path, expected, found }]);
  };
  if (history && node === undefined) refuse('--history', 'a node to follow, given by --node', 'none');
  if (top !== undefined && bottom !== undefined) refuse('--bottom', 'either --top or --bottom', 'both');
  const isRanking = top !== undefined || bottom !== undefined || by !== undefined;
  if (node !== undefined && isRanking) refuse('--node', 'no --top, --bottom or --by beside it', 'one of them');
}

const cohortColumn: TextColumn<CohortStatus> = { heading: 'Cohort', value: ({ cohort }) => cohort };
const nodeColumns: readonly TextColumn<CohortStatus>[] = [
  cohortColumn,
  { heading: 'Joined', align: 'right', value: ({ joined }) => toNumber(joined) },
  { heading: 'Present', align: 'right', value: ({ present }) => toNumber(present) },
  { heading: 'Online', align: 'right', value: ({ online }) => toNumber(online) },
  { heading: 'Ejected', align: 'right', value: ({ ejected }) => toNumber(ejected) },
  { heading: 'Score 5 %', align: 'right', value: ({ score05 }) => toNumber(score05) },
  { heading: '50 %', align: 'right', value: ({ score50 }) => toNumber(score50) },
  { heading: '95 %', align: 'right', value: ({ score95 }) => toNumber(score95) },
];
const accountColumns: readonly TextColumn<CohortStatus>[] = [
  cohortColumn,
  { heading: 'Stake [tokens]', align: 'right', value: ({ stakeTokens }) => toNumber(stakeTokens) },
  { heading: 'Income [tokens]', align: 'right', value: ({ incomeTokens }) => toNumber(incomeTokens) },
  { heading: 'Slashed [tokens]', align: 'right', value: ({ slashedTokens }) => toNumber(slashedTokens) },
  { heading: 'Work [h]', align: 'right', value: ({ workReferenceHours }) => toNumber(workReferenceHours) },
];

function inspectFleet(options: InspectArguments, terminal: Terminal): void {
  const { folder, json, quiet } = options;
  const stored = storedRun(options, terminal);
  const cohorts = fleetStatus(stored);
  const unserved = unservedRows({ unserved: stored.table('unserved'), capacity: stored.table('capacity') });
  const { name, question, seed, fingerprints, events, jobs } = stored.manifest;
  if (json) {
    const cells = cohorts.map((one) => ({ ...one, ...mapNumbers(one) }));
    terminal.print(toJsonLine({ folder, name, question, seed, fingerprints, events, jobs, cohorts: cells, unserved }));
    return;
  }
  terminal.print(question === '' ? name : `${name}: ${question}`);
  terminal.print(`seed ${seed}, ${toNumber(jobs)} jobs, ${toNumber(events)} events`);
  for (const columns of [nodeColumns, accountColumns]) {
    terminal.print('');
    for (const line of toTextTable(columns, cohorts)) terminal.print(line);
  }
  for (const { jobClass, jobs, reason, share } of unserved) {
    terminal.print('');
    terminal.print(`${jobs} jobs of ${jobClass} got no node, ${share} of all such: ${reason}`);
  }
  if (quiet) return;
  terminal.print('');
  terminal.print('Final states; scores are quantiles over present nodes.');
  terminal.print('Work is of the whole run, on the reference card.');
  terminal.print(`The best nodes: ${toCommandLine(['inspect', folder, '--top', '10', '--by', rankedBy])}`);
}

/** JSON knows no NaN. */
function mapNumbers(one: CohortStatus): object {
  return Object.fromEntries(Object.entries(one).map(([key, cell]) => [key, Number.isNaN(cell) ? null : cell]));
}

function storedRun(options: InspectArguments, terminal: Terminal): RunRecord {
  return readRun(options.folder, { allowPaths: options['allow-path'], ...sayPlugins(terminal) });
}

/** Columns that a ranking shows beside the one that it is by. */
const rankingColumns = ['name', 'cohort', 'state', 'score', 'stakeTokens', 'incomeTokens', 'slashedTokens'];

function inspectRanking(options: InspectArguments, terminal: Terminal): void {
  const { folder, top, bottom, by = rankedBy, json } = options;
  const stored = storedRun(options, terminal);
  const isLargest = bottom === undefined;
  const nodes = rankNodes(stored, by, top ?? bottom ?? 10, isLargest);
  if (json) {
    terminal.print(toJsonLine({ folder, by, order: isLargest ? 'largest' : 'smallest', nodes: nodes.map(toJson) }));
    return;
  }
  const shown = ['node', ...(rankingColumns.includes(by) ? [] : [by]), ...rankingColumns].filter(
    (column) => nodes[0] !== undefined && column in nodes[0],
  );
  if (nodes.length === 0) {
    terminal.say(`${folder}/nodes.csv: no node has a value in the column ${by}`);
    return;
  }
  const units = nodeUnits(stored);
  const isNumeric = (column: string) => nodes.every((node) => typeof node[column] === 'number');
  const columns = shown.map(
    (column): TextColumn<NodeRow> => ({
      heading: column,
      align: isNumeric(column) ? 'right' : 'left',
      value: (node) => showCell(node[column]!, units.get(column)!, true),
    }),
  );
  for (const line of toTextTable(columns, nodes)) terminal.print(line);
}

function inspectNode(options: InspectArguments, wanted: string, terminal: Terminal): void {
  const { folder, json, quiet } = options;
  const stored = storedRun(options, terminal);
  const node = findNode(stored, wanted);
  const { slashes, jobs } = nodeRecord(stored, numberOf(node.node!));
  if (json) {
    const latency = jobs === null || Number.isNaN(jobs.latencyMeanSeconds) ? null : jobs.latencyMeanSeconds;
    terminal.print(
      toJsonLine({ folder, ...toJson(node), slashes: slashes?.count ?? null, jobLatencyMeanSeconds: latency }),
    );
    return;
  }
  const accepted = numberOf(node.attemptsAccepted!);
  const attempts = accepted + numberOf(node.attemptsFailed!);
  const name = textOf(node.name!);
  terminal.print(`${name}, row ${node.node}, cohort ${node.cohort}`);
  const status: [string, string][] = [
    ['score', showCell(node.score!, '', true)],
    [
      'success rate',
      attempts > 0 ? `${toPhrase(accepted / attempts, 'fraction')} of ${toNumber(attempts)} attempts` : '–',
    ],
    ['attempts accepted', toNumber(accepted)],
  ];
  if (jobs !== null && jobs.count > 0) {
    const latency = toPhrase(jobs.latencyMeanSeconds, 's');
    status.push(['average latency', `${latency} from the first assignment of its jobs to their results`]);
    status.push(['last update', `day ${toNumber(jobs.lastDays)}, by a job`]);
  } else if (node.lastSettledDays !== null) {
    const latency = node.latencyMeanSeconds ?? null;
    if (latency !== null)
      status.push(['average latency', `${toPhrase(numberOf(latency), 's')} from assignment to result`]);
    status.push(['last update', `day ${toNumber(numberOf(node.lastSettledDays!))}, by an attempt`]);
  }
  const units = nodeUnits(stored);
  for (const [column, cell] of measuresOf(node)) {
    const label = columnWords(column);
    if (status.every(([other]) => other !== label)) status.push([label, showCell(cell, units.get(column)!, false)]);
  }
  if (slashes !== null) {
    const last = slashes.count === 0 ? '' : `, the last on day ${toNumber(slashes.lastDays)} for ${slashes.lastCause}`;
    status.push(['slashes', `${toNumber(slashes.count)}${last}`]);
  }
  const { barred, beyond } = hindrancesOf(node, stored);
  if (barred !== '') status.push(['barred', barred]);
  if (beyond !== '') status.push(['can’t do', beyond]);
  const rest = Object.entries(node).filter(([column]) => !['node', 'name', 'cohort', 'score'].includes(column));
  const all = [
    ...status,
    ...rest.map(([column, cell]): [string, string] => [column, showCell(cell, units.get(column)!, false)]),
  ];
  const width = largest(all.map(([label]) => label.length));
  for (const [index, [label, text]] of all.entries()) {
    if (index === status.length) terminal.print('');
    terminal.print(`  ${label.padEnd(width)}  ${text}`);
  }
  if (quiet) return;
  terminal.print('');
  terminal.print(`Epoch by epoch: ${toCommandLine(['inspect', folder, '--node', name, '--history'])}`);
}

/** For programs; a name is a text whatever it looks like. */
function toJson(node: NodeRow): object {
  return { ...node, name: textOf(node.name!) };
}

function nodeUnits(stored: RunRecord): ReadonlyMap<string, string> {
  return new Map(stored.table('nodes').columns.map(({ name, unit }) => [name, unit]));
}

/** A cell for people; in a table the heading has the unit. */
function showCell(cell: Cell, unit: string, isInTable: boolean): string {
  if (cell === null) return '–';
  // Rows of nodes, operators and machines are names, which don't round.
  if (typeof cell !== 'number' || (unit === '' && Number.isInteger(cell))) return String(cell);
  return isInTable || unit === 'score' ? toNumber(cell) : toPhrase(cell, unit);
}
