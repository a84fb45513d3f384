/** No chunk. */
const NONE = -1;

/**
 * Entries of a chunk: a window that holds few takes little, one that holds many wastes at most a chunk and a bit. Of a
 * million nodes most hold few.
 */
const chunkEntries = 16;

/** The pool grows by half of itself, and by so many chunks at least. */
const chunksLeast = 64;

/**
 * Windows over the latest entries, one a row, each entry a value (a float32) and a mark (a byte, or a float32, too). A
 * window is a chain of chunks from a pool that all share: it grows with what it holds, and what falls out of it is
 * there for others.
 */
export class RollingWindow {
  #values = new Float32Array(chunkEntries);
  #marks: Uint8Array | Float32Array;
  /** By chunk: the one with later entries, or the next that is free. */
  #next = new Int32Array([NONE]);
  #firstFree = 0;
  /** By row: the chunk of the oldest entry, that entry's place in it, and the chunk of the latest. */
  readonly #oldest: Int32Array;
  readonly #place: Uint8Array;
  readonly #latest: Int32Array;
  readonly #counts: Int32Array;

  /** @param marks what marks are: whole numbers from 0 to 255, or float32 like values */
  constructor(rows: number, marks: 'bytes' | 'floats' = 'bytes') {
    this.#marks = marks === 'bytes' ? new Uint8Array(chunkEntries) : new Float32Array(chunkEntries);
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

  /** Adds an entry behind all others of the row. */
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

  /** The mark of the row's oldest entry; there must be one. */
  oldestMark(row: number): number {
    return this.#marks[this.#oldest[row]! * chunkEntries + this.#place[row]!]!;
  }

  /** The mark of the row's latest entry; there must be one. */
  latestMark(row: number): number {
    return this.#marks[this.#latestPlace(row)]!;
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

  /** One array after the other, as each is there twice while it is copied. */
  #grow(): void {
    const before = this.#next.length;
    const after = before + Math.max(chunksLeast, before >> 1);
    const values = new Float32Array(after * chunkEntries);
    values.set(this.#values);
    this.#values = values;
    const marks =
      this.#marks instanceof Uint8Array ? new Uint8Array(after * chunkEntries) : new Float32Array(after * chunkEntries);
    marks.set(this.#marks);
    this.#marks = marks;
    const next = new Int32Array(after);
    next.set(this.#next);
    this.#next = next;
    for (let chunk = after - 1; chunk >= before; chunk--) this.#free(chunk);
  }
}
