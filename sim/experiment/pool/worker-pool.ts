import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../../package.js';
import { type Failure, toLineOfText } from '../work/outcome.js';
import type { Done, Task } from './worker.js';

interface Waiting {
  readonly task: Task;
  readonly resolve: (line: string) => void;
}

/**
 * Worker threads that stay warm between runs. A thread that dies, as one out of memory does, costs the run that it was
 * at, which comes back as failed, and is replaced.
 */
export class WorkerPool {
  readonly size: number;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #waiting: Waiting[] = [];
  #isClosed = false;

  /** @param size threads, from 1 on; each is started when there is something for it to do */
  constructor(size: number) {
    this.size = size;
  }

  /** Runs the task when a thread is free, in the order asked; the outcome, or the failure, as a line of text. */
  perform(task: Task): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting.push({ task, resolve });
      this.#next();
    });
  }

  /** Ends the threads, at once; tasks under way or waiting never come back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#isClosed || this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#busy.size < this.size ? this.#start() : undefined);
    if (worker === undefined) return;
    const next = this.#waiting.shift()!;
    this.#busy.set(worker, next);
    worker.postMessage(next.task);
  }

  #start(): Worker {
    // of the built program, also where this runs from the sources: Node 20 starts no TypeScript in a thread
    const worker = new Worker(join(packageRoot(), 'dist/sim/experiment/pool/worker.js'));
    worker.on('message', ({ line }: Done) => {
      const done = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      done?.resolve(line);
      this.#next();
    });
    worker.on('error', (error) => this.#died(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => this.#died(worker, `its thread ended with ${code}`));
    return worker;
  }

  #died(worker: Worker, why: string): void {
    const lost = this.#busy.get(worker);
    this.#busy.delete(worker);
    const place = this.#idle.indexOf(worker);
    if (place >= 0) this.#idle.splice(place, 1);
    if (lost === undefined || this.#isClosed) return;
    const failure: Failure = { seed: lost.task.seed, failed: why };
    lost.resolve(toLineOfText(failure));
    this.#next();
  }
}
