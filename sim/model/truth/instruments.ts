import type { Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import type { AttemptIndex } from '../columns/nodes.js';
import { withheldAnswer } from './answers.js';
import type { Truth } from './truth.js';

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
    return this.recomputationAgrees(attempt) !== errs;
  }

  /** What a juror's look at a case shows: had the machine really failed? One that errs sees the opposite. */
  outageShown(hadOutage: boolean, errs: boolean): boolean {
    return hadOutage !== errs;
  }

  /**
   * Comparison, error rates (0, 0): did two attempts at a job return equal answers, or numeric ones near each other?
   *
   * @param tolerance how far two numeric answers may be apart, as a share of the larger; left out: what the client
   *   tolerates
   */
  answersAgree(attempt: AttemptIndex, other: AttemptIndex, tolerance?: number): boolean {
    const [one, two] = [this.#open(attempt), this.#open(other)];
    const job = this.#attempts.job[attempt]!;
    if (one === two || !this.#truth.isNumeric(job)) return one === two;
    const apart = tolerance ?? this.#truth.tolerance(job);
    return Math.abs(one - two) <= apart * Math.max(Math.abs(one), Math.abs(two));
  }

  /** Recomputation, error rates (0, 0): does the attempt's answer equal the recomputed one, or come near enough? */
  recomputationAgrees(attempt: AttemptIndex): boolean {
    this.#open(attempt);
    return this.#truth.isRight(attempt);
  }

  /** The numeric answer that was revealed; an Error for exact ones, which are equal or not and nothing else. */
  value(attempt: AttemptIndex): number {
    if (!this.#truth.isNumeric(this.#attempts.job[attempt]!)) {
      throw new Error('instrument: expected a job with numeric answers, found one with exact ones');
    }
    return this.#open(attempt);
  }

  #open(attempt: AttemptIndex): number {
    if (this.#jobs.isSealed[this.#attempts.job[attempt]!] === 1) {
      throw new Error('instrument: expected an answer that is revealed, found one that was only committed to');
    }
    return this.#truth.answer(attempt);
  }
}
