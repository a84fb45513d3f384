import { toFigure, toNumberBeside } from '../../../reports/figure.js';
import { answerOf, type RunFacts } from '../../findings/answer.js';
import { checkExpectations } from '../../findings/expectations.js';
import { headlineFigures } from '../../findings/headlines.js';
import { largest } from '../../kernels/extent.js';
import { metrics } from '../../record/metrics/index.js';
import type { RunResult } from '../../run.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import { checkArguments } from '../line/arguments.js';
import { ExitCode } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import type { Terminal } from '../terminal/terminal.js';
import { loadForRun, type PerformedRun, performRun, runArguments } from './perform-run.js';

/** `sim run`: runs a scenario once, writes its folder, and says what came out; ends well whatever that is. */
export async function runCommand(parsed: object, terminal: Terminal): Promise<number> {
  const options = checkArguments(runArguments, parsed);
  if (options.watch) return (await import('./watch.js')).watchScenario(options, terminal);
  const loaded = loadForRun(options);
  const interrupt = hearInterrupts();
  try {
    const performed = await performRun(loaded, options, terminal, interrupt.signal);
    if (options.json) terminal.print(toJsonLine(toJson(performed)));
    else printResult(performed, terminal);
    return ExitCode.fine;
  } finally {
    interrupt.release();
  }
}

function printResult({ result, folder }: PerformedRun, terminal: Terminal): void {
  const { loaded, row } = result;
  terminal.print(loaded.question === '' ? loaded.name : `${loaded.name}: ${loaded.question}`);
  terminal.print('');
  for (const sentence of answerOf(factsOf(result))) terminal.print(sentence);
  terminal.print('');
  const figures = headlineFigures(row.values).map(({ metric, value }) => ({
    name: metric.name,
    ...toFigure(value, metric.unit),
  }));
  const nameWidth = largest(figures.map(({ name }) => name.length));
  const textWidth = largest(figures.map(({ text }) => text.length));
  for (const { name, text, unit } of figures) {
    const columns = [name.padEnd(nameWidth), text.padStart(textWidth), unit];
    terminal.print(`  ${columns.join('  ')}`.trimEnd());
  }
  if (loaded.scenario.expect.length > 0) terminal.print('');
  printExpectations(result, terminal);
  terminal.print('');
  terminal.print(`folder ${folder}`);
  terminal.print(`fingerprints ${result.trajectoryFingerprint} ${result.accountingFingerprint}`);
}

/** What the answer of a run that just ended is made of. */
export function factsOf({ loaded, row, tables }: RunResult): RunFacts {
  return {
    values: row.values,
    cohorts: tables.find((table) => table.name === 'cohorts')!,
    nodes: tables.find((table) => table.name === 'nodes')!,
    slashings: tables.find((table) => table.name === 'slashings')!,
    scenario: loaded.scenario,
  };
}

/** A line an expectation: met or not, and what was found. */
export function printExpectations({ loaded, row }: RunResult, terminal: Terminal): void {
  for (const { text, value, limits, met } of checkExpectations(loaded.scenario.expect, row.values)) {
    const verdict = met === null ? 'can’t tell' : met ? 'met' : 'not met';
    const tone = met === null ? undefined : met ? 'good' : 'bad';
    terminal.print(`  ${verdict.padEnd(10)}  ${text}, found ${toNumberBeside(value, limits)}`, tone);
  }
}

/** What a run came to, for programs. */
export function toJson({ result, folder, estimate }: PerformedRun): object {
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
