import type { Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import type { AttemptIndex, JobIndex } from '../columns/nodes.js';
import type { JobKeys } from './job-keys.js';
import { rightAnswer, type Truth, withheldAnswer } from './truth.js';

/** Draws of an instance of a scheme, one an attempt. */
const drawsAnInstance = 65_536;

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

  readonly #keys: JobKeys;
  readonly #proofDraw: (job: JobIndex, number: number) => number;

  /** @param proofDraw uniform values in [0, 1) that belong to the proofs of a job's results, by number */
  constructor(
    truth: Truth,
    attempts: Attempts,
    jobs: Jobs,
    keys: JobKeys,
    proofDraw: (job: JobIndex, number: number) => number,
  ) {
    this.#truth = truth;
    this.#attempts = attempts;
    this.#jobs = jobs;
    this.#keys = keys;
    this.#proofDraw = proofDraw;
  }

  /** What an observer's instrument shows: did the node take part? One that errs shows the opposite. */
  participated(attempt: AttemptIndex, errs: boolean): boolean {
    return (this.#truth.answer(attempt) !== withheldAnswer) !== errs;
  }

  /** What an observer's instrument shows: is the result right? One that errs shows the opposite. */
  resultHolds(attempt: AttemptIndex, errs: boolean): boolean {
    return (this.#open(attempt) === rightAnswer) !== errs;
  }

  /** What a juror's look at a case shows: had the machine really failed? One that errs sees the opposite. */
  outageShown(hadOutage: boolean, errs: boolean): boolean {
    return hadOutage !== errs;
  }

  /** Comparison, error rates (0, 0): did the two attempts return equal answers? */
  answersAgree(attempt: AttemptIndex, other: AttemptIndex): boolean {
    return this.#open(attempt) === this.#open(other);
  }

  /** Recomputation, error rates (0, 0): does the attempt's answer equal the recomputed one? */
  recomputationAgrees(attempt: AttemptIndex): boolean {
    return this.#open(attempt) === rightAnswer;
  }

  /**
   * Proof of a result: that of a right one passes, that of a wrong one with the soundness error.
   * @param instance which of several proofs of the same result, from 0
   */
  proofPasses(attempt: AttemptIndex, soundnessError: number, instance: number): boolean {
    if (this.#open(attempt) === rightAnswer) return true;
    const number = instance * drawsAnInstance + this.#attempts.number[attempt]!;
    return this.#proofDraw(this.#attempts.job[attempt]!, number) < soundnessError;
  }

  /**
   * Quote of trusted hardware: a right result has one; a wrong one only from a machine that is broken.
   * @param brokenShare share of machines that are broken
   */
  quoteVerifies(attempt: AttemptIndex, brokenShare: number): boolean {
    return (
      this.#open(attempt) === rightAnswer || this.#truth.trustedHardware[this.#attempts.node[attempt]!]! < brokenShare
    );
  }

  /** Whether the protocol knows the job's answer beforehand, as it made the job to check who does it. */
  isSpotCheck(job: JobIndex): boolean {
    return this.#keys.isSpotCheck(job);
  }

  /** Known answer, error rates (0, 0), of a spot-check: does the attempt's answer equal it? */
  knownAnswer(attempt: AttemptIndex): boolean {
    if (!this.#keys.isSpotCheck(this.#attempts.job[attempt]!)) {
      throw new Error('instrument: expected a job whose answer is known, found one of a client');
    }
    return this.#open(attempt) === rightAnswer;
  }

  #open(attempt: AttemptIndex): number {
    if (this.#jobs.isSealed[this.#attempts.job[attempt]!] === 1) {
      throw new Error('instrument: expected an answer that is revealed, found one that was only committed to');
    }
    return this.#truth.answer(attempt);
  }
}
