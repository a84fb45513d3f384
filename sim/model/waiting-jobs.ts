import type { Jobs } from './jobs.js';
import { type JobIndex, NONE } from './nodes.js';

/** Jobs that found no node, first come, first served, one line a job class; a job leaves it from any place in O(1). */
export class WaitingJobs {
  readonly #jobs: Jobs;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  size = 0;

  constructor(jobs: Jobs, classCount: number) {
    this.#jobs = jobs;
    this.#first = new Int32Array(classCount).fill(NONE);
    this.#last = new Int32Array(classCount).fill(NONE);
  }

  first(jobClass: number): JobIndex {
    return this.#first[jobClass]!;
  }

  next(job: JobIndex): JobIndex {
    return this.#jobs.nextWaiting[job]!;
  }

  add(job: JobIndex, jobClass: number): void {
    const jobs = this.#jobs;
    const last = this.#last[jobClass]!;
    jobs.isWaiting[job] = 1;
    jobs.previousWaiting[job] = last;
    jobs.nextWaiting[job] = NONE;
    if (last === NONE) this.#first[jobClass] = job;
    else jobs.nextWaiting[last] = job;
    this.#last[jobClass] = job;
    this.size++;
  }

  remove(job: JobIndex, jobClass: number): void {
    const jobs = this.#jobs;
    const next = jobs.nextWaiting[job]!;
    const previous = jobs.previousWaiting[job]!;
    jobs.isWaiting[job] = 0;
    if (previous === NONE) this.#first[jobClass] = next;
    else jobs.nextWaiting[previous] = next;
    if (next === NONE) this.#last[jobClass] = previous;
    else jobs.previousWaiting[next] = previous;
    this.size--;
  }
}
