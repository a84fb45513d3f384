/** Rows of numbers that grow in chunks; nothing is copied when they do. */
export class RowLog {
  readonly width: number;
  readonly #rowsInChunk: number;
  readonly #chunks: Float64Array[] = [];
  length = 0;

  constructor(width: number, rowsInChunk = 4_096) {
    this.width = width;
    this.#rowsInChunk = rowsInChunk;
  }

  /** Adds a row of `width` numbers. */
  add(values: ArrayLike<number>): void {
    const inChunk = this.length % this.#rowsInChunk;
    if (inChunk === 0) this.#chunks.push(new Float64Array(this.#rowsInChunk * this.width));
    const chunk = this.#chunks[this.#chunks.length - 1]!;
    const first = inChunk * this.width;
    for (let column = 0; column < this.width; column++) chunk[first + column] = values[column]!;
    this.length++;
  }

  value(row: number, column: number): number {
    const chunk = this.#chunks[Math.floor(row / this.#rowsInChunk)]!;
    return chunk[(row % this.#rowsInChunk) * this.width + column]!;
  }
}
