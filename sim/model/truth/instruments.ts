import type { AttemptIndex } from '../columns/nodes.js';
import { rightAnswer, type Truth, withheldAnswer } from './truth.js';

/**
 * The one place where truth becomes evidence: instruments that a scheme may ask, each with its error rates.
 *
 * A false positive shows a fault that isn't there, a false negative misses one. Participation,
 * comparison and recomputation err at rates (0, 0), unless the scheme states an error probability of its own.
 */
export class Instruments {
  readonly #truth: Truth;

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** What an observer's instrument shows: did the node take part? One that errs shows the opposite. */
  participated(attempt: AttemptIndex, errs: boolean): boolean {
    return (this.#truth.answer(attempt) !== withheldAnswer) !== errs;
  }

  /** What an observer's instrument shows: is the result right? One that errs shows the opposite. */
  resultHolds(attempt: AttemptIndex, errs: boolean): boolean {
    return (this.#truth.answer(attempt) === rightAnswer) !== errs;
  }

  /** What a juror's look at a case shows: had the machine really failed? One that errs sees the opposite. */
  outageShown(hadOutage: boolean, errs: boolean): boolean {
    return hadOutage !== errs;
  }

  /** Comparison, error rates (0, 0): did the two attempts return equal answers? */
  answersAgree(attempt: AttemptIndex, other: AttemptIndex): boolean {
    return this.#truth.answer(attempt) === this.#truth.answer(other);
  }

  /** Recomputation, error rates (0, 0): does the attempt's answer equal the recomputed one? */
  recomputationAgrees(attempt: AttemptIndex): boolean {
    return this.#truth.answer(attempt) === rightAnswer;
  }
}
