import { handleBits } from './side-by-side.js';

/** Rows that tell how many of them there are, now and whenever there are more. */
interface GrowingRows {
  whenLaidOut(grow: (rows: number) => void): void;
}

/** A mechanism's own number for each row of jobs, attempts or panels; a row that is used again keeps the old one. */
export class OwnColumn {
  #values = new Float64Array(0);

  constructor(rows: GrowingRows) {
    rows.whenLaidOut((count) => {
      const values = new Float64Array(count);
      values.set(this.#values);
      this.#values = values;
    });
  }

  /** The number of the row with this handle. */
  get(handle: number): number {
    return this.#values[handle >>> handleBits]!;
  }

  set(handle: number, value: number): void {
    this.#values[handle >>> handleBits] = value;
  }
}
