import { type JobIndex, NONE, type WatchIndex } from './nodes.js';
import { RowPool } from './rows/row-pool.js';
import { SideBySide } from './rows/side-by-side.js';

const layout = {
  integers: ['job', 'checksOpen', 'challenger', 'challengers', 'round'],
  numbers: ['closesAt'],
} as const;

type Rows = SideBySide<(typeof layout.integers)[number], (typeof layout.numbers)[number]>;

/** Jobs whose accepted result somebody looks at within its challenge window, as columns: nobody else keeps a row. */
export class Watches {
  readonly #pool: RowPool;
  #rows: Rows | undefined;
  job!: Int32Array;
  /** Checks under way. */
  checksOpen!: Int32Array;
  /** The check whose challenge is argued about, the first that was made; NONE before. */
  challenger!: Int32Array;
  /** Checks that have challenged. */
  challengers!: Int32Array;
  /** Round of the dispute, from 1; 0 before. */
  round!: Int32Array;
  /** The window ends at [s]. */
  closesAt!: Float64Array;

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (rows) => this.#layOut(rows));
    this.#layOut(capacity);
  }

  /** Jobs that are watched now. */
  get open(): number {
    return this.#pool.open;
  }

  take(job: JobIndex, closesAt: number): WatchIndex {
    const watch = this.#pool.take();
    this.job[watch] = job;
    this.closesAt[watch] = closesAt;
    this.checksOpen[watch] = 0;
    this.challenger[watch] = NONE;
    this.challengers[watch] = 0;
    this.round[watch] = 0;
    return watch;
  }

  /** True while a challenge is argued about. */
  isDisputed(watch: WatchIndex): boolean {
    return this.round[watch]! > 0;
  }

  recycle(watch: WatchIndex): void {
    // events are made for the job, whose row tells late ones
    this.#pool.giveBack(watch, false);
  }

  #layOut(rows: number): void {
    this.#rows = new SideBySide(layout, rows, this.#rows);
    this.job = this.#rows.integer('job');
    this.checksOpen = this.#rows.integer('checksOpen');
    this.challenger = this.#rows.integer('challenger');
    this.challengers = this.#rows.integer('challengers');
    this.round = this.#rows.integer('round');
    this.closesAt = this.#rows.number('closesAt');
  }
}
