import { isWornOut } from '../events.js';
import { type AttemptIndex, NONE, type NodeIndex, nodesMost } from './nodes.js';
import { RowPool } from './row-pool.js';
import { handleBits, SideBySide } from './side-by-side.js';

/** `work` serves the client; `recheck` recomputes another attempt's work for the scheme. */
export const AttemptKind = { work: 0, recheck: 1 } as const;
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
  // an observer's reply reads and writes the first six: one cache line an event
  integers: [
    'generation',
    'job',
    'node',
    'state',
    'signed',
    'refused',
    'number',
    'kind',
    'verdict',
    'nextOfJob',
    'observersAsked',
    'admitsFault',
  ],
  numbers: ['assignedAt', 'deadlineAt', 'observationOpenedAt', 'bond', 'returnedAt'],
} as const;

type Rows = SideBySide<(typeof layout.integers)[number], (typeof layout.numbers)[number]>;

/** Attempts of open jobs as columns; recycled with their job. */
export class Attempts {
  readonly #pool: RowPool;
  readonly #growers: ((rows: number) => void)[] = [];
  #rows: Rows | undefined;
  /** Room for observers in each row. */
  observersPerRow = 0;
  job!: Int32Array;
  node!: Int32Array;
  /** Ordinal within the job, from 0. */
  number!: Int32Array;
  kind!: Int32Array;
  state!: Int32Array;
  generation!: Int32Array;
  /** The network stops waiting at [s]; Infinity without a deadline. */
  deadlineAt!: Float64Array;
  /** [s] */
  assignedAt!: Float64Array;
  /** The orchestrator had the result at [s]; not set without one. */
  returnedAt!: Float64Array;
  /** Evidence kind found by the scheme, or `verdictPending`. */
  verdict!: Int32Array;
  /** Locked by the worker for this attempt [micro-tokens]. */
  bond!: Float64Array;
  nextOfJob!: Int32Array;
  /** 1 if the node said of its own accord that its result is faulty. */
  admitsFault!: Int32Array;
  /** Observers asked, and how those who replied did. */
  observersAsked!: Int32Array;
  signed!: Int32Array;
  refused!: Int32Array;
  observationOpenedAt!: Float64Array;
  /** `observersPerRow` a row: the node, once it signed; else as `refusalOf` or `silenceOf` has it. */
  observer = new Int32Array(0);

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (rows) => this.#layOut(rows));
    this.#layOut(capacity);
  }

  /** Tells now, and whenever there are more, how many rows there are: to those who keep more of each attempt. */
  whenLaidOut(grow: (rows: number) => void): void {
    this.#growers.push(grow);
    grow(this.#pool.capacity);
  }

  /** Makes room for the observers that the verification scheme can come to ask about an attempt; it never shrinks. */
  reserveObservers(most: number): void {
    const [before, asked] = [this.observersPerRow, this.observer];
    if (most <= before) return;
    this.observersPerRow = most;
    this.observer = new Int32Array(this.#pool.capacity * most);
    for (let row = 0; row * before < asked.length; row++) {
      this.observer.set(asked.subarray(row * before, (row + 1) * before), row * most);
    }
  }

  take(): AttemptIndex {
    const attempt = this.#pool.take();
    this.state[attempt] = AttemptState.open;
    this.verdict[attempt] = verdictPending;
    this.admitsFault[attempt] = 0;
    this.bond[attempt] = 0;
    this.observersAsked[attempt] = 0;
    this.signed[attempt] = 0;
    this.refused[attempt] = 0;
    return attempt;
  }

  /** Makes every event on its way to this row stale. */
  outdate(attempt: AttemptIndex): void {
    this.generation[attempt]!++;
  }

  recycle(attempt: AttemptIndex): void {
    this.outdate(attempt);
    this.#pool.giveBack(attempt, isWornOut(this.generation[attempt]!));
  }

  /** Where the attempt's observers begin in `observer`. */
  firstObserver(attempt: AttemptIndex): number {
    return (attempt >>> handleBits) * this.observersPerRow;
  }

  /** Who replied in that place; NONE where nobody did, or was asked. */
  observerOf(attempt: AttemptIndex, ordinal: number): NodeIndex {
    if (ordinal >= this.observersAsked[attempt]!) return NONE;
    const observer = this.observer[this.firstObserver(attempt) + ordinal]!;
    if (observer >= 0) return observer;
    return observer < leastRefusal ? NONE : refusalOf(observer);
  }

  /** Who was asked in that place, which is one of the first `observersAsked`. */
  askedOf(attempt: AttemptIndex, ordinal: number): NodeIndex {
    const observer = this.observer[this.firstObserver(attempt) + ordinal]!;
    return observer < leastRefusal ? silenceOf(observer) : this.observerOf(attempt, ordinal);
  }

  /** True if that observer replied and refused to sign. */
  hasRefused(attempt: AttemptIndex, ordinal: number): boolean {
    const observer = this.observer[this.firstObserver(attempt) + ordinal]!;
    return observer < NONE && observer >= leastRefusal;
  }

  #layOut(rows: number): void {
    this.#rows = new SideBySide(layout, rows, this.#rows);
    this.generation = this.#rows.integer('generation');
    this.job = this.#rows.integer('job');
    this.node = this.#rows.integer('node');
    this.state = this.#rows.integer('state');
    this.signed = this.#rows.integer('signed');
    this.refused = this.#rows.integer('refused');
    this.number = this.#rows.integer('number');
    this.kind = this.#rows.integer('kind');
    this.verdict = this.#rows.integer('verdict');
    this.nextOfJob = this.#rows.integer('nextOfJob');
    this.observersAsked = this.#rows.integer('observersAsked');
    this.admitsFault = this.#rows.integer('admitsFault');
    this.assignedAt = this.#rows.number('assignedAt');
    this.deadlineAt = this.#rows.number('deadlineAt');
    this.observationOpenedAt = this.#rows.number('observationOpenedAt');
    this.bond = this.#rows.number('bond');
    this.returnedAt = this.#rows.number('returnedAt');
    this.#growObservers(rows);
    for (const grow of this.#growers) grow(rows);
  }

  #growObservers(rows: number): void {
    const observer = new Int32Array(rows * this.observersPerRow);
    observer.set(this.observer);
    this.observer = observer;
  }
}

/** A node as one that refused to sign, and back. */
export function refusalOf(observer: number): number {
  return -2 - observer;
}

const leastRefusal = refusalOf(nodesMost - 1);

/** A node as one that was asked and hasn't replied, and back: below all that refused. */
export function silenceOf(observer: number): number {
  return leastRefusal - 1 - observer;
}

/** What a finding is about: the attempt itself, or for a recomputation the client's attempt that it checks. */
export function checkedAttempt(attempts: Attempts, attempt: AttemptIndex): AttemptIndex {
  let checked = attempt;
  // the job's list goes from the latest back: what is checked came before
  while (attempts.kind[checked] === AttemptKind.recheck) checked = attempts.nextOfJob[checked]!;
  return checked;
}
