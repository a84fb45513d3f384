import { bayesianAverage } from '../trust/bayesian-average.js';

/** A rate by row: the share of what counted for it among all that was counted, older counts weighing less. */
export class FadedRates {
  readonly #sum: Float64Array;
  readonly #count: Float64Array;

  /** @param column gives columns of as many rows as are asked about, all 0 */
  constructor(column: () => Float64Array) {
    this.#sum = column();
    this.#count = column();
  }

  /** Counts so many equal observations, each from 0 to 1. */
  add(row: number, observed: number, times = 1): void {
    this.#sum[row]! += observed * times;
    this.#count[row]! += times;
  }

  /** Keeps that share of what was counted of the first rows, 0 to 1. */
  fade(rows: number, share: number): void {
    for (let row = 0; row < rows; row++) {
      this.#sum[row]! *= share;
      this.#count[row]! *= share;
    }
  }

  forget(row: number): void {
    this.#sum[row] = 0;
    this.#count[row] = 0;
  }

  /** The rate, 0 to 1, as a Bayesian average with a prior that counts like so many observations, 0 or more. */
  rate(row: number, prior: number, priorCount: number): number {
    const count = this.#count[row]!;
    return count > 0 ? bayesianAverage(this.#sum[row]!, count, prior, priorCount) : prior;
  }
}
