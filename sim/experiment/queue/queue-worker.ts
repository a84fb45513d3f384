import { setTimeout as later } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { requireOwn } from '../../scenario/plugins/with-plugins.js';
import { WorkerPool } from '../pool/worker-pool.js';
import { keyOf, queueName, readChunk } from './chunk.js';
import { connectTo, type QueueAddress, queuePackages } from './connection.js';

export interface QueueWorkerOptions {
  /** Runs at a time, each on a thread of its own, from 1 on. */
  readonly workers: number;
  /** Files that may be plugins of what it takes, found by their code; none without it. */
  readonly plugins?: readonly string[];
  /** Ends when there is nothing to do; otherwise it waits for more. */
  readonly drain?: boolean;
  /** Aborts between chunks: those under way are brought back. */
  readonly signal?: AbortSignal;
  /** Aborts at once; what was under way goes to another worker. */
  readonly now?: AbortSignal;
  /** Told when work can be taken. */
  readonly onReady?: () => void;
  /** Told of each chunk that ended, with its runs, or why it was refused. */
  readonly onChunk?: (chunk: { readonly runs: number; readonly refused?: string }) => void;
}

/**
 * How long a chunk is this worker's without a sign of life, and how often signs are looked for [ms]: after a worker was
 * killed, so long until another takes over. The simulation runs in threads, so that the sign is given however long a
 * run takes.
 */
const lock = 15_000;
const stalledEvery = 5_000;
/** A chunk that kills worker after worker is given up after so many. */
const deathsMost = 3;
/** How often an empty queue is looked at before a draining worker ends [ms]. */
const drainEvery = 500;

/**
 * Takes chunks from the queue in Redis and runs them, until it is asked to end. What it takes is checked: it must be of
 * this version, and a scenario alone; no code and no file that a chunk names is touched:
 * plugins are those files of its own that have the code.
 *
 * Throws InvalidInput if Redis doesn't answer, and what it says when it goes for long.
 */
export async function serveQueue(address: QueueAddress, options: QueueWorkerOptions): Promise<void> {
  const packages = await queuePackages();
  const { plugins: pluginFiles = [], signal, now } = options;
  const lost = new AbortController();
  const connect = await connectTo(address, packages, (error) => lost.abort(error));
  const pool = new WorkerPool();
  const threads = new Turns(options.workers);
  const process = async (job: Job): Promise<readonly string[]> => {
    try {
      const { scenario, seeds } = readChunk(job.data);
      for (const { plugins = [] } of [scenario, ...scenario.compared]) requireOwn(pluginFiles, plugins);
      const key = keyOf(JSON.stringify(scenario));
      const lines: string[] = [];
      for (const [place, seed] of seeds.entries()) {
        const task = {
          point: 0,
          replication: place + 1,
          scenario,
          key,
          seed,
          allowPaths: [],
          pluginFiles,
          detail: false,
        };
        lines.push(await threads.take(() => pool.perform(task)));
      }
      options.onChunk?.({ runs: seeds.length });
      return lines;
    } catch (error) {
      const refused = error instanceof Error ? error.message : String(error);
      options.onChunk?.({ runs: 0, refused });
      // the same would come of it here again; it isn't kept, so that who asks anew finds another worker
      throw new packages.bullmq.UnrecoverableError(refused);
    }
  };
  const connection = connect();
  const worker = new packages.bullmq.Worker(queueName(), process, {
    connection,
    // the next is there when a thread is free
    concurrency: 2 * options.workers,
    lockDuration: lock,
    stalledInterval: stalledEvery,
    maxStalledCount: deathsMost,
  });
  // of chunks that another has taken over meanwhile, or while Redis is away, of which its connection tells
  worker.on('error', () => undefined);
  try {
    await worker.waitUntilReady();
    options.onReady?.();
    const ends = [signal, now, lost.signal].map(abortOf);
    if (options.drain === true) ends.push(drained(connect, packages.bullmq));
    await Promise.race(ends);
  } finally {
    const isAtOnce = now?.aborted === true || lost.signal.aborted;
    const closing = worker.close(isAtOnce);
    await Promise.race([closing, abortOf(now), abortOf(lost.signal)]);
    await pool.close();
    connection.disconnect();
  }
  if (lost.signal.aborted) throw lost.signal.reason as Error;
}

/** Lets so many steps be under way at a time; the others wait for their turn. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  async take<T>(step: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await step();
    } finally {
      // who waits takes the place over
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

/** Settles when it aborts; never without one. */
function abortOf(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Settles when the queue has been empty twice in a row. */
async function drained(
  connect: Awaited<ReturnType<typeof connectTo>>,
  { Queue }: typeof import('bullmq'),
): Promise<void> {
  const connection = connect();
  const queue = new Queue(queueName(), { connection });
  try {
    for (let empty = 0; empty < 2; ) {
      await later(drainEvery);
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
      empty = Object.values(counts).some((count) => count > 0) ? 0 : empty + 1;
    }
  } finally {
    await queue.close();
    connection.disconnect();
  }
}
