import type { Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import type { AttemptIndex } from '../columns/nodes.js';
import { rightAnswer, type Truth, withheldAnswer } from './truth.js';

/**
 * The one place where truth becomes evidence: instruments that a scheme may ask, each with its error rates.
 *
 * A false positive shows a fault that isn't there, a false negative misses one. Participation,
 * comparison and recomputation err at rates (0, 0), unless the scheme states an error probability of its own.
 * Of an answer that isn't revealed no instrument shows more than that it was sent: asking is an Error.
 */
export class Instruments {
  readonly #truth: Truth;
  readonly #attempts: Attempts;
  readonly #jobs: Jobs;

  constructor(truth: Truth, attempts: Attempts, jobs: Jobs) {
    this.#truth = truth;
    this.#attempts = attempts;
    this.#jobs = jobs;
  }

  /** What an observer's instrument shows: did the node take part? One that errs shows the opposite. */
  participated(attempt: AttemptIndex, errs: boolean): boolean {
    return (this.#truth.answer(attempt) !== withheldAnswer) !== errs;
  }

  /** What an observer's instrument shows: is the result right? One that errs shows the opposite. */
  resultHolds(attempt: AttemptIndex, errs: boolean): boolean {
    return (this.#open(attempt) === rightAnswer) !== errs;
  }

  /** Comparison, error rates (0, 0): did the two attempts return equal answers? */
  answersAgree(attempt: AttemptIndex, other: AttemptIndex): boolean {
    return this.#open(attempt) === this.#open(other);
  }

  /** Recomputation, error rates (0, 0): does the attempt's answer equal the recomputed one? */
  recomputationAgrees(attempt: AttemptIndex): boolean {
    return this.#open(attempt) === rightAnswer;
  }

  #open(attempt: AttemptIndex): number {
    if (this.#jobs.isSealed[this.#attempts.job[attempt]!] === 1) {
      throw new Error('instrument: expected an answer that is revealed, found one that was only committed to');
    }
    return this.#truth.answer(attempt);
  }
}
