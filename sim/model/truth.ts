import type { Attempts } from './attempts.js';
import type { Jobs } from './jobs.js';
import type { AttemptIndex } from './nodes.js';
import type { Workload } from './workload.js';

/** The right answer; every other value from 1 up is some wrong one, and equal values are equal answers. */
export const rightAnswer = 0;
/** No answer was sent. */
export const withheldAnswer = -1;

/**
 * What is really so: no mechanism receives this object.
 *
 * Read by strategies, observation and the recorder; execution only carries it from one to the other.
 */
export class Truth {
  /** By node: probability that an honest computation is right. */
  readonly quality: Float64Array;
  /** By node: probability that an accepted attempt ends with a result. */
  readonly completion: Float64Array;
  readonly #attempts: Attempts;
  readonly #jobs: Jobs;
  readonly #workloads: readonly Workload[];

  constructor(nodeCapacity: number, attempts: Attempts, jobs: Jobs, workloads: readonly Workload[]) {
    this.quality = new Float64Array(nodeCapacity);
    this.completion = new Float64Array(nodeCapacity);
    this.#attempts = attempts;
    this.#jobs = jobs;
    this.#workloads = workloads;
  }

  /** True if an honest computation of the attempt comes out right: a pure function of job, number and node. */
  isSound(attempt: AttemptIndex): boolean {
    const job = this.#attempts.job[attempt]!;
    const luck = this.#workloads[this.#jobs.workload[job]!]!.luck(
      this.#jobs.ordinal[job]!,
      this.#attempts.number[attempt]!,
    );
    return luck < this.quality[this.#attempts.node[attempt]!]!;
  }

  /** True if the attempt, once worked on, ends with a result: a pure function of job, number and node. */
  completes(attempt: AttemptIndex): boolean {
    const probability = this.completion[this.#attempts.node[attempt]!]!;
    if (probability === 1) return true;
    const job = this.#attempts.job[attempt]!;
    const number = this.#attempts.number[attempt]!;
    return this.#workloads[this.#jobs.workload[job]!]!.completion(this.#jobs.ordinal[job]!, number) < probability;
  }

  answerSent(attempt: AttemptIndex, answer: number): void {
    this.#attempts.answer[attempt] = answer;
  }

  answer(attempt: AttemptIndex): number {
    return this.#attempts.answer[attempt]!;
  }
}
