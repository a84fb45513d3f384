import { toFigure } from '../../../reports/figure.js';
import { answerOf } from '../../findings/answer.js';
import { headlineFigures } from '../../findings/headlines.js';
import { largest } from '../../kernels/extent.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { RunArguments } from '../declarations/run.js';
import { ExitCode } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import type { Terminal } from '../terminal/terminal.js';
import { factsOf, printExpectations, toJson } from './outcome.js';
import { loadForRun, type PerformedRun, performRun } from './perform-run.js';

/**
 * `sim run`: runs a scenario once, writes its folder, and says what came out; ends well whatever that is, unless a
 * chart couldn't be drawn.
 */
export async function runCommand(options: RunArguments, terminal: Terminal): Promise<number> {
  if (options.watch) return (await import('./watch.js')).watchScenario(options, terminal);
  const loaded = loadForRun(options);
  const interrupt = hearInterrupts();
  try {
    const performed = await performRun(loaded, options, terminal, interrupt.signal);
    if (options.json) terminal.print(toJsonLine(toJson(performed)));
    else printResult(performed, terminal);
    return performed.undrawn.length === 0 ? ExitCode.fine : ExitCode.internalError;
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
