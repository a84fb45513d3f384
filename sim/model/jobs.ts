import { grown, RowPool } from './columns.js';
import { generationMask } from './events.js';
import { type JobIndex, NONE } from './nodes.js';

/** How a job ended, or that it hasn't. */
export const JobOutcome = { open: 0, completed: 1, rejected: 2, timedOut: 3, unserved: 4, unfunded: 5 } as const;
export type JobOutcome = (typeof JobOutcome)[keyof typeof JobOutcome];

/** Open jobs as columns; a row is recycled when its job is final. */
export class Jobs {
  readonly #pool: RowPool;
  workload: Uint16Array;
  /** Ordinal within its workload: the key of every draw that belongs to the job. */
  ordinal: Float64Array;
  /** Counted up when the row is recycled, so that a late event finds out. */
  generation: Uint32Array;
  jobClass: Uint8Array;
  /** Region of the client and of the orchestrator that serves it. */
  region: Uint8Array;
  /** [s] */
  submittedAt: Float64Array;
  /** Declared work [s on the reference card]. */
  work: Float64Array;
  /** [micro-tokens], in escrow. */
  fee: Float64Array;
  /** What an undetected wrong result is worth to who returned it [micro-tokens]. */
  valueAtRisk: Float64Array;
  /** Attempts of any kind so far, the numbers of their draws. */
  attemptsMade: Uint16Array;
  attemptsOpen: Uint16Array;
  /** Head of the list of attempts through `attempts.nextOfJob`, the latest first. */
  lastAttempt: Int32Array;
  /** First assigned at [s]; NaN before. */
  assignedAt: Float64Array;
  /** The first result arrived at [s]; NaN before. */
  deliveredAt: Float64Array;
  outcome: Uint8Array;
  /** The verification scheme's own progress with this job. */
  stage: Uint8Array;
  /** Attempts still to be assigned; more than one only where a scheme replicates. */
  attemptsWanted: Uint8Array;
  /** 1 if those wanted are recomputations. */
  recheckWanted: Uint8Array;
  isWaiting: Uint8Array;
  nextWaiting: Int32Array;
  previousWaiting: Int32Array;

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (size) => this.#grow(size));
    this.workload = new Uint16Array(capacity);
    this.ordinal = new Float64Array(capacity);
    this.generation = new Uint32Array(capacity);
    this.jobClass = new Uint8Array(capacity);
    this.region = new Uint8Array(capacity);
    this.submittedAt = new Float64Array(capacity);
    this.work = new Float64Array(capacity);
    this.fee = new Float64Array(capacity);
    this.valueAtRisk = new Float64Array(capacity);
    this.attemptsMade = new Uint16Array(capacity);
    this.attemptsOpen = new Uint16Array(capacity);
    this.lastAttempt = new Int32Array(capacity);
    this.assignedAt = new Float64Array(capacity);
    this.deliveredAt = new Float64Array(capacity);
    this.outcome = new Uint8Array(capacity);
    this.stage = new Uint8Array(capacity);
    this.attemptsWanted = new Uint8Array(capacity);
    this.recheckWanted = new Uint8Array(capacity);
    this.isWaiting = new Uint8Array(capacity);
    this.nextWaiting = new Int32Array(capacity);
    this.previousWaiting = new Int32Array(capacity);
  }

  /** Jobs submitted and not final. */
  get open(): number {
    return this.#pool.open;
  }

  take(): JobIndex {
    const job = this.#pool.take();
    this.attemptsMade[job] = 0;
    this.attemptsOpen[job] = 0;
    this.lastAttempt[job] = NONE;
    this.assignedAt[job] = Number.NaN;
    this.deliveredAt[job] = Number.NaN;
    this.outcome[job] = JobOutcome.open;
    this.stage[job] = 0;
    this.attemptsWanted[job] = 0;
    this.recheckWanted[job] = 0;
    this.isWaiting[job] = 0;
    return job;
  }

  recycle(job: JobIndex): void {
    this.generation[job] = (this.generation[job]! + 1) & generationMask;
    this.#pool.giveBack(job);
  }

  #grow(capacity: number): void {
    this.workload = grown(this.workload, capacity);
    this.ordinal = grown(this.ordinal, capacity);
    this.generation = grown(this.generation, capacity);
    this.jobClass = grown(this.jobClass, capacity);
    this.region = grown(this.region, capacity);
    this.submittedAt = grown(this.submittedAt, capacity);
    this.work = grown(this.work, capacity);
    this.fee = grown(this.fee, capacity);
    this.valueAtRisk = grown(this.valueAtRisk, capacity);
    this.attemptsMade = grown(this.attemptsMade, capacity);
    this.attemptsOpen = grown(this.attemptsOpen, capacity);
    this.lastAttempt = grown(this.lastAttempt, capacity);
    this.assignedAt = grown(this.assignedAt, capacity);
    this.deliveredAt = grown(this.deliveredAt, capacity);
    this.outcome = grown(this.outcome, capacity);
    this.stage = grown(this.stage, capacity);
    this.attemptsWanted = grown(this.attemptsWanted, capacity);
    this.recheckWanted = grown(this.recheckWanted, capacity);
    this.isWaiting = grown(this.isWaiting, capacity);
    this.nextWaiting = grown(this.nextWaiting, capacity);
    this.previousWaiting = grown(this.previousWaiting, capacity);
  }
}
