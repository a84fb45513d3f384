import { RollingWindow } from './rolling-window.js';
import { fadedShare } from './success-counts.js';

/**
 * The latest values of each row, of which each counts 2^(−age/halfLife) times: means of them, and what they weigh.
 *
 * Values and times are kept as float32, and sums are of what is kept, so that what falls out is taken off as it went
 * in.
 */
export class DecayedWindow {
  /** Each with its time as its mark. */
  readonly #values: RollingWindow;
  /** By row: the weights of its values, and these times the values, as of `#asOf`. */
  readonly #weights: Float64Array;
  readonly #sums: Float64Array;
  readonly #asOf: Float64Array;
  #halfLife: number;

  /** @param halfLife [s], above 0; Infinity for no decay */
  constructor(rows: number, halfLife: number) {
    this.#values = new RollingWindow(rows, 'floats');
    this.#weights = new Float64Array(rows);
    this.#sums = new Float64Array(rows);
    this.#asOf = new Float64Array(rows);
    this.#halfLife = halfLife;
  }

  /** Values that the row holds. */
  count(row: number): number {
    return this.#values.count(row);
  }

  /** What the row's values weigh at that time [s], at most as much as there are; 0 without any. */
  weight(row: number, now: number): number {
    if (this.count(row) === 0) return 0;
    // as the times of values are kept: nothing fades within the moment of the latest
    return this.#weights[row]! * fadedShare(Math.max(0, Math.fround(now) - this.#asOf[row]!), this.#halfLife);
  }

  /** The weighted mean of the row's values; NaN without any that weighs something. */
  mean(row: number): number {
    return this.#weights[row]! > 0 ? this.#sums[row]! / this.#weights[row]! : Number.NaN;
  }

  /**
   * Adds a value, and drops the oldest ones above the most that are kept.
   * @param now [s], never before that of an earlier call
   */
  add(row: number, value: number, now: number, most: number): void {
    const kept = Math.fround(value);
    const at = Math.fround(now);
    while (this.count(row) >= most) this.#drop(row);
    this.#age(row, at);
    this.#values.push(row, kept, at);
    this.#weights[row]! += 1;
    this.#sums[row]! += kept;
  }

  /** The latest value of the row; there must be one. */
  latest(row: number): number {
    return this.#values.latest(row);
  }

  /** Puts another in place of the row's latest value, of the same time; there must be one. */
  replaceLatest(row: number, value: number): void {
    const kept = Math.fround(value);
    const weight = fadedShare(this.#asOf[row]! - this.#values.latestMark(row), this.#halfLife);
    this.#sums[row]! += weight * (kept - this.#values.latest(row));
    this.#values.replaceLatest(row, kept);
  }

  clear(row: number): void {
    this.#values.clear(row);
    this.#weights[row] = 0;
    this.#sums[row] = 0;
  }

  /** Takes another half-life [s] from now on, and weighs all values anew by it. */
  decayBy(halfLife: number): void {
    if (halfLife === this.#halfLife) return;
    this.#halfLife = halfLife;
    for (let row = 0; row < this.#asOf.length; row++) this.#weigh(row);
  }

  #age(row: number, at: number): void {
    const age = Math.max(0, at - this.#asOf[row]!);
    this.#asOf[row] = at;
    if (age === 0) return;
    const share = fadedShare(age, this.#halfLife);
    this.#weights[row]! *= share;
    this.#sums[row]! *= share;
  }

  #drop(row: number): void {
    const weight = fadedShare(this.#asOf[row]! - this.#values.oldestMark(row), this.#halfLife);
    this.#weights[row]! -= weight;
    this.#sums[row]! -= weight * this.#values.oldest(row);
    this.#values.shift(row);
    // what rounding leaves of nothing
    if (this.count(row) === 0) this.clear(row);
  }

  #weigh(row: number): void {
    this.#weights[row] = 0;
    this.#sums[row] = 0;
    this.#values.visit(row, (value, at) => {
      const weight = fadedShare(this.#asOf[row]! - at, this.#halfLife);
      this.#weights[row]! += weight;
      this.#sums[row]! += weight * value;
    });
  }
}
