import { NONE } from '../nodes.js';

/** One of those given that stand in the rows and for which it is so, drawn as if all were looked at; or NONE. */
export function drawnOfPlaces(
  all: { at(index: number): number },
  rows: readonly number[],
  placeOf: (row: number) => number,
  isSo: (row: number) => boolean,
  luck: number,
): number {
  const places: number[] = [];
  for (const row of rows) if (placeOf(row) !== NONE && isSo(row)) places.push(placeOf(row));
  if (places.length === 0) return NONE;
  places.sort((a, b) => a - b);
  return all.at(places[Math.floor(luck * places.length)]!);
}

/** A set of rows with O(1) add, remove and indexing; the order is that of its history, hence reproducible. */
export class RowSet {
  readonly #rows: Int32Array;
  readonly #place: Int32Array;
  size = 0;

  constructor(capacity: number) {
    this.#rows = new Int32Array(capacity);
    this.#place = new Int32Array(capacity).fill(NONE);
  }

  has(row: number): boolean {
    return this.#place[row] !== NONE;
  }

  at(index: number): number {
    return this.#rows[index]!;
  }

  /** One of the rows for which it is so, each as likely, by a draw in [0, 1); NONE without any. It looks at all. */
  drawnAmong(isSo: (row: number) => boolean, luck: number): number {
    const found: number[] = [];
    for (let index = 0; index < this.size; index++) if (isSo(this.at(index))) found.push(this.at(index));
    return found.length === 0 ? NONE : found[Math.floor(luck * found.length)]!;
  }

  /** The same of those of the given rows that are in the set: it looks at no others, and draws as if it had. */
  drawnOf(rows: readonly number[], isSo: (row: number) => boolean, luck: number): number {
    return drawnOfPlaces(this, rows, (row) => this.#place[row]!, isSo, luck);
  }

  add(row: number): void {
    if (this.#place[row] !== NONE) return;
    this.#place[row] = this.size;
    this.#rows[this.size++] = row;
  }

  remove(row: number): void {
    const place = this.#place[row]!;
    if (place === NONE) return;
    const last = this.#rows[--this.size]!;
    this.#rows[place] = last;
    this.#place[last] = place;
    this.#place[row] = NONE;
  }
}
