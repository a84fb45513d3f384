#!/usr/bin/env node
import yargs from 'yargs';
import { completionWord } from './commands/declarations/completion.js';
import { commands } from './commands/index.js';
import type { Command } from './commands/line/command.js';
import { meaningOf, type Parameter, usageOf } from './commands/line/declaration.js';
import { ExitCode, exitCodeOf } from './commands/line/exit-code.js';
import { unknownCommand, usageLines, valuedToggles } from './commands/line/usage.js';
import { processTerminal } from './commands/terminal/terminal.js';
import { packageVersion } from './package.js';

const typed = process.argv.slice(2);
// `sim help run` is what people type who know other programs.
const words = typed[0] === 'help' ? [...typed.slice(1), '--help'] : typed.length === 0 ? ['--help'] : typed;
const terminal = processTerminal();

/** Before words that the parser would take for its own: a lone dash, and what begins with one behind `--`. */
const mark = '\u0000';
const operandsFrom = words.includes('--') ? words.indexOf('--') : words.length;
const marked = words.map((word, place) => {
  return word === '-' || (place > operandsFrom && word.startsWith('-')) ? `${mark}${word}` : word;
});

const program = yargs(marked.filter((_, place) => place !== operandsFrom))
  .scriptName('sim')
  .locale('en')
  .usage('$0 <command>\n\nSimulates compute networks in which reputation decides who works and stake pays.')
  .epilogue('Exit codes: 0 fine · 1 internal error · 2 invalid input · 3 unmet, or a replay differs · 130 interrupted')
  .example('$0 run --help', 'options and examples of a command')
  .strict()
  .alias('help', 'h')
  .version(packageVersion())
  .wrap(Math.min(100, process.stdout.columns || 100))
  .parserConfiguration({
    'boolean-negation': false,
    'camel-case-expansion': false,
    'dot-notation': false,
    'greedy-arrays': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
  })
  .exitProcess(false)
  .fail((message, error) => {
    throw error ?? new Error(message);
  });
for (const command of commands) declare(command);

const isAsked = typed[0] === completionWord;
const beforeOperands = words.slice(0, operandsFrom);
const misused = [...unknownCommand(beforeOperands, commands), ...valuedToggles(beforeOperands, commands)];
if (isAsked) {
  // The scripts of `sim completion` ask this way: the words so far, the last of them still incomplete.
  const { completions } = await import('./commands/line/completions.js');
  for (const { word, meaning } of completions(typed.slice(1), commands)) process.stdout.write(`${word}\t${meaning}\n`);
} else if (misused.length > 0) refuse(misused);
else {
  try {
    await program.parseAsync();
  } catch (error) {
    refuse(usageLines((error as Error).message, words, commands));
  }
}

/** Tells the parser what the command takes, and what to do when it is typed. */
function declare(command: Command): void {
  const { positional, options, examples } = command;
  program.command(
    usageOf(command),
    command.summary,
    (own) => {
      own.usage(`$0 ${usageOf(command)}\n\n${command.description}`);
      if (positional !== undefined)
        own.positional(positional.name, { type: 'string', describe: meaningOf(positional) });
      for (const option of options) own.option(option.name, optionOf(option));
      for (const [line, meaning] of examples) own.example(`$0 ${line}`, meaning);
      return own;
    },
    (parsed) => perform(command, parsed),
  );
}

function optionOf(option: Parameter) {
  const describe = meaningOf(option);
  if (option.takes === 'nothing') return { type: 'boolean', describe } as const;
  return { type: 'string', requiresArg: true, array: option.takes === 'values', describe } as const;
}

/** Says what is wrong with the words typed; what commands throw is dealt with in `perform`. */
function refuse(lines: readonly string[]): void {
  for (const line of lines) terminal.say(line);
  process.exitCode = ExitCode.invalidInput;
}

async function perform(command: Command, parsed: object): Promise<void> {
  const given = Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, withDashes(value)]));
  process.exitCode = await exitCodeOf(() => command.perform(given, terminal), `sim ${words.join(' ')}`, terminal);
}

function withDashes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDashes);
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : value;
}
