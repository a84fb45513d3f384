import { exp, normalQuantile } from '../../engine/math.js';
import { sharedError } from '../../kernels/shared-errors.js';
import type { Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import type { AttemptIndex, JobIndex, NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import { agreedLie, bugAnswer, faultAnswer, isBugAnswer, isFaultAnswer, loneLie, rightAnswer } from './answers.js';
import type { JobKeys } from './job-keys.js';
import type { AttemptSecrets } from './secrets.js';

/** What is drawn of a workload's jobs and their attempts, whoever makes these; by the ordinals of both. */
interface Drawn {
  /** What clients with numeric answers ask for; null where answers are exact. */
  readonly values: {
    /** The true value at a time [s]. */
    at(seconds: number): number;
    /** How far an answer may be from the true value and be right, as a share of it. */
    readonly tolerance: number;
  } | null;
  /** Share of the variance of honest errors that all of a job's attempts have in common, 0 to 1. */
  readonly difficulty: number;
  /** Uniform in [0, 1). */
  luck(ordinal: number, attempt: number): number;
  completion(ordinal: number, attempt: number): number;
  /** Standard normal: how hard the job is for everybody, and the errors of its attempts. */
  hardness(ordinal: number): number;
  noise(ordinal: number, attempt: number): number;
  wildness(ordinal: number, attempt: number): number;
}

/** How honest nodes of a cohort err where answers are numeric. */
export interface AnswerModel {
  /** Standard deviation of their answers, as a share of the true value. */
  readonly noise: number;
  /** Probability that an answer has nothing to do with the question. */
  readonly hallucination: number;
  /** Standard deviation of the logarithm of such an answer over the true value. */
  readonly wildness: number;
  /** What their answers move away from the true value for each second since they joined, as a share of it. */
  readonly driftPerSecond: number;
}

interface Columns {
  readonly nodes: Nodes;
  readonly ownership: Ownership;
  readonly attempts: Attempts;
  readonly secrets: AttemptSecrets;
  readonly jobs: Jobs;
  readonly jobKeys: JobKeys;
  readonly workloads: readonly Drawn[];
}

/**
 * What is really so: no mechanism receives this object.
 *
 * Read by strategies, instruments and the recorder; execution only carries it from one to the other. Whether an answer
 * is right is asked here: of exact answers, which are equal or not, and of numeric ones, which are near enough or not.
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
  /** By cohort. */
  readonly answerModels: AnswerModel[] = [];
  readonly #columns: Columns;

  constructor(columns: Columns) {
    const { capacity } = columns.nodes;
    this.quality = new Float64Array(capacity);
    this.completion = new Float64Array(capacity);
    this.trustedHardware = new Float64Array(capacity);
    this.bugs = new Uint8Array(capacity);
    this.#columns = columns;
  }

  /** Whether the job's answers are numbers that can be near one another. */
  isNumeric(job: JobIndex): boolean {
    return this.#drawn(job).values !== null;
  }

  /** Whether the network knows the answer already, as a spot-check: nobody can tell but who recognises such jobs. */
  isSpotCheck(job: JobIndex): boolean {
    return this.#columns.jobKeys.isSpotCheck(job);
  }

  /** The right answer to a numeric job: what it asks for had this value when it was submitted. */
  value(job: JobIndex): number {
    const { values } = this.#drawn(job);
    if (values === null) throw new Error('truth: expected a job with numeric answers, found one with exact ones');
    return values.at(this.#columns.jobs.submittedAt[job]!);
  }

  /** How far an answer to the numeric job may be off, as a share of the true value. */
  tolerance(job: JobIndex): number {
    return this.#drawn(job).values!.tolerance;
  }

  /** What an honest computation of the attempt yields: right, or wrong by chance, or by the bugs of its client. */
  honestAnswer(attempt: AttemptIndex): number {
    const { attempts } = this.#columns;
    const job = attempts.job[attempt]!;
    if (this.#drawn(job).values !== null) return this.#honestValue(attempt, job);
    const bugs = this.bugs[attempts.node[attempt]!]!;
    if (bugs > 0) return bugAnswer(bugs);
    return this.isSound(attempt) ? rightAnswer : faultAnswer(attempts.number[attempt]!);
  }

  /** The answer of somebody who lies alone: numeric ones are what he computed himself, off by this share of it. */
  loneLie(attempt: AttemptIndex, shift: number): number {
    const { attempts } = this.#columns;
    if (this.isNumeric(attempts.job[attempt]!)) return this.honestAnswer(attempt) * (1 + shift);
    return loneLie(attempts.number[attempt]!);
  }

  /** The answer that a group agreed on: a numeric one is off the true value by this share of it. */
  agreedLie(attempt: AttemptIndex, group: number, shift: number): number {
    const job = this.#columns.attempts.job[attempt]!;
    return this.isNumeric(job) ? this.value(job) * (1 + shift) : agreedLie(group);
  }

  /** True if the attempt's hardware makes no fault: a pure function of job, number and node. */
  isSound(attempt: AttemptIndex): boolean {
    return this.#succeeds(attempt, this.quality[this.#columns.attempts.node[attempt]!]!);
  }

  /** True if the answer that was sent is that of a fault of its node's hardware. */
  isFaulty(attempt: AttemptIndex): boolean {
    const { attempts } = this.#columns;
    if (!this.isNumeric(attempts.job[attempt]!)) return isFaultAnswer(this.answer(attempt));
    return this.bugs[attempts.node[attempt]!] === 0 && !this.isSound(attempt);
  }

  /** True if the attempt, once worked on, ends with a result: a pure function of job, number and node. */
  completes(attempt: AttemptIndex): boolean {
    const { attempts, jobKeys } = this.#columns;
    const probability = this.completion[attempts.node[attempt]!]!;
    if (probability === 1) return true;
    const job = attempts.job[attempt]!;
    return this.#drawn(job).completion(jobKeys.ordinal(job), attempts.number[attempt]!) < probability;
  }

  answerSent(attempt: AttemptIndex, answer: number): void {
    const { attempts, secrets } = this.#columns;
    secrets.setAnswer(attempt, answer);
    const job = attempts.job[attempt]!;
    if (!this.isNumeric(job)) return;
    // later its node may compute another one, by wear or a bug that came since
    secrets.setIsLie(attempt, !this.isNear(job, answer) && answer !== this.honestAnswer(attempt));
  }

  /** The answer that was sent; NaN before. */
  answer(attempt: AttemptIndex): number {
    return this.#columns.secrets.answer(attempt);
  }

  /** Whether the answer that was sent is right; false before. */
  isRight(attempt: AttemptIndex): boolean {
    const job = this.#columns.attempts.job[attempt]!;
    return this.isNumeric(job) ? this.isNear(job, this.answer(attempt)) : this.answer(attempt) === rightAnswer;
  }

  /**
   * Whether the answer that was sent is wrong on purpose: neither right nor what its node computed, by a fault or bug.
   */
  isLie(attempt: AttemptIndex): boolean {
    const { attempts, secrets } = this.#columns;
    if (this.isNumeric(attempts.job[attempt]!)) return secrets.isLie(attempt);
    const answer = this.answer(attempt);
    return answer !== rightAnswer && answer !== faultAnswer(attempts.number[attempt]!) && !isBugAnswer(answer);
  }

  /** Whether a value is right for the numeric job: within its tolerance. */
  isNear(job: JobIndex, value: number): boolean {
    return this.errorOf(job, value) <= this.tolerance(job);
  }

  /** How far a value is from the true one of the numeric job, as a share of that. */
  errorOf(job: JobIndex, value: number): number {
    const truth = this.value(job);
    return Math.abs(value - truth) / truth;
  }

  /** A numeric answer of an honest node: noise and drift, or far off. */
  #honestValue(attempt: AttemptIndex, job: JobIndex): number {
    const { attempts, jobKeys } = this.#columns;
    const node = attempts.node[attempt]!;
    const value = this.value(job);
    // clients with the same bugs agree on the same wrong answer
    if (this.bugs[node]! > 0) return value * (1 + this.bugs[node]!);
    const { noise, hallucination, wildness, driftPerSecond } = this.#modelOf(node);
    const drawn = this.#drawn(job);
    const ordinal = jobKeys.ordinal(job);
    const number = attempts.number[attempt]!;
    if (!this.#succeeds(attempt, this.quality[node]! * (1 - hallucination))) {
      return value * exp(wildness * drawn.wildness(ordinal, number));
    }
    const error = this.#error(drawn, ordinal, drawn.noise(ordinal, number));
    return value * (1 + noise * error + driftPerSecond * this.#secondsSinceJoining(node, job));
  }

  /** Whether an honest computation comes off that does so with this probability. */
  #succeeds(attempt: AttemptIndex, probability: number): boolean {
    const { attempts, jobKeys } = this.#columns;
    const job = attempts.job[attempt]!;
    const drawn = this.#drawn(job);
    const ordinal = jobKeys.ordinal(job);
    const luck = drawn.luck(ordinal, attempts.number[attempt]!);
    if (drawn.difficulty === 0) return luck < probability;
    // quantiles of draws are cut: certainty is certain
    if (probability === 0 || probability === 1) return probability === 1;
    return this.#error(drawn, ordinal, normalQuantile(luck)) < normalQuantile(probability);
  }

  #error(drawn: Drawn, ordinal: number, own: number): number {
    return drawn.difficulty === 0 ? own : sharedError(drawn.difficulty, drawn.hardness(ordinal), own);
  }

  #secondsSinceJoining(node: NodeIndex, job: JobIndex): number {
    const { jobs, nodes } = this.#columns;
    return Math.max(0, jobs.submittedAt[job]! - nodes.joinedAt[node]!);
  }

  #drawn(job: JobIndex): Drawn {
    const { jobs, workloads } = this.#columns;
    return workloads[jobs.workload[job]!]!;
  }

  #modelOf(node: NodeIndex): AnswerModel {
    return this.answerModels[this.#columns.ownership.cohort[node]!]!;
  }
}
