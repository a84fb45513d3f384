import { isWornOut } from '../events.js';
import { type JobIndex, NONE, type NodeIndex } from './nodes.js';
import { RowPool } from './rows/row-pool.js';
import { handleStep, SideBySide } from './rows/side-by-side.js';

/** How a job ended, or that it hasn't. */
export const JobOutcome = { open: 0, completed: 1, rejected: 2, timedOut: 3, unserved: 4, unfunded: 5 } as const;
export type JobOutcome = (typeof JobOutcome)[keyof typeof JobOutcome];

const layout = {
  // eight of each kind: a ninth would lie by itself
  bytes: ['jobClass', 'lane', 'region', 'outcome', 'stage', 'recheckWanted', 'isWaiting', 'isSealed'],
  integers: [
    'workload',
    'generation',
    'attemptsMade',
    'lastAttempt',
    'attemptsOpen',
    'attemptsWanted',
    'rulesVersion',
    'watch',
  ],
  numbers: ['number', 'submittedAt', 'work', 'fee', 'waitsUntil', 'assignedAt', 'deliveredAt', 'price'],
} as const;

type Rows = SideBySide<
  (typeof layout.integers)[number],
  (typeof layout.numbers)[number],
  (typeof layout.bytes)[number]
>;

/** Open jobs as columns; a row is recycled when its job is final. */
export class Jobs {
  readonly #pool: RowPool;
  readonly #growers: ((rows: number) => void)[] = [];
  #rows: Rows | undefined;
  readonly #revealedAt = new Map<JobIndex, number>();
  /** Where a scheme that isn't the first of a list seals answers: the attempts before that, which came open. */
  readonly #openBefore = new Map<JobIndex, number>();
  readonly #directedTo = new Map<JobIndex, NodeIndex>();
  workload!: Int32Array;
  /** What it is called: which of its workload's jobs it is, in the order of coming, from 0. */
  number!: Float64Array;
  /** Counted up when the row is recycled, so that a late event finds out. */
  generation!: Int32Array;
  jobClass!: Uint8Array;
  /** What it asks of a node: class, minimum score and tier. */
  lane!: Uint8Array;
  /** Region of the client and of the orchestrator that serves it. */
  region!: Uint8Array;
  /** [s] */
  submittedAt!: Float64Array;
  /** Declared work [s on the reference card]. */
  work!: Float64Array;
  /** [micro-tokens], in escrow. */
  fee!: Float64Array;
  /** What it costs at the node that got it, at most the fee [micro-tokens]; the rest is refunded. */
  price!: Float64Array;
  /** A waiting job gives up at [s]; Infinity never. */
  waitsUntil!: Float64Array;
  /** Attempts of any kind so far, the numbers of their draws. */
  attemptsMade!: Int32Array;
  attemptsOpen!: Int32Array;
  /** Head of the list of attempts through `attempts.nextOfJob`, the latest first. */
  lastAttempt!: Int32Array;
  /** First assigned at [s]; NaN before. */
  assignedAt!: Float64Array;
  /** The result that counts was in at [s], of replicas the last that agreed; NaN before the verdict and without any. */
  deliveredAt!: Float64Array;
  outcome!: Uint8Array;
  /** Place in a list of schemes of the one at work on it, from 0; 0 without a list. */
  stage!: Uint8Array;
  /** Attempts still to be assigned; more than one only where a scheme replicates. */
  attemptsWanted!: Int32Array;
  /** 1 if those wanted are recomputations. */
  recheckWanted!: Uint8Array;
  isWaiting!: Uint8Array;
  /** 1 while nodes commit to its answers; those of a list's earlier schemes can have come open before (`hides`). */
  isSealed!: Uint8Array;
  /** Row of those who look at its accepted result, NONE without any. */
  watch!: Int32Array;
  /** The version of the protocol's settings that was in force when it was submitted, from 0. */
  rulesVersion!: Int32Array;

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (rows) => this.#layOut(rows));
    this.#layOut(capacity);
  }

  /** Tells now, and whenever there are more, how many rows there are: to those who keep more of each job. */
  whenLaidOut(grow: (rows: number) => void): void {
    this.#growers.push(grow);
    grow(this.#pool.capacity);
  }

  /** Jobs that wait for a node now. */
  waiting = 0;

  /** The version that binds jobs submitted from now on. */
  rulesInForce = 0;

  /** Jobs submitted and not final. */
  get open(): number {
    return this.#pool.open;
  }

  /** Visits the jobs that are submitted and not final. */
  eachOpen(visit: (job: JobIndex) => void): void {
    for (let job = 0; job < this.#pool.end; job += handleStep) {
      if (this.outcome[job] === JobOutcome.open) visit(job);
    }
  }

  /** Nodes commit to answers from now on; those that are there stay open. */
  seal(job: JobIndex): void {
    this.isSealed[job] = 1;
    if (this.attemptsMade[job]! > 0) this.#openBefore.set(job, this.attemptsMade[job]!);
  }

  /** True if the answer of its attempt with this number is, or would be, committed to and not revealed. */
  hides(job: JobIndex, number: number): boolean {
    return this.isSealed[job] === 1 && number >= this.#opened(job);
  }

  /** True once an attempt was made whose answer is hidden. */
  hidesSome(job: JobIndex): boolean {
    return this.hides(job, this.attemptsMade[job]! - 1);
  }

  #opened(job: JobIndex): number {
    return this.#openBefore.size === 0 ? 0 : (this.#openBefore.get(job) ?? 0);
  }

  /** Its answers came open now [s], for those whose answers were sealed. */
  reveal(job: JobIndex, now: number): void {
    this.unseal(job);
    this.#revealedAt.set(job, now);
  }

  /** Answers come open from now on, where none is hidden. */
  unseal(job: JobIndex): void {
    this.isSealed[job] = 0;
    if (this.#openBefore.size > 0) this.#openBefore.delete(job);
  }

  /** When its answers came open [s]; −Infinity where they weren't sealed. */
  revealedAt(job: JobIndex): number {
    return this.#revealedAt.size === 0
      ? Number.NEGATIVE_INFINITY
      : (this.#revealedAt.get(job) ?? Number.NEGATIVE_INFINITY);
  }

  /** Node that its first attempt is for, by request; NONE for whoever the policy says. */
  directedTo(job: JobIndex): NodeIndex | typeof NONE {
    return this.#directedTo.size === 0 ? NONE : (this.#directedTo.get(job) ?? NONE);
  }

  direct(job: JobIndex, node: NodeIndex): void {
    this.#directedTo.set(job, node);
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
    this.isSealed[job] = 0;
    this.watch[job] = NONE;
    this.rulesVersion[job] = this.rulesInForce;
    return job;
  }

  recycle(job: JobIndex): void {
    if (this.#revealedAt.size > 0) this.#revealedAt.delete(job);
    if (this.#openBefore.size > 0) this.#openBefore.delete(job);
    if (this.#directedTo.size > 0) this.#directedTo.delete(job);
    this.#pool.giveBack(job, isWornOut(++this.generation[job]!));
  }

  #layOut(rows: number): void {
    this.#rows = new SideBySide(layout, rows, this.#rows);
    this.workload = this.#rows.integer('workload');
    this.generation = this.#rows.integer('generation');
    this.jobClass = this.#rows.byte('jobClass');
    this.lane = this.#rows.byte('lane');
    this.region = this.#rows.byte('region');
    this.attemptsMade = this.#rows.integer('attemptsMade');
    this.attemptsOpen = this.#rows.integer('attemptsOpen');
    this.lastAttempt = this.#rows.integer('lastAttempt');
    this.outcome = this.#rows.byte('outcome');
    this.stage = this.#rows.byte('stage');
    this.attemptsWanted = this.#rows.integer('attemptsWanted');
    this.recheckWanted = this.#rows.byte('recheckWanted');
    this.isWaiting = this.#rows.byte('isWaiting');
    this.isSealed = this.#rows.byte('isSealed');
    this.watch = this.#rows.integer('watch');
    this.rulesVersion = this.#rows.integer('rulesVersion');
    this.number = this.#rows.number('number');
    this.submittedAt = this.#rows.number('submittedAt');
    this.work = this.#rows.number('work');
    this.fee = this.#rows.number('fee');
    this.waitsUntil = this.#rows.number('waitsUntil');
    this.assignedAt = this.#rows.number('assignedAt');
    this.deliveredAt = this.#rows.number('deliveredAt');
    this.price = this.#rows.number('price');
    for (const grow of this.#growers) grow(rows);
  }
}
