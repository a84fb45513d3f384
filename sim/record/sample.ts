import { quantileOf } from '../kernels/quantile.js';

/** Values seen one by one, kept for exact mean and quantiles. */
export class Sample {
  #values = new Float64Array(1_024);
  /** How many values were seen, those left out included. */
  #seen = 0;
  #first = 0;
  /** The order of values isn't changed across this place. */
  #part = 0;
  sum = 0;

  add(value: number): void {
    if (this.#seen === this.#values.length) {
      const larger = new Float64Array(this.#seen * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#seen++] = value;
    this.sum += value;
  }

  /** Leaves out what was seen so far, such as the warm-up, from everything but `since`. */
  startAnew(): void {
    this.#first = this.parted();
    this.sum = 0;
  }

  /** A mark for `copySince`: what was seen so far stays before it, whatever order the caller of `since` makes. */
  parted(): number {
    this.#part = this.#seen;
    return this.#part;
  }

  /** The values seen since a mark of `parted`, in a sample of their own. */
  copySince(mark: number): Sample {
    const copy = new Sample();
    for (let place = mark; place < this.#seen; place++) copy.add(this.#values[place]!);
    return copy;
  }

  get length(): number {
    return this.#seen - this.#first;
  }

  /** The values that count; the caller may put them in another order. */
  get values(): Float64Array {
    return this.#values.subarray(this.#first, this.#seen);
  }

  /** A mark for `since`: what is seen from now on. */
  get mark(): number {
    return this.#seen;
  }

  get mean(): number {
    return this.sum / this.length;
  }

  /** Type-7 quantile; NaN without values. */
  quantile(probability: number): number {
    return quantileOf(this.values, probability);
  }

  /** The values seen since the mark, which the caller may put in another order; valid until the next is added. */
  since(mark: number, until = this.#seen): Float64Array {
    // Across a part, another order would let in what lies before it.
    if (mark < this.#part) return this.#values.slice(mark, until);
    return this.#values.subarray(mark, until);
  }
}
