import type { Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import type { AttemptIndex } from '../columns/nodes.js';
import type { JobKeys } from './job-keys.js';
import type { AttemptSecrets } from './secrets.js';

/** The right answer; every other value from 1 up is some wrong one, and equal values are equal answers. */
export const rightAnswer = 0;
/** Wrong answers of clients with bugs start here, above those of faults and below those that attackers make up. */
const firstBugAnswer = 1_000;
/** True for the wrong answer of a hardware fault. */
export function isFault(answer: number): boolean {
  return answer > rightAnswer && answer < firstBugAnswer;
}

/** No answer was sent. */
export const withheldAnswer = -1;

/** Uniform values in [0, 1) of a job's attempt, whoever makes it; by the ordinals of both. */
interface Luck {
  luck(ordinal: number, attempt: number): number;
  completion(ordinal: number, attempt: number): number;
}

/**
 * What is really so: no mechanism receives this object.
 *
 * Read by strategies, instruments and the recorder; execution only carries it from one to the other.
 */
export class Truth {
  /** By node: probability that an honest computation is right. */
  readonly quality: Float64Array;
  /** By node: probability that an accepted attempt ends with a result. */
  readonly completion: Float64Array;
  /** By node: a uniform draw of its machine, below the share of machines whose trusted hardware is broken if its is. */
  readonly trustedHardware: Float64Array;
  /** By node: the bugs that its client has now, a bit a bug. */
  readonly bugs: Uint8Array;
  readonly #attempts: Attempts;
  readonly #secrets: AttemptSecrets;
  readonly #jobs: Jobs;
  readonly #keys: JobKeys;
  readonly #workloads: readonly Luck[];

  constructor(
    nodeCapacity: number,
    attempts: Attempts,
    secrets: AttemptSecrets,
    jobs: Jobs,
    keys: JobKeys,
    workloads: readonly Luck[],
  ) {
    this.quality = new Float64Array(nodeCapacity);
    this.completion = new Float64Array(nodeCapacity);
    this.trustedHardware = new Float64Array(nodeCapacity);
    this.bugs = new Uint8Array(nodeCapacity);
    this.#attempts = attempts;
    this.#secrets = secrets;
    this.#jobs = jobs;
    this.#keys = keys;
    this.#workloads = workloads;
  }

  /** What an honest computation of the attempt yields: right, or wrong by chance, or by the bugs of its client. */
  honestAnswer(attempt: AttemptIndex): number {
    const bugs = this.bugs[this.#attempts.node[attempt]!]!;
    // clients with the same bugs agree on the same wrong answer; no two faults agree
    if (bugs > 0) return firstBugAnswer + bugs;
    return this.isSound(attempt) ? rightAnswer : 1 + this.#attempts.number[attempt]!;
  }

  /** True if the attempt's hardware makes no fault: a pure function of job, number and node. */
  isSound(attempt: AttemptIndex): boolean {
    const job = this.#attempts.job[attempt]!;
    const luck = this.#workloads[this.#jobs.workload[job]!]!.luck(
      this.#keys.ordinal(job),
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
    return this.#workloads[this.#jobs.workload[job]!]!.completion(this.#keys.ordinal(job), number) < probability;
  }

  answerSent(attempt: AttemptIndex, answer: number): void {
    this.#secrets.setAnswer(attempt, answer);
  }

  /** The answer that was sent; NaN before. */
  answer(attempt: AttemptIndex): number {
    return this.#secrets.answer(attempt);
  }
}
