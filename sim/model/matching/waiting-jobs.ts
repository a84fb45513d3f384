import type { Jobs } from '../columns/jobs.js';
import { type JobIndex, NONE } from '../columns/nodes.js';
import type { StartLimit } from './start-limit.js';
import { PlacesInLine, WaitingLine } from './waiting-line.js';

/** Jobs that found no node, first come, first served, one line a lane; a job can leave from any place. */
export class WaitingJobs {
  readonly #jobs: Jobs;
  readonly #lines: readonly WaitingLine[];
  /** The next job's; each that comes to wait draws one. */
  #ticket = 0;
  size = 0;
  readonly #behind: { readonly job: JobIndex; readonly generation: number }[] = [];

  constructor(jobs: Jobs, laneCount: number) {
    this.#jobs = jobs;
    const places = new PlacesInLine(jobs);
    this.#lines = Array.from({ length: laneCount }, () => new WaitingLine(places));
  }

  add(job: JobIndex, lane: number, limit: StartLimit): void {
    this.#jobs.isWaiting[job] = 1;
    this.#lines[lane]!.add(job, this.#ticket++, limit);
    this.size++;
    this.#jobs.waiting++;
  }

  remove(job: JobIndex, lane: number): void {
    this.#jobs.isWaiting[job] = 0;
    this.#lines[lane]!.remove(job);
    this.size--;
    this.#jobs.waiting--;
  }

  /** The job is put behind those who wait, though a node may be free that none of them can take. */
  comeBehind(job: JobIndex): void {
    this.#behind.push({ job, generation: this.#jobs.generation[job]! });
  }

  /** The first of those that were put behind and wait still; NONE for no more of them. */
  takeBehind(): JobIndex {
    for (let first = this.#behind.shift(); first !== undefined; first = this.#behind.shift()) {
      const { job, generation } = first;
      if (this.#jobs.generation[job] === generation && this.#jobs.isWaiting[job] === 1) return job;
    }
    return NONE;
  }

  /** When it came to wait, by the order of all that did. */
  ticketOf(job: JobIndex, lane: number): number {
    return this.#lines[lane]!.ticketOf(job);
  }

  /** The first job of the lane from that ticket on that could be in time on one of the nodes between these. */
  firstInTime(lane: number, from: number, now: number, slowest: number, fastest: number): JobIndex {
    return this.#lines[lane]!.firstInTime(from, now, slowest, fastest);
  }

  isEmpty(lane: number): boolean {
    return this.#lines[lane]!.size === 0;
  }
}
