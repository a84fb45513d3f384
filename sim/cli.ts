#!/usr/bin/env node
import { createRequire } from 'node:module';
import yargs from 'yargs';

const version: string = createRequire(import.meta.url)('../../package.json').version;

const settings = {
  set: { type: 'string', array: true, requiresArg: true, describe: 'path=value, overrides the scenario; repeatable' },
  'allow-path': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'folder that traces may lie in; repeatable',
  },
  json: { type: 'boolean', describe: 'one JSON object on standard output' },
} as const;
const quiet = { type: 'boolean', describe: 'no progress' } as const;

/** Runs a command and turns what it throws into a line and an exit code. */
async function main(command: () => Promise<number>, reproduce: string): Promise<void> {
  const { exitCodeOf } = await import('./commands/exit-code.js');
  process.exitCode = await exitCodeOf(command, reproduce);
}

const typed = process.argv.slice(2).join(' ');

const program = yargs(process.argv.slice(2))
  .scriptName('sim')
  .usage(
    '$0 <command>\n\nSimulates compute networks in which reputation decides who works and stake pays for misbehaviour.',
  )
  .command(
    'run <scenario>',
    'run a scenario and write tables, charts and a report',
    (options) =>
      options
        .positional('scenario', { type: 'string', demandOption: true, describe: 'YAML file' })
        .options({
          ...settings,
          seed: { type: 'string', requiresArg: true, describe: 'another seed' },
          out: { type: 'string', requiresArg: true, describe: 'folder for the results [out/NAME]' },
          force: { type: 'boolean', describe: 'replace a folder with other files in it' },
          charts: { type: 'boolean', default: true, describe: 'charts and report; --no-charts leaves them out' },
          detail: { type: 'boolean', describe: 'a row for every job and attestation, too' },
          quiet,
        })
        .example('$0 run scenarios/sybil.yaml', 'run it into out/sybil')
        .example('$0 run scenarios/sybil.yaml --seed 7 --out out/seed-7', 'the same with another seed')
        .example('$0 run scenarios/sybil.yaml --set fleet.swarm.nodes=1200', 'a swarm of twice the size'),
    (options) =>
      main(async () => {
        const { run, runArguments } = await import('./commands/run.js');
        await run(runArguments.parse(options));
        return 0;
      }, `sim ${typed}`),
  )
  .command(
    'validate <scenarios..>',
    'check scenarios without running them',
    (options) =>
      options
        .positional('scenarios', { type: 'string', array: true, demandOption: true, describe: 'YAML files' })
        .options(settings)
        .example('$0 validate scenarios/*.yaml', 'check them all'),
    (options) =>
      main(async () => {
        const { validate, validateArguments } = await import('./commands/validate.js');
        await validate(validateArguments.parse(options));
        return 0;
      }, `sim ${typed}`),
  )
  .command(
    'replay <folder>',
    'run a run folder’s scenario again and compare the fingerprints',
    (options) =>
      options
        .positional('folder', { type: 'string', demandOption: true, describe: 'folder that sim run wrote' })
        .options({ 'allow-path': settings['allow-path'], json: settings.json, quiet })
        .example('$0 replay out/sybil', 'is it still the same run?'),
    (options) =>
      main(async () => {
        const { replay, replayArguments } = await import('./commands/replay.js');
        return (await replay(replayArguments.parse(options))) ? 0 : 3;
      }, `sim ${typed}`),
  )
  .demandCommand(1, 'expected a command')
  .recommendCommands()
  .strict()
  .version(version)
  .alias('help', 'h')
  .wrap(Math.min(100, process.stdout.columns ?? 100))
  .parserConfiguration({ 'greedy-arrays': false })
  .exitProcess(false)
  .fail((message, error) => {
    // thrown, because yargs goes on to run the command otherwise
    const [word] = process.argv.slice(2);
    const isCommand = word !== undefined && ['run', 'validate', 'replay'].includes(word);
    if (word !== undefined && !word.startsWith('-') && !isCommand && !message.startsWith('Did you mean')) {
      throw new UsageError(`Unknown command: ${word}`);
    }
    throw error ?? new UsageError(message);
  });

/** Words on the command line that make no command. */
class UsageError extends Error {}

// a reader that has seen enough, such as head, is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

if (process.argv.length === 2) {
  program.showHelp('log');
} else {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof UsageError) && (error as Error).name !== 'YError') throw error;
    process.stderr.write(`${(error as Error).message.replace(/\n+/g, '; ')}\nTry: sim --help\n`);
    process.exitCode = 2;
  }
}
