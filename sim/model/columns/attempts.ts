import { isWornOut } from '../events.js';
import { type AttemptIndex, NONE } from './nodes.js';
import { RowPool } from './rows/row-pool.js';
import { handleBits, SideBySide } from './rows/side-by-side.js';

/**
 * `work` serves the client; `recheck` recomputes another attempt's work for the scheme; `check` looks at an accepted
 * result within its challenge window, at the checker's own cost.
 */
export const AttemptKind = { work: 0, recheck: 1, check: 2 } as const;
export type AttemptKind = (typeof AttemptKind)[keyof typeof AttemptKind];

/** How far an attempt is, as the network sees it. */
export const AttemptState = {
  /** Assigned, and nothing was heard of it: how far it is at its machine nobody else sees. */
  open: 0,
  /** The orchestrator has the result; observers may be looking. */
  returned: 1,
  /** Ended without a result. */
  failed: 2,
} as const;
export type AttemptState = (typeof AttemptState)[keyof typeof AttemptState];

/** The verdict isn't in yet. */
export const verdictPending = 255;

const layout = {
  bytes: ['state', 'kind', 'verdict', 'admitsFault', 'isSettled'],
  integers: ['generation', 'job', 'node', 'number', 'nextOfJob', 'lastPanel'],
  numbers: ['assignedAt', 'deadlineAt', 'bond', 'returnedAt'],
} as const;

type Rows = SideBySide<
  (typeof layout.integers)[number],
  (typeof layout.numbers)[number],
  (typeof layout.bytes)[number]
>;

/** Attempts of open jobs as columns; recycled with their job. */
export class Attempts {
  readonly #pool: RowPool;
  readonly #growers: ((rows: number) => void)[] = [];
  #rows: Rows | undefined;
  job!: Int32Array;
  node!: Int32Array;
  /** Ordinal within the job, from 0. */
  number!: Int32Array;
  kind!: Uint8Array;
  state!: Uint8Array;
  generation!: Int32Array;
  /** The network stops waiting at [s]; Infinity without a deadline. */
  deadlineAt!: Float64Array;
  /** [s] */
  assignedAt!: Float64Array;
  /** The orchestrator had the result, or the commitment to it, at [s]; not set without one. */
  returnedAt!: Float64Array;
  /** Evidence kind found by the scheme, or `verdictPending`. */
  verdict!: Uint8Array;
  /** Locked by the worker for this attempt [micro-tokens]. */
  bond!: Float64Array;
  nextOfJob!: Int32Array;
  /** 1 if the node said of its own accord that its result is faulty. */
  admitsFault!: Uint8Array;
  /** 1 once its finding was presented and its bond returned: while its result can be challenged it is 0. */
  isSettled!: Uint8Array;
  /** Head of the list of panels on it through `panels.nextOfAttempt`, the latest first; NONE without any. */
  lastPanel!: Int32Array;
  /** By row: the confidence that was published with its answer; null until the first is, as few networks have any. */
  #confidences: Float64Array | null = null;

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (rows) => this.#layOut(rows));
    this.#layOut(capacity);
  }

  /** Tells now, and whenever there are more, how many rows there are: to those who keep more of each attempt. */
  whenLaidOut(grow: (rows: number) => void): void {
    this.#growers.push(grow);
    grow(this.#pool.capacity);
  }

  take(): AttemptIndex {
    const attempt = this.#pool.take();
    this.state[attempt] = AttemptState.open;
    this.verdict[attempt] = verdictPending;
    this.admitsFault[attempt] = 0;
    this.bond[attempt] = 0;
    this.lastPanel[attempt] = NONE;
    this.isSettled[attempt] = 0;
    if (this.#confidences !== null) this.#confidences[attempt >>> handleBits] = Number.NaN;
    return attempt;
  }

  /**
   * How likely the node said, along with its answer, that this is right, 0 to 1: public once the answer is revealed;
   * NaN before, and where it said nothing.
   */
  confidence(attempt: AttemptIndex): number {
    return this.#confidences === null ? Number.NaN : this.#confidences[attempt >>> handleBits]!;
  }

  publishConfidence(attempt: AttemptIndex, confidence: number): void {
    this.#confidences ??= new Float64Array(this.#pool.capacity).fill(Number.NaN);
    this.#confidences[attempt >>> handleBits] = confidence;
  }

  /** Makes every event on its way to this row stale. */
  outdate(attempt: AttemptIndex): void {
    this.generation[attempt]!++;
  }

  recycle(attempt: AttemptIndex): void {
    this.outdate(attempt);
    this.#pool.giveBack(attempt, isWornOut(this.generation[attempt]!));
  }

  #layOut(rows: number): void {
    this.#rows = new SideBySide(layout, rows, this.#rows);
    this.generation = this.#rows.integer('generation');
    this.job = this.#rows.integer('job');
    this.node = this.#rows.integer('node');
    this.state = this.#rows.byte('state');
    this.number = this.#rows.integer('number');
    this.kind = this.#rows.byte('kind');
    this.verdict = this.#rows.byte('verdict');
    this.nextOfJob = this.#rows.integer('nextOfJob');
    this.lastPanel = this.#rows.integer('lastPanel');
    this.isSettled = this.#rows.byte('isSettled');
    this.admitsFault = this.#rows.byte('admitsFault');
    this.assignedAt = this.#rows.number('assignedAt');
    this.deadlineAt = this.#rows.number('deadlineAt');
    this.bond = this.#rows.number('bond');
    this.returnedAt = this.#rows.number('returnedAt');
    if (this.#confidences !== null) {
      const confidences = new Float64Array(rows).fill(Number.NaN);
      confidences.set(this.#confidences);
      this.#confidences = confidences;
    }
    for (const grow of this.#growers) grow(rows);
  }
}

/** What a finding is about: the attempt itself, or for a recomputation the client's attempt that it checks. */
export function checkedAttempt(attempts: Attempts, attempt: AttemptIndex): AttemptIndex {
  let checked = attempt;
  // the job's list goes from the latest back: what is checked came before
  while (attempts.kind[checked] === AttemptKind.recheck) checked = attempts.nextOfJob[checked]!;
  return checked;
}
