import type { Jobs } from '../columns/jobs.js';
import type { JobIndex } from '../columns/nodes.js';
import type { StartLimit } from './start-limit.js';
import { WaitingLine } from './waiting-line.js';

/** Jobs that found no node, first come, first served, one line a job class; a job can leave from any place. */
export class WaitingJobs {
  readonly #jobs: Jobs;
  readonly #lines: readonly WaitingLine[];
  /** The next job's; each that comes to wait draws one. */
  #ticket = 0;
  size = 0;

  constructor(jobs: Jobs, classCount: number) {
    this.#jobs = jobs;
    this.#lines = Array.from({ length: classCount }, () => new WaitingLine(jobs));
  }

  add(job: JobIndex, jobClass: number, limit: StartLimit): void {
    this.#jobs.isWaiting[job] = 1;
    this.#lines[jobClass]!.add(job, this.#ticket++, limit);
    this.size++;
    this.#jobs.waiting++;
  }

  remove(job: JobIndex, jobClass: number): void {
    this.#jobs.isWaiting[job] = 0;
    this.#lines[jobClass]!.remove(job);
    this.size--;
    this.#jobs.waiting--;
  }

  /** When it came to wait, by the order of all that did. */
  ticketOf(job: JobIndex, jobClass: number): number {
    return this.#lines[jobClass]!.ticketOf(job);
  }

  /** The first job of the class from that ticket on that could be in time on one of the nodes between these. */
  firstInTime(jobClass: number, from: number, now: number, slowest: number, fastest: number): JobIndex {
    return this.#lines[jobClass]!.firstInTime(from, now, slowest, fastest);
  }

  isEmpty(jobClass: number): boolean {
    return this.#lines[jobClass]!.size === 0;
  }
}
