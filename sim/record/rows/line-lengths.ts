/** How many jobs stood in line for a node at the samples that count. */
export class LineLengths {
  #count = 0;
  #sum = 0;
  /** NaN before the first. */
  most = Number.NaN;

  add(length: number): void {
    this.#count++;
    this.#sum += length;
    if (!(length <= this.most)) this.most = length;
  }

  /** NaN before the first. */
  get mean(): number {
    return this.#sum / this.#count;
  }
}
