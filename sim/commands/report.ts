import { join } from 'node:path';
import { z } from 'zod';
import { toFileFault } from '../folder/file-fault.js';
import { readRun } from '../folder/run-record.js';
import { toJsonLine } from '../scenario/text/printable.js';
import { checkArguments, flag, toCommandLine, value } from './line/arguments.js';
import { ExitCode, toFailure } from './line/exit-code.js';
import { hearInterrupts } from './line/interrupt.js';
import type { Terminal } from './terminal/terminal.js';

const schema = z.object({ folder: value, json: flag });

/** `sim report`: draws the charts and the report of a run folder again from its own files; it simulates nothing. */
export async function reportCommand(parsed: object, terminal: Terminal): Promise<number> {
  const { folder, json } = checkArguments(schema, parsed);
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
