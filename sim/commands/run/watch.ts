import { existsSync } from 'node:fs';
import { toPhrase } from '../../../reports/figure.js';
import { headlineFigures } from '../../findings/headlines.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { RunArguments } from '../declarations/run.js';
import { ExitCode } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import type { Terminal } from '../terminal/terminal.js';
import { FileWatch } from './file-watch.js';
import { factsOf, printAnswer, printExpectations, toJson } from './outcome.js';
import { loadForRun, type PerformedRun, performRun } from './perform-run.js';

/** A save that makes the run under way pointless. */
class Saved extends Error {}

/**
 * `sim run --watch`: runs the scenario now and after each save of one of its files, and says in short what came out.
 *
 * Faults are said and the watch goes on. Ends with 0 when interrupted between runs, and with 130 when that cuts a run
 * off: nothing of it is written then. A scenario that isn't there at first is refused.
 */
export async function watchScenario(options: RunArguments, terminal: Terminal): Promise<number> {
  const interrupt = hearInterrupts();
  const watch = new FileWatch();
  watch.follow([options.scenario]);
  let figures: ReadonlyMap<string, string> = new Map();
  let runs = 0;
  try {
    for (let round = 1; ; round++) {
      try {
        const loaded = loadForRun(options, terminal);
        watch.follow(loaded.files);
        const performed = await unlessSaved(watch, interrupt.signal, (signal) =>
          performRun(loaded, options, terminal, signal),
        );
        if (options.json) terminal.print(toJsonLine(toJson(performed)));
        else printInShort(performed, figures, ++runs, terminal);
        figures = figuresOf(performed);
      } catch (error) {
        if (error instanceof Saved) continue;
        if (!(error instanceof InvalidInput) || (round === 1 && !existsSync(options.scenario))) throw error;
        for (const line of error.message.split('\n')) terminal.say(line);
        watch.follow([...new Set([...watch.files, ...filesOf(error)])]);
      }
      if (!options.quiet) terminal.say(watchingLine(options.scenario, watch.files.length - 1));
      if (await isInterrupted(watch, interrupt.signal)) return ExitCode.fine;
    }
  } finally {
    interrupt.release();
  }
}

/** Performs a run that a save of a watched file cuts off, as an interrupt does. */
async function unlessSaved(
  watch: FileWatch,
  interrupt: AbortSignal,
  perform: (signal: AbortSignal) => Promise<PerformedRun>,
): Promise<PerformedRun> {
  const saved = new AbortController();
  const over = new AbortController();
  watch.changed(AbortSignal.any([interrupt, over.signal])).then(
    () => saved.abort(new Saved()),
    () => {},
  );
  try {
    return await perform(AbortSignal.any([interrupt, saved.signal]));
  } catch (error) {
    throw saved.signal.aborted ? saved.signal.reason : error;
  } finally {
    over.abort();
  }
}

/** Waits for a save; true if an interrupt came instead. */
async function isInterrupted(watch: FileWatch, interrupt: AbortSignal): Promise<boolean> {
  try {
    await watch.changed(interrupt);
    return false;
  } catch (error) {
    if (!interrupt.aborted) throw error;
    return true;
  }
}

/** The files in which faults were found, which the scenario may extend. */
function filesOf({ faults }: InvalidInput): readonly string[] {
  const files = faults.flatMap(({ position }) => (position === undefined ? [] : [position.file]));
  return files.filter((file) => existsSync(file));
}

function watchingLine(scenario: string, others: number): string {
  const more = others === 0 ? '' : others === 1 ? ' and the file that it names' : ` and ${others} files that it names`;
  return `watching ${scenario}${more}; Ctrl-C ends`;
}

function figuresOf({ result }: PerformedRun): ReadonlyMap<string, string> {
  return new Map(
    headlineFigures(result.row.values, result.loaded.scenario).map(({ metric, value }) => [
      metric.name,
      toPhrase(value, metric.unit),
    ]),
  );
}

/** The answer, the expectations, and which of the figures are others than before. */
function printInShort(
  performed: PerformedRun,
  before: ReadonlyMap<string, string>,
  ordinal: number,
  terminal: Terminal,
): void {
  const { result, folder, wallSeconds } = performed;
  terminal.print(`run ${ordinal} of ${result.loaded.name}, ${toPhrase(wallSeconds, 's')}, into ${folder}`);
  printAnswer(factsOf(result), terminal, '  ');
  printExpectations(factsOf(result), terminal);
  if (before.size === 0) return;
  const changed = [...figuresOf(performed)].filter(([name, text]) => before.get(name) !== text);
  if (changed.length === 0) terminal.print('  no figure changed');
  for (const [name, text] of changed) terminal.print(`  ${name} ${before.get(name) ?? '–'} → ${text}`);
}
