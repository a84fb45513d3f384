import type { Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import type { AttemptIndex, JobIndex, NodeIndex } from '../columns/nodes.js';
import { withheldAnswer } from './answers.js';
import type { JobKeys } from './job-keys.js';
import type { Truth } from './truth.js';

/** Draws of an instance of a scheme, one an attempt. */
const drawsAnInstance = 65_536;

/** What benchmarks measure, and what they draw. */
export interface BenchmarkedMachines {
  /** What the node's machine really does when nothing else runs on it, reference card = 1. */
  trueThroughput(node: NodeIndex): number;
  /** What the node declares. */
  declaredThroughput(node: NodeIndex): number;
  /** Uniform in [0, 1), of the node and the number of the benchmark. */
  draw(node: NodeIndex, number: number): number;
}

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
  readonly #machines: BenchmarkedMachines;

  /** @param proofDraw uniform values in [0, 1) that belong to the proofs of a job's results, by number */
  constructor(
    truth: Truth,
    attempts: Attempts,
    jobs: Jobs,
    keys: JobKeys,
    proofDraw: (job: JobIndex, number: number) => number,
    machines: BenchmarkedMachines,
  ) {
    this.#truth = truth;
    this.#attempts = attempts;
    this.#jobs = jobs;
    this.#keys = keys;
    this.#proofDraw = proofDraw;
    this.#machines = machines;
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

  /**
   * What came to be, error rates (0, 0): how far the numeric answer was from it, as a share of it. Whoever asks
   * files it for a time at which everybody knows.
   */
  outcomeDeviation(attempt: AttemptIndex): number {
    return this.#truth.errorOf(this.#attempts.job[attempt]!, this.#open(attempt));
  }

  /**
   * Proof of a result: that of a right one passes, that of a wrong one with the soundness error.
   * @param instance which of several proofs of the same result, from 0
   */
  proofPasses(attempt: AttemptIndex, soundnessError: number, instance: number): boolean {
    this.#open(attempt);
    if (this.#truth.isRight(attempt)) return true;
    const number = instance * drawsAnInstance + this.#attempts.number[attempt]!;
    return this.#proofDraw(this.#attempts.job[attempt]!, number) < soundnessError;
  }

  /**
   * Quote of trusted hardware: a right result has one; a wrong one only from a machine that is broken.
   * @param brokenShare share of machines that are broken
   */
  quoteVerifies(attempt: AttemptIndex, brokenShare: number): boolean {
    this.#open(attempt);
    const { trustedHardware } = this.#truth;
    return this.#truth.isRight(attempt) || trustedHardware[this.#attempts.node[attempt]!]! < brokenShare;
  }

  /**
   * Benchmark of a node: the throughput that it measures, reference card = 1. It is the true one, but of who declares
   * more than that, it is what he declares with the probability that he makes the benchmark pass.
   * @param number which of the node's benchmarks, from 0
   */
  benchmark(node: NodeIndex, number: number, falsePassProbability: number): number {
    const truth = this.#machines.trueThroughput(node);
    const declared = this.#machines.declaredThroughput(node);
    if (declared <= truth) return truth;
    return this.#machines.draw(node, number) < falsePassProbability ? declared : truth;
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
    this.#open(attempt);
    return this.#truth.isRight(attempt);
  }

  #open(attempt: AttemptIndex): number {
    if (this.#jobs.hides(this.#attempts.job[attempt]!, this.#attempts.number[attempt]!)) {
      throw new Error('instrument: expected an answer that is revealed, found one that was only committed to');
    }
    return this.#truth.answer(attempt);
  }
}
