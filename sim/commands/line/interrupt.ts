import { readFileSync } from 'node:fs';

/** Ctrl-C, or a polite end from outside. */
export class Interrupted extends Error {
  /** @param left what is there in spite of it */
  constructor(left = 'nothing was written') {
    super(`interrupted; ${left}`);
    this.name = 'Interrupted';
  }
}

interface Interrupt {
  /** Aborts, with Interrupted as its reason, when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Aborts when it is asked a second time. */
  readonly again: AbortSignal;
  /** Lets such a request end the process at once again. */
  release(): void;
}

/** Ctrl-C, a polite end, and a terminal that was closed. */
const requests = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How often it is looked whether who started the process is still there [ms]. */
const looksEvery = 500;

/**
 * Hears requests to end, so that what is under way stops at the next safe place and leaves nothing half-written.
 *
 * Started by npx or npm, the process ends with them, too: they pass a signal on to a shell at most. Otherwise it goes
 * on without who started it, as a process in the background should.
 */
export function hearInterrupts(): Interrupt {
  const controller = new AbortController();
  const second = new AbortController();
  const abort = () => {
    if (controller.signal.aborted) second.abort(new Interrupted());
    else controller.abort(new Interrupted());
  };
  for (const request of requests) process.on(request, abort);
  const before = startedBy();
  const look = () => {
    if (startedBy() !== before && !controller.signal.aborted) abort();
  };
  const looking = process.env.npm_command === undefined ? undefined : setInterval(look, looksEvery).unref();
  return {
    signal: controller.signal,
    again: second.signal,
    release: () => {
      for (const request of requests) process.off(request, abort);
      clearInterval(looking);
    },
  };
}

/** Who started this process, and who started that, which may be a shell between npx and here. */
function startedBy(): string {
  const parent = process.ppid;
  try {
    // After the name in brackets, which may hold anything: the state and the parent.
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    // Other systems tell the parent only.
    return `${parent}`;
  }
}
