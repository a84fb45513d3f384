import { join } from 'node:path';
import { toCommandLine } from '../folder/command-line.js';
import { readComparison } from '../folder/comparison-record.js';
import { refusal, toFileFault } from '../folder/file-fault.js';
import type { ReadOptions } from '../folder/load-again.js';
import { manifestKind } from '../folder/manifest.js';
import type { Drawn } from '../folder/run-folder.js';
import { readRun } from '../folder/run-record.js';
import { readSweep } from '../folder/sweep-record.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { ReportArguments } from './declarations/report.js';
import { ExitCode, toFailure } from './line/exit-code.js';
import { hearInterrupts, Interrupted } from './line/interrupt.js';
import { sayPlugins } from './terminal/plugin-line.js';
import type { Terminal } from './terminal/terminal.js';

/**
 * `sim report`: draws the charts and the report of the folder of a run, a sweep or a comparison again from its own
 * files; it simulates nothing. Ends with 1 if a chart couldn't be drawn; the others are there then.
 */
export async function reportCommand(options: ReportArguments, terminal: Terminal): Promise<number> {
  const { folder, json, sweep } = options;
  const interrupt = hearInterrupts();
  try {
    const how = { allowPaths: options['allow-path'], ...sayPlugins(terminal) };
    const draw = await drawOf[manifestKind(folder) ?? 'run'](folder, how, sweep);
    terminal.show('drawing the charts');
    const { charts, undrawn } = await draw(interrupt.signal);
    terminal.show('');
    const report = join(folder, 'report.html');
    if (json) terminal.print(toJsonLine({ folder, report, charts }));
    else terminal.print(`report ${report}`);
    for (const chart of undrawn) terminal.say(undrawnLine(chart));
    return undrawn.length === 0 ? ExitCode.fine : ExitCode.internalError;
  } catch (error) {
    if (error instanceof Interrupted) throw new Interrupted('the tables are as they were; the report isn’t drawn anew');
    const fault = toFileFault(error, folder, 'a folder that can be written');
    throw toFailure(fault, toCommandLine(['report', folder]));
  } finally {
    terminal.show('');
    interrupt.release();
  }
}

type Draw = (signal: AbortSignal) => Promise<Drawn>;

async function ofRun(folder: string, how: ReadOptions, beside: string | undefined): Promise<Draw> {
  const run = readRun(folder, how);
  if (beside !== undefined && manifestKind(beside) === 'run')
    throw refusal(beside, 'the folder of a sweep behind --sweep', 'that of a run');
  const sweep = beside === undefined ? undefined : readSweep(beside, how);
  const { writeReport } = await import('../findings/report.js');
  return (signal) => writeReport(folder, run, signal, sweep);
}

async function ofSweep(folder: string, how: ReadOptions, beside: string | undefined): Promise<Draw> {
  refuseBeside(folder, 'sweep', beside);
  const sweep = readSweep(folder, how);
  const { writeSweepReport } = await import('../findings/sweep/report.js');
  return (signal) => writeSweepReport(folder, sweep, signal);
}

async function ofComparison(folder: string, how: ReadOptions, beside: string | undefined): Promise<Draw> {
  refuseBeside(folder, 'comparison', beside);
  const comparison = readComparison(folder, how);
  const { writeComparisonReport } = await import('../findings/comparison/report.js');
  return (signal) => writeComparisonReport(folder, comparison, signal);
}

function refuseBeside(folder: string, kind: string, beside: string | undefined): void {
  if (beside !== undefined) throw refusal(folder, 'the folder of a run where --sweep is given', `that of a ${kind}`);
}

const drawOf = { run: ofRun, sweep: ofSweep, comparison: ofComparison };

/** What is said of a chart that couldn't be drawn. */
export function undrawnLine({ name, reason }: Drawn['undrawn'][number]): string {
  return `the chart ${name} couldn’t be drawn: ${reason}`;
}
