/**
 * Complete binary tree of minima over values: set and the first row of least value in O(log n).
 *
 * Every row is Infinity at first, which stands for none.
 */
export class LeastTree {
  /** Row r is place `#leaves` + r; places 2p and 2p + 1 are the parts of place p; place 1 is the least of all. */
  readonly #least: Float64Array;
  readonly #leaves: number;

  constructor(size: number) {
    let leaves = 1;
    while (leaves < size) leaves *= 2;
    this.#leaves = leaves;
    this.#least = new Float64Array(2 * leaves).fill(Number.POSITIVE_INFINITY);
  }

  /** The least value; Infinity for none. */
  get least(): number {
    return this.#least[1]!;
  }

  /** @param value any number; Infinity takes the row out */
  set(row: number, value: number): void {
    const least = this.#least;
    let place = this.#leaves + row;
    if (least[place] === value) return;
    least[place] = value;
    while (place > 1) {
      place >>= 1;
      least[place] = Math.min(least[2 * place]!, least[2 * place + 1]!);
    }
  }

  /** The first row with the least value, which must not be Infinity. */
  first(): number {
    const least = this.#least;
    let place = 1;
    while (place < this.#leaves) {
      place *= 2;
      if (least[place + 1]! < least[place]!) place++;
    }
    return place - this.#leaves;
  }
}
