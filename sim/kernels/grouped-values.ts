/** Values that come in any order, each of a group: kept flat, and sorted by group once they are asked for. */
export class GroupedValues {
  #groups = new Int32Array(1_024);
  #values = new Float64Array(1_024);
  #length = 0;
  /** Where each group's values begin in `#sorted`; one more for the end. */
  readonly #first: Int32Array;
  #sorted = new Float64Array(0);
  #isSorted = false;

  constructor(groups: number) {
    this.#first = new Int32Array(groups + 1);
  }

  add(group: number, value: number): void {
    if (this.#length === this.#values.length) {
      const groups = new Int32Array(2 * this.#length);
      const values = new Float64Array(2 * this.#length);
      groups.set(this.#groups);
      values.set(this.#values);
      this.#groups = groups;
      this.#values = values;
    }
    this.#groups[this.#length] = group;
    this.#values[this.#length++] = value;
    this.#isSorted = false;
  }

  clear(): void {
    this.#length = 0;
    this.#isSorted = false;
  }

  /** The group's values, in the order in which they came until somebody changes it. */
  of(group: number): Float64Array {
    if (!this.#isSorted) this.#sort();
    return this.#sorted.subarray(this.#first[group]!, this.#first[group + 1]!);
  }

  /** Counting sort: linear, and stable. */
  #sort(): void {
    const first = this.#first.fill(0);
    for (let at = 0; at < this.#length; at++) first[this.#groups[at]! + 1]!++;
    for (let group = 1; group < first.length; group++) first[group]! += first[group - 1]!;
    if (this.#sorted.length < this.#length) this.#sorted = new Float64Array(this.#values.length);
    const next = first.slice();
    for (let at = 0; at < this.#length; at++) this.#sorted[next[this.#groups[at]!]!++] = this.#values[at]!;
    this.#isSorted = true;
  }
}
