import { NONE } from '../nodes.js';
import { drawnOfPlaces, type RowSet } from './row-set.js';

/** The rows of one group, as a set that is only looked at. */
export type RowGroup = Pick<RowSet, 'size' | 'at' | 'drawnAmong' | 'drawnOf'>;

/**
 * The rows of a set by group, kept from the first time that somebody asks for a group: until then adding and removing
 * cost a look at a flag. A row stays in one group as long as it is in the set; the order of each group is that of its
 * history, hence reproducible.
 */
export class GroupedRows {
  readonly #all: RowSet;
  readonly #groupOf: ArrayLike<number>;
  /** By group; null until somebody asks. */
  #groups: Group[] | null = null;
  #place = new Int32Array(0);

  /** @param groupOf by row: the number of its group, from 0 */
  constructor(all: RowSet, groupOf: ArrayLike<number>) {
    this.#all = all;
    this.#groupOf = groupOf;
  }

  /** The rows of the set that are in the group now, and follow it. */
  group(number: number): RowGroup {
    if (this.#groups === null) {
      this.#groups = [];
      this.#place = new Int32Array(this.#groupOf.length).fill(NONE);
      for (let index = 0; index < this.#all.size; index++) this.added(this.#all.at(index));
    }
    return this.#groupNumbered(number);
  }

  /** The row was added to the set. */
  added(row: number): void {
    if (this.#groups === null || this.#place[row] !== NONE) return;
    const group = this.#groupNumbered(this.#groupOf[row]!);
    this.#place[row] = group.rows.length;
    group.rows.push(row);
  }

  /** The row was removed from the set. */
  removed(row: number): void {
    if (this.#groups === null || this.#place[row] === NONE) return;
    const { rows } = this.#groupNumbered(this.#groupOf[row]!);
    const last = rows.pop()!;
    const place = this.#place[row]!;
    if (last !== row) {
      rows[place] = last;
      this.#place[last] = place;
    }
    this.#place[row] = NONE;
  }

  #newGroup(number: number): Group {
    return new Group((row) => (this.#groupOf[row] === number ? this.#place[row]! : NONE));
  }

  #groupNumbered(number: number): Group {
    const groups = this.#groups!;
    while (groups.length <= number) groups.push(this.#newGroup(groups.length));
    return groups[number]!;
  }
}

class Group implements RowGroup {
  readonly rows: number[] = [];
  readonly #placeOf: (row: number) => number;

  /** @param placeOf where a row stands in the group; NONE if it isn't in it */
  constructor(placeOf: (row: number) => number) {
    this.#placeOf = placeOf;
  }

  get size(): number {
    return this.rows.length;
  }

  at(index: number): number {
    return this.rows[index]!;
  }

  drawnAmong(isSo: (row: number) => boolean, luck: number): number {
    const found = this.rows.filter(isSo);
    return found.length === 0 ? NONE : found[Math.floor(luck * found.length)]!;
  }

  drawnOf(rows: readonly number[], isSo: (row: number) => boolean, luck: number): number {
    return drawnOfPlaces(this, rows, this.#placeOf, isSo, luck);
  }
}
