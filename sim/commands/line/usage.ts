import { nearest, toLine } from '../../scenario/text/faults.js';
import type { Command } from './command.js';

const everywhere = ['help', 'version'];

/** One line if the first word isn't a command, also where help is asked for. */
export function unknownCommand([word = '-']: readonly string[], commands: readonly Command[]): readonly string[] {
  const names = commands.map(({ name }) => name);
  if (word.startsWith('-') || names.includes(word)) return [];
  return [line('sim', `one of the commands ${names.join(', ')}`, word, nearest(word, names))];
}

/** One line a fault of the words typed, from what the parser says of them. */
export function usageLines(message: string, words: readonly string[], commands: readonly Command[]): readonly string[] {
  const command = commands.find(({ name }) => name === words[0]);
  const name = command === undefined ? 'sim' : `sim ${command.name}`;
  const options = [...(command?.options ?? []).map((option) => option.name), ...everywhere];
  const lacking = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (lacking !== undefined) return [line(name, `a value after --${lacking}`, 'nothing')];
  // An unknown option takes the next word for its value, which may be the one that is said to be missing.
  const unknown = words.filter((word) => /^--?[a-z]/.test(word) && !isKnown(word, options));
  if (unknown.length > 0) return unknown.map((word) => unknownOption(name, word, options));
  const surplus = /^Unknown arguments?: (.*)$/s.exec(message)?.[1];
  if (surplus !== undefined) return surplus.split(', ').map((word) => line(name, 'nothing more', word));
  if (message.startsWith('Not enough non-option arguments')) {
    return [line(name, command?.positional?.expected ?? 'a command', 'nothing')];
  }
  return [`${name}: ${message.split('\n')[0]}`];
}

function isKnown(word: string, options: readonly string[]): boolean {
  return word === '-h' || options.includes(word.replace(/^--/, '').split('=')[0]!);
}

function unknownOption(name: string, word: string, options: readonly string[]): string {
  const typed = word.split('=')[0]!;
  const guess = nearest(typed.replace(/^-+/, ''), options);
  const expected = guess === undefined ? `one of: ${options.map(dashed).join(', ')}` : 'a known option';
  return line(name, expected, typed, guess === undefined ? undefined : dashed(guess));
}

/** One line for each toggle that was given a value, which the parser would take for false. */
export function valuedToggles(words: readonly string[], commands: readonly Command[]): readonly string[] {
  const options = commands.flatMap((command) => command.options);
  const toggles = options.filter(({ takes }) => takes === 'nothing').map((option) => option.name);
  return words.flatMap((word) => {
    const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    if (name === undefined || !toggles.includes(name) || value === 'true' || value === 'false') return [];
    return [line(`--${name}`, 'no value', value!)];
  });
}

const dashed = (option: string) => `--${option}`;

function line(path: string, expected: string, found: string, suggestion?: string): string {
  return toLine({ path, expected, found, ...(suggestion === undefined ? {} : { suggestion }) });
}
