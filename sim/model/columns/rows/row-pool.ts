import { handleStep } from './side-by-side.js';

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

  /** Handles handed out so far lie from 0 to this, excluded. */
  get end(): number {
    return this.#used * handleStep;
  }

  take(): number {
    this.open++;
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!;
    if (this.#used === this.capacity) this.#double();
    return this.#used++ * handleStep;
  }

  /** @param isWornOut true for a row that is never to be handed out again */
  giveBack(handle: number, isWornOut: boolean): void {
    this.open--;
    if (isWornOut) return;
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
