import type { Jobs } from './jobs.js';
import { type JobIndex, NONE } from './nodes.js';

/** Waiting jobs of a class looked at when a node frees. */
const walkMost = 64;

/** Jobs that found no node, first come, first served, one line a job class; a job leaves it from any place in O(1). */
export class WaitingJobs {
  readonly #jobs: Jobs;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #passed: Uint8Array;
  size = 0;

  constructor(jobs: Jobs, classCount: number) {
    this.#jobs = jobs;
    this.#first = new Int32Array(classCount).fill(NONE);
    this.#last = new Int32Array(classCount).fill(NONE);
    this.#passed = new Uint8Array(classCount);
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

  /**
   * Walks the lines until `serve` takes a job: the class whose first job came first, then the others, each from its
   * head; true if one was taken.
   *
   * Only a job that no free node fits makes the walk longer than a step, and it ends after 64 of a class.
   */
  serveOne(hasCandidate: (jobClass: number) => boolean, serve: (job: JobIndex, jobClass: number) => boolean): boolean {
    this.#passed.fill(0);
    for (
      let jobClass = this.#classInLine(hasCandidate);
      jobClass !== NONE;
      jobClass = this.#classInLine(hasCandidate)
    ) {
      this.#passed[jobClass] = 1;
      let job = this.#first[jobClass]!;
      for (let walked = 0; job !== NONE && walked < walkMost; walked++) {
        if (serve(job, jobClass)) return true;
        job = this.#jobs.nextWaiting[job]!;
      }
    }
    return false;
  }

  /** The class, of those not passed over yet, that has a candidate and whose first waiting job came first. */
  #classInLine(hasCandidate: (jobClass: number) => boolean): number {
    const { submittedAt } = this.#jobs;
    let chosen = NONE;
    for (let jobClass = 0; jobClass < this.#first.length; jobClass++) {
      const head = this.#first[jobClass]!;
      if (this.#passed[jobClass] === 1 || head === NONE || !hasCandidate(jobClass)) continue;
      if (chosen === NONE || submittedAt[head]! < submittedAt[this.#first[chosen]!]!) chosen = jobClass;
    }
    return chosen;
  }
}
