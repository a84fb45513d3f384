/** Row handles count in steps of this: eight 4-byte or eight 8-byte columns of one row lie side by side. */
export const handleStep = 8;

/** A handle without its last bits is the row's ordinal. */
export const handleBits = 3;

/** A buffer in which the columns of a row are neighbours, and the typed views on it that make the columns. */
export class SideBySide {
  readonly #integers: ArrayBuffer[];
  readonly #numbers: ArrayBuffer;

  /**
   * Columns of rows that are used at random, laid side by side so that a row costs few cache lines.
   *
   * A row's handle is its ordinal × 8, and `column[handle]` is its value in any of the columns.
   * @param blocks blocks of eight integer columns
   */
  constructor(rows: number, blocks: number, copied?: SideBySide) {
    this.#integers = Array.from({ length: blocks }, (_, block) =>
      enlarged(rows * 32, copied === undefined ? undefined : copied.#integers[block]),
    );
    this.#numbers = enlarged(rows * 64, copied === undefined ? undefined : copied.#numbers);
  }

  /** The integer column at this place, from 0; places 0 to 7 share a cache line, and so on. */
  integer(place: number): Int32Array {
    return new Int32Array(this.#integers[Math.floor(place / handleStep)]!, (place % handleStep) * 4);
  }

  /** The float64 column at this place, 0 to 7. */
  number(place: number): Float64Array {
    return new Float64Array(this.#numbers, place * 8);
  }
}

function enlarged(bytes: number, old: ArrayBuffer | undefined): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes);
  if (old !== undefined) new Uint8Array(buffer).set(new Uint8Array(old));
  return buffer;
}

/**
 * Hands out row handles and takes them back, the last returned first.
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

  /** @param grow told the new number of rows when there are too few */
  constructor(capacity: number, grow: (capacity: number) => void) {
    this.capacity = capacity;
    this.#free = new Int32Array(capacity);
    this.#grow = grow;
  }

  take(): number {
    this.open++;
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!;
    if (this.#used === this.capacity) this.#double();
    return this.#used++ * handleStep;
  }

  giveBack(handle: number): void {
    this.open--;
    this.#free[this.#freeCount++] = handle;
  }

  #double(): void {
    this.capacity *= 2;
    const free = new Int32Array(this.capacity);
    free.set(this.#free);
    this.#free = free;
    this.#grow(this.capacity);
  }
}
