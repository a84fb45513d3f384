import { join } from 'node:path';
import { toFileFault } from '../folder/file-fault.js';
import { readRun } from '../folder/run-record.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { ReportArguments } from './declarations/report.js';
import { toCommandLine } from './line/command-line.js';
import { ExitCode, toFailure } from './line/exit-code.js';
import { hearInterrupts } from './line/interrupt.js';
import type { Terminal } from './terminal/terminal.js';

/** `sim report`: draws the charts and the report of a run folder again from its own files; it simulates nothing. */
export async function reportCommand({ folder, json }: ReportArguments, terminal: Terminal): Promise<number> {
  const interrupt = hearInterrupts();
  try {
    const run = readRun(folder);
    terminal.show('drawing the charts');
    const { writeReport } = await import('../findings/report.js');
    const { charts } = await writeReport(folder, run, interrupt.signal);
    terminal.show('');
    const report = join(folder, 'report.html');
    if (json) terminal.print(toJsonLine({ folder, report, charts }));
    else terminal.print(`report ${report}`);
    return ExitCode.fine;
  } catch (error) {
    const fault = toFileFault(error, folder, 'a folder that can be written');
    throw toFailure(fault, toCommandLine(['report', folder]));
  } finally {
    terminal.show('');
    interrupt.release();
  }
}
