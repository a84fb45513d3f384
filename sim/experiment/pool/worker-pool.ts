import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../../package.js';
import { type Failure, toLineOfText } from '../work/outcome.js';
import type { Done, Task } from './worker.js';

interface UnderWay {
  readonly task: Task;
  readonly resolve: (line: string) => void;
}

/** Who does the runs of an experiment: threads of this process, or others far away. */
export interface Performer {
  /** Runs the task; the outcome, or the failure, as a line of text. Rejects only if nobody can run anything. */
  perform(task: Task): Promise<string>;
  /** Ends it, at once; tasks under way never come back. */
  close(): Promise<void>;
}

/**
 * Worker threads that stay warm between runs: one starts whenever all are busy, so that as many are kept as there were
 * tasks at a time. A thread that dies, as one out of memory does, costs the run that it was at, which comes back as
 * failed.
 */
export class WorkerPool implements Performer {
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, UnderWay>();

  perform(task: Task): Promise<string> {
    return new Promise((resolve) => {
      const worker = this.#idle.pop() ?? this.#start();
      this.#busy.set(worker, { task, resolve });
      worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    const workers = [...this.#idle, ...this.#busy.keys()];
    this.#busy.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    // of the built program, also where this runs from the sources: Node 20 starts no TypeScript in a thread
    const worker = new Worker(join(packageRoot(), 'dist/sim/experiment/pool/worker.js'));
    worker.on('message', ({ line }: Done) => {
      const done = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      done?.resolve(line);
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
    if (lost === undefined) return;
    const failure: Failure = { seed: lost.task.seed, failed: why };
    lost.resolve(toLineOfText(failure));
  }
}
