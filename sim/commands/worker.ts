import { availableParallelism } from 'node:os';
import { toNumber } from '../../reports/figure.js';
import { queueAddress } from '../experiment/queue/connection.js';
import { serveQueue } from '../experiment/queue/queue-worker.js';
import { InvalidInput } from '../scenario/text/faults.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { WorkerArguments } from './declarations/worker.js';
import { ExitCode } from './line/exit-code.js';
import { hearInterrupts } from './line/interrupt.js';
import type { Terminal } from './terminal/terminal.js';

/** `sim worker`: takes runs from a queue until it is asked to end; what is under way is brought back then. */
export async function workerCommand(options: WorkerArguments, terminal: Terminal): Promise<number> {
  if (options.queue === undefined) {
    throw new InvalidInput([{ path: '--queue', expected: 'the address of a Redis', found: 'nothing' }]);
  }
  const address = queueAddress(options.queue);
  const interrupt = hearInterrupts();
  const [did, told] = [{ chunks: 0, runs: 0, refused: 0 }, !options.quiet];
  try {
    await serveQueue(address, {
      workers: options.workers ?? availableParallelism(),
      drain: options.drain,
      plugins: options.plugin,
      signal: interrupt.signal,
      now: interrupt.again,
      onReady: () => {
        if (told) terminal.say(`at work on ${address.shown}${options.drain ? '' : '; Ctrl-C ends'}`);
      },
      onChunk: ({ runs, refused }) => {
        did.chunks++;
        did.runs += runs;
        if (refused !== undefined) {
          did.refused++;
          terminal.say(`refused: ${refused}`);
        } else if (told) terminal.show(`${toNumber(did.runs)} runs in ${toNumber(did.chunks)} chunks`);
      },
    });
  } finally {
    terminal.show('');
    interrupt.release();
  }
  if (options.json) terminal.print(toJsonLine(did));
  else terminal.print(`${toNumber(did.runs)} runs in ${toNumber(did.chunks)} chunks, ${toNumber(did.refused)} refused`);
  return ExitCode.fine;
}
