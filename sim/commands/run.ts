import { join } from 'node:path';
import { z } from 'zod';
import { answerOf, headlineFigures } from '../answer.js';
import { type DraftFolder, draftFolder } from '../draft-folder.js';
import { estimateRun, isLarge, type RunEstimate } from '../estimate.js';
import { toFigure, toNumber } from '../figure.js';
import { toFileFault } from '../file-fault.js';
import { checkExpectations } from '../record/expectations.js';
import { metrics } from '../record/metrics.js';
import { type RunResult, runScenario } from '../run.js';
import { fillRunFolder } from '../run-folder.js';
import { InvalidInput } from '../scenario/faults.js';
import { loadScenario } from '../scenario/load.js';
import { checkArguments, flag, toCommandLine, value, values } from './arguments.js';
import { ExitCode, toFailure } from './exit-code.js';
import { hearInterrupts } from './interrupt.js';
import { createProgress } from './progress.js';
import { type Terminal, toJsonLine } from './terminal.js';

const schema = z.object({
  scenario: value,
  set: values.default([]),
  seed: z.string('expected one value').optional(),
  out: value.optional(),
  'allow-path': values.default([]),
  force: flag,
  'no-charts': flag,
  detail: flag,
  json: flag,
  quiet: flag,
});

type RunArguments = z.output<typeof schema>;

/** `sim run`: runs a scenario once, writes its folder, and says what came out; ends well whatever that is. */
export async function runCommand(parsed: object, terminal: Terminal): Promise<number> {
  const options = checkArguments(schema, parsed);
  const overrides = [...options.set, ...(options.seed === undefined ? [] : [`seed=${toSeed(options.seed)}`])];
  const loaded = loadScenario(options.scenario, { set: overrides, allowPaths: options['allow-path'] });
  const target = options.out ?? join('out', folderName(loaded.name));
  const command = commandOf(options, options.seed);
  const interrupt = hearInterrupts();
  let draft: DraftFolder | undefined;
  try {
    draft = draftFolder(target, { force: options.force, keep: [options.scenario] });
    const estimate = estimateRun(loaded);
    if (isLarge(estimate) && !options.quiet) terminal.say(estimateLine(estimate));
    const startedAt = new Date();
    const [wall, processor] = [performance.now(), process.cpuUsage()];
    const result = await runScenario(loaded, {
      detail: options.detail,
      signal: interrupt.signal,
      ...(options.quiet ? {} : { onProgress: createProgress(terminal) }),
    });
    const used = process.cpuUsage(processor);
    terminal.show(options.quiet ? '' : 'writing the results');
    await fillRunFolder(draft.folder, result, {
      command,
      overrides,
      charts: !options['no-charts'],
      signal: interrupt.signal,
      effort: {
        startedAt,
        wallSeconds: (performance.now() - wall) / 1_000,
        processorSeconds: (used.user + used.system) / 1e6,
      },
    });
    draft.commit();
    terminal.show('');
    if (options.json) terminal.print(toJsonLine(toJson(result, target, estimate)));
    else printResult(result, target, terminal);
    return ExitCode.fine;
  } catch (error) {
    const fault = toFileFault(error, target, 'a folder that can be written');
    throw toFailure(fault, commandOf(options, loaded.scenario.seed));
  } finally {
    terminal.show('');
    draft?.discard();
    interrupt.release();
  }
}

/** The seed as YAML that means exactly this text; a plain number stays one. */
function toSeed(seed: string): string {
  return /^(0|[1-9]\d{0,14})$/.test(seed) ? seed : JSON.stringify(seed);
}

/** A scenario's name as that of a folder. */
function folderName(name: string): string {
  if (name !== '' && name !== '.' && name !== '..') return name;
  throw new InvalidInput([{ path: '--out', expected: 'a folder, as the scenario has no name', found: 'nothing' }]);
}

/** The command that makes the same files again, wherever they are put. */
function commandOf(options: RunArguments, seed: string | undefined): string {
  const repeated = (option: string, given: readonly string[]) => given.flatMap((one) => [option, one]);
  return toCommandLine([
    'run',
    options.scenario,
    ...repeated('--set', options.set),
    ...repeated('--seed', seed === undefined ? [] : [seed]),
    ...repeated('--allow-path', options['allow-path']),
    ...(options.detail ? ['--detail'] : []),
  ]);
}

function estimateLine({ nodes, jobs, events, memoryMiB }: RunEstimate): string {
  const size = `${toNumber(nodes)} nodes and about ${toNumber(jobs)} jobs`;
  return `a large run: ${size}, at most about ${toNumber(events)} events and ${toNumber(memoryMiB)} MiB`;
}

function printResult(result: RunResult, folder: string, terminal: Terminal): void {
  const { loaded, row } = result;
  terminal.print(loaded.question === '' ? loaded.name : `${loaded.name}: ${loaded.question}`);
  terminal.print('');
  const cohorts = result.tables.find((table) => table.name === 'cohorts')!;
  const facts = { values: row.values, cohorts, scenario: loaded.scenario };
  for (const sentence of answerOf(facts)) terminal.print(sentence);
  terminal.print('');
  const figures = headlineFigures(row.values).map(({ metric, value }) => ({
    name: metric.name,
    ...toFigure(value, metric.unit),
  }));
  const [names, texts] = [figures.map(({ name }) => name.length), figures.map(({ text }) => text.length)];
  for (const { name, text, unit } of figures) {
    const columns = [name.padEnd(Math.max(...names)), text.padStart(Math.max(...texts)), unit];
    terminal.print(`  ${columns.join('  ')}`.trimEnd());
  }
  const { expect } = loaded.scenario;
  if (expect.length > 0) terminal.print('');
  for (const { text, value, met } of checkExpectations(expect, row.values)) {
    const verdict = met === null ? 'can’t tell' : met ? 'met' : 'not met';
    const tone = met === null ? undefined : met ? 'good' : 'bad';
    terminal.print(`  ${verdict.padEnd(10)}  ${text}, found ${toNumber(value)}`, tone);
  }
  terminal.print('');
  terminal.print(`folder ${folder}`);
  terminal.print(`fingerprints ${result.trajectoryFingerprint} ${result.accountingFingerprint}`);
}

function toJson(result: RunResult, folder: string, estimate: RunEstimate): object {
  const { loaded, row } = result;
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    name: loaded.name,
    question: loaded.question,
    folder,
    seed: row.seed,
    metrics: Object.fromEntries(metrics.map(({ name }, index) => [name, orNull(row.values[index]!)])),
    expectations: checkExpectations(loaded.scenario.expect, row.values).map(({ text, value, met }) => ({
      text,
      value: orNull(value),
      met,
    })),
    fingerprints: { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint },
    events: result.events,
    jobs: result.jobs,
    estimate,
  };
}
