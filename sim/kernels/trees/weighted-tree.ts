import { bufferOfLines, firstLine, lineBytes } from '../cache-lines.js';

/** Parts of a block, each a row or another block. */
const blockRows = 4;
/** The sum of all lies in a place that the first block has left. */
const totalPlace = 6;

/**
 * Complete binary tree of sums over weights: set, total and weighted choice in O(log n).
 *
 * Each inner sum is added up anew from its two parts, so nothing drifts whatever came and went: a row of weight 0 is
 * never found, and a total is off by no more than its additions round (Wong and Easton, An efficient method for
 * weighted sampling without replacement, SIAM Journal on Computing 9 (1980), 111-113). Sums of whole numbers below 2^53
 * are exact.
 */
export class WeightedTree {
  /**
   * Blocks of eight numbers, which are a cache line: the weights of four parts, and before them those of each two. The
   * sum of a block is a part of the block above; those below it are the four that follow `4 × block`.
   */
  readonly #sums: Float64Array;
  /** The first of the blocks whose parts are rows. */
  readonly #firstOfRows: number;

  /** @param size rows, 1 or more */
  constructor(size: number) {
    let first = 0;
    for (let rows = blockRows; rows < size; rows *= blockRows) first = blockRows * first + 1;
    this.#firstOfRows = first;
    const blocks = blockRows * first + 1;
    this.#sums = new Float64Array(bufferOfLines(blocks * lineBytes), firstLine);
  }

  /** The sum of all weights. */
  get total(): number {
    return this.#sums[totalPlace]!;
  }

  weight(row: number): number {
    return this.#sums[8 * (this.#firstOfRows + (row >> 2)) + 2 + (row & 3)]!;
  }

  /** @param weight 0 or more; all together at most the largest number */
  set(row: number, weight: number): void {
    const sums = this.#sums;
    let block = this.#firstOfRows + (row >> 2);
    let part = row & 3;
    if (sums[8 * block + 2 + part] === weight) return;
    for (let sum = weight; ; ) {
      const first = 8 * block;
      const half = part >> 1;
      sums[first + 2 + part] = sum;
      // what was just stored isn't read again, which would be waited for
      sum += sums[first + 2 + (part ^ 1)]!;
      sums[first + half] = sum;
      sum += sums[first + (half ^ 1)]!;
      if (block === 0) {
        sums[totalPlace] = sum;
        return;
      }
      part = (block - 1) & 3;
      block = (block - 1) >> 2;
    }
  }

  /** Sum of the weights of rows below this one, which may be one past the last. */
  sumBefore(row: number): number {
    const sums = this.#sums;
    if (row >= this.#rows) return this.total;
    let sum = 0;
    let block = this.#firstOfRows + (row >> 2);
    for (let part = row & 3; ; part = (block - 1) & 3, block = (block - 1) >> 2) {
      const first = 8 * block;
      if ((part & 1) === 1) sum += sums[first + 1 + part]!;
      if (part >= 2) sum += sums[first]!;
      if (block === 0) return sum;
    }
  }

  /** The row in which the cumulated weight passes `point`, from 0 to below the total, which must be above 0. */
  find(point: number): number {
    const sums = this.#sums;
    const firstOfRows = this.#firstOfRows;
    let rest = point;
    for (let block = 0; ; ) {
      const first = 8 * block;
      let part = 0;
      let left = sums[first]!;
      // rounding can leave a point past the last weight: it belongs to that one
      if (rest >= left && sums[first + 1]! > 0) {
        rest -= left;
        part = 2;
      }
      left = sums[first + 2 + part]!;
      if (rest >= left && sums[first + 3 + part]! > 0) {
        rest -= left;
        part++;
      }
      if (block >= firstOfRows) return blockRows * (block - firstOfRows) + part;
      block = blockRows * block + 1 + part;
    }
  }

  /** Rows that there is room for. */
  get #rows(): number {
    return blockRows * (3 * this.#firstOfRows + 1);
  }
}
