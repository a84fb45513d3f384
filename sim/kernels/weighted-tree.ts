/**
 * Complete binary tree of sums over weights: set, total and weighted choice in O(log n).
 *
 * Each inner sum is added up anew from its two parts, so nothing drifts whatever came and went: a row of weight 0 is
 * never found, and a total is off by no more than its additions round (Wong and Easton, An efficient method for
 * weighted sampling without replacement, SIAM Journal on Computing 9 (1980), 111-113). Sums of whole numbers below 2^53
 * are exact.
 */
export class WeightedTree {
  /** Row r is place `#leaves` + r; places 2p and 2p + 1 are the parts of place p; place 1 is the total. */
  readonly #sums: Float64Array;
  readonly #leaves: number;

  constructor(size: number) {
    let leaves = 1;
    while (leaves < size) leaves *= 2;
    this.#leaves = leaves;
    this.#sums = new Float64Array(2 * leaves);
  }

  get total(): number {
    return this.#sums[1]!;
  }

  weight(row: number): number {
    return this.#sums[this.#leaves + row]!;
  }

  /** @param weight 0 or more; all together at most the largest number */
  set(row: number, weight: number): void {
    const sums = this.#sums;
    let place = this.#leaves + row;
    if (sums[place] === weight) return;
    sums[place] = weight;
    while (place > 1) {
      place >>= 1;
      sums[place] = sums[2 * place]! + sums[2 * place + 1]!;
    }
  }

  /** Sum of the weights of rows below this one, which may be one past the last. */
  sumBefore(row: number): number {
    if (row === this.#leaves) return this.total;
    let sum = 0;
    for (let place = this.#leaves + row; place > 1; place >>= 1) {
      if ((place & 1) === 1) sum += this.#sums[place - 1]!;
    }
    return sum;
  }

  /** The row in which the cumulated weight passes `point`, from 0 to below the total, which must be above 0. */
  find(point: number): number {
    const sums = this.#sums;
    const leaves = this.#leaves;
    let place = 1;
    let rest = point;
    while (place < leaves) {
      place *= 2;
      const left = sums[place]!;
      // rounding can leave a point past the last weight: it belongs to that one
      if (rest >= left && sums[place + 1]! > 0) {
        rest -= left;
        place++;
      }
    }
    return place - leaves;
  }
}
