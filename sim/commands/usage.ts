import { nearest, toLine } from '../scenario/faults.js';

/** What can be typed: the options of each command, without their dashes, and what it takes besides. */
export type Known = Readonly<Record<string, { readonly takes: string; readonly options: readonly string[] }>>;

const everywhere = ['help', 'version'];

/** One line a fault of the words typed, from what the parser says of them. */
export function usageLines(message: string, words: readonly string[], known: Known): readonly string[] {
  const command = words.find((word) => !word.startsWith('-'));
  const entry = command === undefined ? undefined : known[command];
  if (command !== undefined && entry === undefined) {
    const commands = Object.keys(known);
    return [line('sim', `one of the commands ${commands.join(', ')}`, command, nearest(command, commands))];
  }
  const name = command === undefined ? 'sim' : `sim ${command}`;
  const unknown = /^Unknown arguments?: (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) {
    const options = [...(entry?.options ?? []), ...everywhere];
    return unknown.split(', ').map((part) => {
      const word = words.find((typed) => typed.replace(/^-+/, '').split('=')[0] === part) ?? part;
      if (!word.startsWith('-')) return line(name, 'nothing more', word);
      const guess = nearest(part, options);
      const expected = guess === undefined ? `one of: ${options.map(dashed).join(', ')}` : 'a known option';
      return line(name, expected, word.split('=')[0]!, guess === undefined ? undefined : dashed(guess));
    });
  }
  const lacking = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (lacking !== undefined) return [line(name, `a value after --${lacking}`, 'nothing')];
  if (message.startsWith('Not enough non-option arguments')) {
    return [line(name, entry?.takes ?? 'a command', 'nothing')];
  }
  return [`${name}: ${message.split('\n')[0]}`];
}

/** One line for each toggle that was given a value, which the parser would take for false. */
export function valuedToggles(words: readonly string[], toggles: readonly string[]): readonly string[] {
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
