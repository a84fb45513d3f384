#!/usr/bin/env node
import yargs from 'yargs';
import { ExitCode, exitCodeOf } from './commands/exit-code.js';
import { processTerminal } from './commands/terminal.js';
import { usageLines, valuedToggles } from './commands/usage.js';
import { packageVersion } from './package.js';

const set = option('Setting to override, as path=value; repeatable', true);
const allowPath = option('Folder that traces may lie in, too; repeatable', true);
const json = toggle('Print one JSON object instead of text');
const quiet = toggle('Say nothing about progress');

const runOptions = {
  seed: option('Seed in place of the scenario’s'),
  set,
  out: option('Folder for the results (default: out/NAME)'),
  force: toggle('Replace the folder even if it holds other files'),
  'no-charts': toggle('Write neither charts nor report'),
  detail: toggle('Write a row for every job and attestation, too'),
  'allow-path': allowPath,
  json,
  quiet,
};
const validateOptions = { set, 'allow-path': allowPath, json };
const replayOptions = { 'allow-path': allowPath, json, quiet };
const reportOptions = { json };

const known = {
  run: { takes: 'a scenario file', options: Object.keys(runOptions) },
  validate: { takes: 'scenario files', options: Object.keys(validateOptions) },
  replay: { takes: 'a run folder', options: Object.keys(replayOptions) },
  report: { takes: 'a run folder', options: Object.keys(reportOptions) },
};

const words = process.argv.slice(2);
const terminal = processTerminal();

// Each command's code is loaded when it is asked for, so that help comes at once.
const program = yargs(words.length === 0 ? ['--help'] : words)
  .scriptName('sim')
  .locale('en')
  .usage('$0 <command>\n\nSimulates compute networks in which reputation decides who works and stake pays.')
  .command(
    'run <scenario>',
    'Run a scenario and write tables, charts and a report',
    (command) =>
      command
        .usage('$0 run <scenario>\n\nRuns a scenario once and writes its tables, charts and report into a folder.')
        .positional('scenario', { type: 'string', describe: 'YAML file' })
        .options(runOptions)
        .example('$0 run scenarios/sybil.yaml', 'into out/sybil')
        .example('$0 run scenarios/sybil.yaml --seed 7 --out out/7', 'with another seed')
        .example('$0 run scenarios/sybil.yaml --set fleet.swarm.nodes=1200', 'with a larger swarm'),
    (parsed) => perform(async () => (await import('./commands/run.js')).runCommand(parsed, terminal)),
  )
  .command(
    'validate <scenarios..>',
    'Check scenarios without running them',
    (command) =>
      command
        .usage('$0 validate <scenarios..>\n\nChecks scenarios and says everything that is wrong with them.')
        .positional('scenarios', { type: 'string', describe: 'YAML files' })
        .options(validateOptions)
        .example('$0 validate mine.yaml yours.yaml', 'both, and all faults of both'),
    (parsed) => perform(async () => (await import('./commands/validate.js')).validateCommand(parsed, terminal)),
  )
  .command(
    'replay <folder>',
    'Run a folder’s scenario again and compare',
    (command) =>
      command
        .usage('$0 replay <folder>\n\nRuns the scenario of a run folder again and compares fingerprints and tables.')
        .positional('folder', { type: 'string', describe: 'Folder that sim run wrote' })
        .options(replayOptions)
        .example('$0 replay out/sybil', 'is it still the same run?'),
    (parsed) => perform(async () => (await import('./commands/replay.js')).replayCommand(parsed, terminal)),
  )
  .command(
    'report <folder>',
    'Draw a folder’s charts and report again',
    (command) =>
      command
        .usage('$0 report <folder>\n\nDraws the charts and the report of a run folder again from its tables.')
        .positional('folder', { type: 'string', describe: 'Folder that sim run wrote' })
        .options(reportOptions)
        .example('$0 report out/sybil', 'new charts of an old run'),
    (parsed) => perform(async () => (await import('./commands/report.js')).reportCommand(parsed, terminal)),
  )
  .epilogue('Exit codes: 0 fine · 1 internal error · 2 invalid input · 3 a replay differs · 130 interrupted')
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

const misused = valuedToggles(words, ['force', 'no-charts', 'detail', 'json', 'quiet']);
if (misused.length > 0) refuse(misused);
else {
  try {
    await program.parseAsync();
  } catch (error) {
    refuse(usageLines((error as Error).message, words, known));
  }
}

/** Says what is wrong with the words typed; what commands throw is dealt with in `perform`. */
function refuse(lines: readonly string[]): void {
  for (const line of lines) terminal.say(line);
  process.exitCode = ExitCode.invalidInput;
}

function option(describe: string, array = false) {
  return { type: 'string', requiresArg: true, array, describe } as const;
}

function toggle(describe: string) {
  return { type: 'boolean', describe } as const;
}

async function perform(command: () => Promise<number>): Promise<void> {
  process.exitCode = await exitCodeOf(command, `sim ${words.join(' ')}`, terminal);
}
