/** No chunk. */
const NONE = -1;

/** Entries of a chunk: a window that holds few takes little, one that holds many wastes at most a chunk and a bit. */
const chunkEntries = 64;

/**
 * Windows over the latest entries, one a row, each entry a value (a float32) and a mark (a byte). A window is a chain
 * of chunks from a pool that all share: it grows with what it holds, and what falls out of it is there for others.
 */
export class RollingWindow {
  #values = new Float32Array(chunkEntries);
  #marks = new Uint8Array(chunkEntries);
  /** By chunk: the one with later entries, or the next that is free. */
  #next = new Int32Array([NONE]);
  #firstFree = 0;
  /** By row: the chunk of the oldest entry, that entry's place in it, and the chunk of the latest. */
  readonly #oldest: Int32Array;
  readonly #place: Uint8Array;
  readonly #latest: Int32Array;
  readonly #counts: Int32Array;

  constructor(rows: number) {
    this.#oldest = new Int32Array(rows).fill(NONE);
    this.#place = new Uint8Array(rows);
    this.#latest = new Int32Array(rows).fill(NONE);
    this.#counts = new Int32Array(rows);
  }

  /** Entries that the row holds. */
  count(row: number): number {
    return this.#counts[row]!;
  }

  /** Chunks that there are, of all rows and free ones. */
  get chunks(): number {
    return this.#next.length;
  }

  /**
   * Adds an entry behind all others of the row.
   *
   * @param mark a whole number from 0 to 255
   */
  push(row: number, value: number, mark: number): void {
    const end = this.#place[row]! + this.#counts[row]!;
    if (end % chunkEntries === 0) this.#append(row);
    const at = this.#latest[row]! * chunkEntries + (end % chunkEntries);
    this.#values[at] = value;
    this.#marks[at] = mark;
    this.#counts[row]!++;
  }

  /** Drops the oldest entry of the row, and returns its mark; there must be one. */
  shift(row: number): number {
    const chunk = this.#oldest[row]!;
    const mark = this.#marks[chunk * chunkEntries + this.#place[row]!]!;
    this.#counts[row]!--;
    this.#place[row]!++;
    if (this.#counts[row] === 0) this.clear(row);
    else if (this.#place[row] === chunkEntries) {
      this.#place[row] = 0;
      this.#oldest[row] = this.#next[chunk]!;
      this.#free(chunk);
    }
    return mark;
  }

  /** The value of the row's oldest entry; there must be one. */
  oldest(row: number): number {
    return this.#values[this.#oldest[row]! * chunkEntries + this.#place[row]!]!;
  }

  /** The value of the row's latest entry; there must be one. */
  latest(row: number): number {
    return this.#values[this.#latestPlace(row)]!;
  }

  /** Puts another value in place of the row's latest entry's; there must be one. */
  replaceLatest(row: number, value: number): void {
    this.#values[this.#latestPlace(row)] = value;
  }

  /** Drops all entries of the row. */
  clear(row: number): void {
    for (let chunk = this.#oldest[row]!; chunk !== NONE; ) {
      const next = this.#next[chunk]!;
      this.#free(chunk);
      chunk = next;
    }
    this.#oldest[row] = NONE;
    this.#latest[row] = NONE;
    this.#place[row] = 0;
    this.#counts[row] = 0;
  }

  /** Visits the row's entries from the oldest to the latest; none may come or go meanwhile. */
  visit(row: number, see: (value: number, mark: number) => void): void {
    let chunk = this.#oldest[row]!;
    let place = this.#place[row]!;
    for (let left = this.#counts[row]!; left > 0; left--) {
      const at = chunk * chunkEntries + place;
      see(this.#values[at]!, this.#marks[at]!);
      if (++place < chunkEntries) continue;
      place = 0;
      chunk = this.#next[chunk]!;
    }
  }

  #latestPlace(row: number): number {
    const last = this.#place[row]! + this.#counts[row]! - 1;
    return this.#latest[row]! * chunkEntries + (last % chunkEntries);
  }

  /** Gives the row one more chunk behind those that it has. */
  #append(row: number): void {
    if (this.#firstFree === NONE) this.#grow();
    const chunk = this.#firstFree;
    this.#firstFree = this.#next[chunk]!;
    this.#next[chunk] = NONE;
    if (this.#oldest[row] === NONE) this.#oldest[row] = chunk;
    else this.#next[this.#latest[row]!] = chunk;
    this.#latest[row] = chunk;
  }

  #free(chunk: number): void {
    this.#next[chunk] = this.#firstFree;
    this.#firstFree = chunk;
  }

  /** Twice as many chunks. */
  #grow(): void {
    const before = this.#next.length;
    const [values, marks, next] = [this.#values, this.#marks, this.#next];
    this.#values = new Float32Array(2 * values.length);
    this.#marks = new Uint8Array(2 * marks.length);
    this.#next = new Int32Array(2 * before);
    this.#values.set(values);
    this.#marks.set(marks);
    this.#next.set(next);
    for (let chunk = 2 * before - 1; chunk >= before; chunk--) this.#free(chunk);
  }
}
