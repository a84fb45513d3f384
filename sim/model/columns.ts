type NumericColumn = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** The same column with room for `capacity` rows; the old rows keep their values. */
export function grown<T extends NumericColumn>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}

/**
 * Hands out rows and takes them back, the last returned first.
 *
 * Rows of jobs and attempts are recycled when final, so the columns stay as long as the most that were ever open.
 */
export class RowPool {
  capacity: number;
  /** Rows handed out and not returned. */
  open = 0;
  #free: Int32Array;
  #freeCount = 0;
  #used = 0;
  readonly #grow: (capacity: number) => void;

  constructor(capacity: number, grow: (capacity: number) => void) {
    this.capacity = capacity;
    this.#free = new Int32Array(capacity);
    this.#grow = grow;
  }

  take(): number {
    this.open++;
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!;
    if (this.#used === this.capacity) {
      this.capacity *= 2;
      this.#free = grown(this.#free, this.capacity);
      this.#grow(this.capacity);
    }
    return this.#used++;
  }

  giveBack(row: number): void {
    this.open--;
    this.#free[this.#freeCount++] = row;
  }

  /** Rows ever used; what lies beyond was never handed out. */
  get used(): number {
    return this.#used;
  }
}
