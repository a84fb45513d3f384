import { toFigure } from '../../../reports/figure.js';
import { headlineFigures } from '../../findings/headlines.js';
import { largest } from '../../kernels/extent.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import { STANDARD_INPUT } from '../../scenario/text/source.js';
import type { RunArguments } from '../declarations/run.js';
import { ExitCode } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import type { Terminal } from '../terminal/terminal.js';
import { printAnswer, printExpectations, toJson, unmetExpectations } from './outcome.js';
import { loadForRun, type PerformedRun, performRun } from './perform-run.js';

/**
 * `sim run`: runs a scenario once, writes its folder, and says what came out; ends with 1 if a chart couldn't be drawn,
 * with 3 if it isn't what the scenario expects, or can't be told, and with 0 then under `--no-gate`.
 */
export async function runCommand(options: RunArguments, terminal: Terminal): Promise<number> {
  refuseInVain(options);
  if (options.watch) return (await import('./watch.js')).watchScenario(options, terminal);
  const loaded = loadForRun(options, terminal);
  const interrupt = hearInterrupts();
  try {
    const performed = await performRun(loaded, options, terminal, interrupt.signal);
    if (options.json) terminal.print(toJsonLine(toJson(performed)));
    else printResult(performed, terminal);
    if (performed.undrawn.length > 0) return ExitCode.internalError;
    const unmet = unmetExpectations(performed.result);
    if (unmet.length === 0 || options['no-gate']) return ExitCode.fine;
    for (const line of unmet) terminal.say(line);
    return ExitCode.unmet;
  } finally {
    interrupt.release();
  }
}

/** Options that say nothing beside the others, or that the others contradict. */
function refuseInVain(options: RunArguments): void {
  const faults: Fault[] = [];
  if (options.charts && !options.watch) {
    faults.push({ path: '--charts', expected: '--watch beside it, as other runs draw charts anyway', found: 'none' });
  }
  if (options.charts && options['no-charts']) {
    faults.push({ path: '--charts', expected: 'either --charts or --no-charts', found: 'both' });
  }
  if (options.watch && options.scenario === STANDARD_INPUT) {
    faults.push({ path: '--watch', expected: 'a file, which can be saved again', found: 'standard input' });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
}

function printResult({ result, folder }: PerformedRun, terminal: Terminal): void {
  const { loaded, row } = result;
  terminal.print(loaded.question === '' ? loaded.name : `${loaded.name}: ${loaded.question}`);
  terminal.print('');
  printAnswer(result, terminal, '');
  terminal.print('');
  const figures = headlineFigures(row.values, loaded.scenario).map(({ metric, value }) => ({
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
