/**
 * Fenwick tree over integer weights: set, total and weighted choice in O(log n).
 *
 * Weights are whole multiples of 2^-20 kept as integers, so sums are exact: a float tree drifts, and a barred row
 * could be drawn. The sum must stay below 2^53 (Fenwick 1994, "A new data structure for cumulative frequency tables").
 */
export class WeightedTree {
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #size: number;
  readonly #highestBit: number;
  #total = 0;

  constructor(size: number) {
    this.#size = size;
    this.#sums = new Float64Array(size + 1);
    this.#weights = new Float64Array(size);
    let bit = 1;
    while (bit * 2 <= size) bit *= 2;
    this.#highestBit = bit;
  }

  get total(): number {
    return this.#total;
  }

  weight(row: number): number {
    return this.#weights[row]!;
  }

  set(row: number, weight: number): void {
    const change = weight - this.#weights[row]!;
    if (change === 0) return;
    this.#weights[row] = weight;
    this.#total += change;
    const sums = this.#sums;
    const size = this.#size;
    for (let index = row + 1; index <= size; index += index & -index) sums[index]! += change;
  }

  /** Sets every weight at once in O(n). */
  fill(weightOf: (row: number) => number): void {
    const sums = this.#sums;
    this.#total = 0;
    sums.fill(0);
    for (let row = 0; row < this.#size; row++) {
      const weight = weightOf(row);
      this.#weights[row] = weight;
      this.#total += weight;
      sums[row + 1]! += weight;
      const parent = row + 1 + ((row + 1) & -(row + 1));
      if (parent <= this.#size) sums[parent]! += sums[row + 1]!;
    }
  }

  /** Sum of the weights of rows below this one, which may be one past the last. */
  sumBefore(row: number): number {
    let sum = 0;
    for (let index = row; index > 0; index -= index & -index) sum += this.#sums[index]!;
    return sum;
  }

  /** The row in which the cumulated weight passes `point`, an integer from 0 to total − 1. */
  find(point: number): number {
    const sums = this.#sums;
    const size = this.#size;
    let index = 0;
    let rest = point;
    for (let bit = this.#highestBit; bit > 0; bit >>= 1) {
      const next = index + bit;
      if (next <= size) {
        const sum = sums[next]!;
        if (sum <= rest) {
          index = next;
          rest -= sum;
        }
      }
    }
    return index;
  }
}

/** Weight units in 1. */
export const weightUnits = 1_048_576;
