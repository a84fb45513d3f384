/** Numbers that grow in chunks; nothing is copied when they do. */
export class FloatLog {
  readonly #chunkLength: number;
  readonly #chunks: Float64Array[] = [];
  length = 0;

  constructor(chunkLength = 4_096) {
    this.#chunkLength = chunkLength;
  }

  add(value: number): void {
    const place = this.length % this.#chunkLength;
    if (place === 0) this.#chunks.push(new Float64Array(this.#chunkLength));
    this.#chunks[this.#chunks.length - 1]![place] = value;
    this.length++;
  }

  at(index: number): number {
    return this.#chunks[Math.floor(index / this.#chunkLength)]![index % this.#chunkLength]!;
  }
}
