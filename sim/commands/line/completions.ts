import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { protocolNames } from '../../scenario/schema/protocols.js';
import { Registry } from '../../scenario/schema/registry.js';
import { toPrintable } from '../../scenario/text/printable.js';
import type { Command } from './command.js';
import { meaningOf, type Parameter } from './declaration.js';

/** A word that can stand where the cursor is. */
interface Completion {
  /** With a slash at its end where more is to follow. */
  readonly word: string;
  readonly meaning: string;
}

/** What can take the place of the last word, which may be empty, seen from the working directory. */
export function completions(words: readonly string[], commands: readonly Command[]): readonly Completion[] {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const begins = ({ word }: Completion) => word.startsWith(current);
  if (before.length === 0)
    return commands.map(({ name, summary }) => ({ word: name, meaning: summary })).filter(begins);
  const command = commands.find(({ name }) => name === before[0]);
  if (command === undefined) return [];
  const positionals = positionalsOf(before.slice(1), command);
  const previous = optionNamed(before.at(-1)!, command);
  if (previous !== undefined && previous.takes !== 'nothing') return valuesOf(previous, current, positionals);
  if (current.startsWith('-')) return optionsOf(command, before).filter(begins);
  const { positional } = command;
  if (positional === undefined || (positionals.length > 0 && positional.takes !== 'values')) return [];
  return valuesOf(positional, current, positionals);
}

/** The words that are neither options nor their values. */
function positionalsOf(words: readonly string[], command: Command): readonly string[] {
  return words.filter((word, index) => {
    if (word.startsWith('-')) return false;
    const option = index === 0 ? undefined : optionNamed(words[index - 1]!, command);
    return option === undefined || option.takes === 'nothing';
  });
}

function optionNamed(word: string, { options }: Command): Parameter | undefined {
  return options.find(({ name }) => word === `--${name}`);
}

/** The options that can still be given. */
function optionsOf({ options }: Command, before: readonly string[]): readonly Completion[] {
  const open = options.filter(({ name, takes }) => takes === 'values' || !before.includes(`--${name}`));
  return [
    ...open.map((option) => ({ word: `--${option.name}`, meaning: meaningOf(option) })),
    { word: '--help', meaning: 'Show help' },
  ];
}

/** What can stand for the parameter, as far as that can be known. */
function valuesOf(parameter: Parameter, current: string, positionals: readonly string[]): readonly Completion[] {
  const kind = parameter.completes;
  if (kind === 'scenario' || kind === 'run' || kind === 'scenarioOrRun' || kind === 'folder') {
    return pathsOf(kind, current);
  }
  const names = namesOf(parameter, positionals[0]);
  return names.filter((name) => name.startsWith(current)).map((word) => ({ word, meaning: '' }));
}

function namesOf(parameter: Parameter, run: string | undefined): readonly string[] {
  if (parameter.takes === 'choice') return parameter.choices;
  if (parameter.completes === 'protocol') return protocolNames();
  if (parameter.completes === 'attack') return attackingKinds();
  return parameter.completes === 'nodeColumn' ? nodeColumns(run) : [];
}

/** Strategies whose operators mean harm; names of attacks are the scenarios' own. */
function attackingKinds(): readonly string[] {
  return Registry.builtIn().registered.strategy.flatMap(({ kind, isAttacker }) => (isAttacker ? [kind] : []));
}

/** Entries of the folder that the word leads to so far; hidden ones only where the word begins like them. */
function pathsOf(kind: 'scenario' | 'run' | 'scenarioOrRun' | 'folder', current: string): readonly Completion[] {
  const end = current.lastIndexOf('/') + 1;
  const [folder, start] = [current.slice(0, end), current.slice(end)];
  let entries: ReturnType<typeof entriesOf>;
  try {
    entries = entriesOf(folder === '' ? '.' : folder);
  } catch {
    // A folder that can't be read has nothing to offer, and a shell wants no faults.
    return [];
  }
  return entries
    .filter(({ name }) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
    .filter(({ name, isFolder }) => isFolder || (kind.startsWith('scenario') && /\.ya?ml$/.test(name)))
    .filter(({ name }) => toPrintable(name) === name)
    .map(({ name, isFolder }) => {
      const isRun = (kind === 'run' || kind === 'scenarioOrRun') && existsSync(join(folder, name, 'manifest.json'));
      return { word: `${folder}${name}${isFolder && !isRun ? '/' : ''}`, meaning: isRun ? 'a run' : '' };
    });
}

function entriesOf(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The columns of a run's nodes.csv, from its first line. */
function nodeColumns(run: string | undefined): readonly string[] {
  const file = join(run ?? '.', 'nodes.csv');
  if (!existsSync(file)) return [];
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(4_096);
    const length = readSync(descriptor, start);
    return start.toString('utf8', 0, length).split('\n')[0]!.split(',').map(toPrintable);
  } finally {
    closeSync(descriptor);
  }
}
