import { grown, RowPool } from './columns.js';
import { generationMask } from './events.js';
import { type AttemptIndex, NONE, type NodeIndex } from './nodes.js';

/** `work` serves the client; `recheck` recomputes another attempt's work for the scheme. */
export const AttemptKind = { work: 0, recheck: 1 } as const;
export type AttemptKind = (typeof AttemptKind)[keyof typeof AttemptKind];

/** How far an attempt is, as the handlers see it. */
export const AttemptState = {
  /** The request is on its way, or was never acknowledged. */
  requested: 0,
  /** Waiting for one of the machine's slots. */
  queued: 1,
  running: 2,
  /** Halted by an outage, to go on after it. */
  paused: 3,
  /** Result or refusal on its way back. */
  returning: 4,
  /** The orchestrator has the result; observers may be looking. */
  returned: 5,
  /** Ended without a result. */
  failed: 6,
} as const;
export type AttemptState = (typeof AttemptState)[keyof typeof AttemptState];

/** The verdict isn't in yet. */
export const verdictPending = 255;

/** Attempts of open jobs as columns; recycled with their job. */
export class Attempts {
  readonly #pool: RowPool;
  /** Room for observers in each row. */
  observersMax = 0;
  job: Int32Array;
  node: Int32Array;
  /** Ordinal within the job, from 0. */
  number: Uint16Array;
  kind: Uint8Array;
  state: Uint8Array;
  generation: Uint32Array;
  /** The network stops waiting at [s]; Infinity without a deadline. */
  deadlineAt: Float64Array;
  /** [s] */
  assignedAt: Float64Array;
  /** The acknowledgement reached the orchestrator at [s]; NaN before. */
  acknowledgedAt: Float64Array;
  /** The result reached the orchestrator at [s]; NaN before. */
  returnedAt: Float64Array;
  /** Evidence kind found by the scheme, or `verdictPending`. */
  verdict: Uint8Array;
  /** Locked by the worker for this attempt [micro-tokens]. */
  bond: Float64Array;
  nextOfJob: Int32Array;
  /** Machine time needed [s], and when it is done [s]: known to the machine alone. */
  serviceSeconds: Float64Array;
  finishAt: Float64Array;
  /** Links of the machine's list of queued or of running attempts. */
  nextOnMachine: Int32Array;
  previousOnMachine: Int32Array;
  /** Observers asked, replies due, and how they were signed. */
  observersAsked: Uint8Array;
  observersDue: Uint8Array;
  signed: Uint8Array;
  refused: Uint8Array;
  observationOpenedAt: Float64Array;
  /** `observersMax` a row; NONE where the observer did not reply. */
  observer: Int32Array;

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (size) => this.#grow(size));
    this.job = new Int32Array(capacity);
    this.node = new Int32Array(capacity);
    this.number = new Uint16Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.state = new Uint8Array(capacity);
    this.generation = new Uint32Array(capacity);
    this.deadlineAt = new Float64Array(capacity);
    this.assignedAt = new Float64Array(capacity);
    this.acknowledgedAt = new Float64Array(capacity);
    this.returnedAt = new Float64Array(capacity);
    this.verdict = new Uint8Array(capacity);
    this.bond = new Float64Array(capacity);
    this.nextOfJob = new Int32Array(capacity);
    this.serviceSeconds = new Float64Array(capacity);
    this.finishAt = new Float64Array(capacity);
    this.nextOnMachine = new Int32Array(capacity);
    this.previousOnMachine = new Int32Array(capacity);
    this.observersAsked = new Uint8Array(capacity);
    this.observersDue = new Uint8Array(capacity);
    this.signed = new Uint8Array(capacity);
    this.refused = new Uint8Array(capacity);
    this.observationOpenedAt = new Float64Array(capacity);
    this.observer = new Int32Array(0);
  }

  /** Makes room for the observers of the verification scheme; called once, before the first attempt. */
  reserveObservers(most: number): void {
    this.observersMax = most;
    this.observer = new Int32Array(this.capacity * most);
  }

  get capacity(): number {
    return this.#pool.capacity;
  }

  take(): AttemptIndex {
    const attempt = this.#pool.take();
    this.state[attempt] = AttemptState.requested;
    this.acknowledgedAt[attempt] = Number.NaN;
    this.returnedAt[attempt] = Number.NaN;
    this.verdict[attempt] = verdictPending;
    this.bond[attempt] = 0;
    this.observersAsked[attempt] = 0;
    this.observersDue[attempt] = 0;
    this.signed[attempt] = 0;
    this.refused[attempt] = 0;
    return attempt;
  }

  /** Makes every event on its way to this row stale. */
  outdate(attempt: AttemptIndex): void {
    this.generation[attempt] = (this.generation[attempt]! + 1) & generationMask;
  }

  recycle(attempt: AttemptIndex): void {
    this.outdate(attempt);
    this.#pool.giveBack(attempt);
  }

  observerOf(attempt: AttemptIndex, ordinal: number): NodeIndex {
    return ordinal < this.observersAsked[attempt]! ? this.observer[attempt * this.observersMax + ordinal]! : NONE;
  }

  #grow(capacity: number): void {
    this.job = grown(this.job, capacity);
    this.node = grown(this.node, capacity);
    this.number = grown(this.number, capacity);
    this.kind = grown(this.kind, capacity);
    this.state = grown(this.state, capacity);
    this.generation = grown(this.generation, capacity);
    this.deadlineAt = grown(this.deadlineAt, capacity);
    this.assignedAt = grown(this.assignedAt, capacity);
    this.acknowledgedAt = grown(this.acknowledgedAt, capacity);
    this.returnedAt = grown(this.returnedAt, capacity);
    this.verdict = grown(this.verdict, capacity);
    this.bond = grown(this.bond, capacity);
    this.nextOfJob = grown(this.nextOfJob, capacity);
    this.serviceSeconds = grown(this.serviceSeconds, capacity);
    this.finishAt = grown(this.finishAt, capacity);
    this.nextOnMachine = grown(this.nextOnMachine, capacity);
    this.previousOnMachine = grown(this.previousOnMachine, capacity);
    this.observersAsked = grown(this.observersAsked, capacity);
    this.observersDue = grown(this.observersDue, capacity);
    this.signed = grown(this.signed, capacity);
    this.refused = grown(this.refused, capacity);
    this.observationOpenedAt = grown(this.observationOpenedAt, capacity);
    this.observer = grown(this.observer, capacity * this.observersMax);
  }
}
