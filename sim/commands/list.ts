import { join, relative } from 'node:path';
import { toNumber, toPhrase } from '../../reports/figure.js';
import { toCommandLine } from '../folder/command-line.js';
import { packageRoot } from '../package.js';
import { filterScenarios } from '../reference/scenario-filter.js';
import {
  attackersInWords,
  type ListedScenario,
  listScenarios,
  type ScenarioSummary,
} from '../reference/scenario-list.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { ListArguments } from './declarations/list.js';
import { ExitCode } from './line/exit-code.js';
import { sayPlugins } from './terminal/plugin-line.js';
import type { Terminal } from './terminal/terminal.js';
import { type TextColumn, toTextTable } from './terminal/text-table.js';

const columns: readonly TextColumn<ListedScenario>[] = [
  { heading: 'Protocol', value: ofSummary(({ protocol }) => protocol ?? 'its own') },
  { heading: 'Attackers', value: ofSummary(attackersInShort) },
  {
    heading: 'Nodes',
    align: 'right',
    value: ofSummary(({ nodes, hasNewcomers }) =>
      nodes === null ? 'by trace' : `${toNumber(nodes)}${hasNewcomers ? ' and more' : ''}`,
    ),
  },
  { heading: 'Horizon', align: 'right', value: ofSummary(({ horizonSeconds }) => toPhrase(horizonSeconds, 's')) },
  { heading: 'Run time', align: 'right', value: ofSummary(({ runSeconds }) => toPhrase(Math.ceil(runSeconds), 's')) },
];

/** `sim list`: the scenarios of the package or of a folder; ends well also if some of them can't be run. */
export function listCommand(options: ListArguments, terminal: Terminal): number {
  const folder = options.folder ?? join(packageRoot(), 'scenarios');
  const { word: words, protocol, attack } = options;
  const plugins = options['with-plugins'] ? { withPlugins: true, ...sayPlugins(terminal) } : { withPlugins: false };
  const found = listScenarios(folder, plugins);
  const listed = filterScenarios(found, { words, protocol, attack }).map((one) => ({
    ...one,
    file: fromHere(one.file),
  }));
  if (options.json) {
    terminal.print(toJsonLine({ folder: fromHere(folder), scenarios: listed.map(toJson) }));
    return ExitCode.fine;
  }
  if (listed.length === 0 && found.length > 0) {
    terminal.say(
      `${fromHere(folder)}: none of the ${toNumber(found.length)} scenarios there is all that was asked for`,
    );
    return ExitCode.fine;
  }
  if (listed.length === 0) {
    terminal.say(`${fromHere(folder)}: no scenarios there; sim init writes one to start from`);
    return ExitCode.fine;
  }
  const [head, ...rows] = toTextTable(columns, listed);
  terminal.print(`  ${head}`);
  for (const [index, row] of rows.entries()) {
    const { file, name, question, plugins, summary, faults } = listed[index]!;
    terminal.print(question === '' ? name : `${name}: ${question}`);
    if (plugins.length > 0 && summary === undefined && faults.length === 0)
      terminal.print(`  brings code of its own (${plugins.join(', ')}), which a list doesn’t run`);
    else if (faults.length === 0) terminal.print(`  ${row}`);
    else terminal.print(`  can’t be run; ${toCommandLine(['validate', file])} says why`, 'bad');
  }
  if (!options.quiet) {
    terminal.print('');
    terminal.print('Run times are reckoned from the most events there can be, for one core and without charts.');
    const first = listed.find(({ summary }) => summary !== undefined);
    if (first !== undefined) terminal.print(`Run one with: ${toCommandLine(['run', first.file])}`);
  }
  return ExitCode.fine;
}

/** The text for a scenario's summary; none for one that can't be run. */
function ofSummary(toText: (summary: ScenarioSummary) => string): (listed: ListedScenario) => string {
  return ({ summary }) => (summary === undefined ? '' : toText(summary));
}

/** A longer text would leave no room for the other columns. */
const attackersLength = 22;

/** Who attacks; of several whose names take long, how many cohorts. */
function attackersInShort(summary: ScenarioSummary): string {
  const text = attackersInWords(summary);
  const { length } = summary.attackers;
  return length > 1 && text.length > attackersLength ? `${length} cohorts` : text;
}

function toJson({ file, name, question, plugins, summary, faults }: ListedScenario): object {
  return { file, name, question, ...(plugins.length === 0 ? {} : { plugins }), ...summary, faults };
}

/** The path as the working directory sees it, unless it lies far away. */
function fromHere(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') || way === '' ? path : way;
}
