import { type Rows, refuseDoubled } from '../tables/table.js';
import { FloatLog } from './float-log.js';

/** Rows of named numbers, of which there may be any number; throws when two have one name. */
export class RowLog<Name extends string> implements Rows<Readonly<Record<Name, number>>> {
  readonly #columns: readonly { readonly name: Name; readonly values: FloatLog }[];
  length = 0;

  constructor(names: readonly Name[], rowsInChunk?: number) {
    refuseDoubled('rows', names);
    this.#columns = names.map((name) => ({ name, values: new FloatLog(rowsInChunk) }));
  }

  add(row: Readonly<Record<Name, number>>): void {
    for (const { name, values } of this.#columns) values.add(row[name]);
    this.length++;
  }

  *[Symbol.iterator](): Generator<Readonly<Record<Name, number>>> {
    for (let index = 0; index < this.length; index++) {
      const row: Partial<Record<Name, number>> = {};
      for (const { name, values } of this.#columns) row[name] = values.at(index);
      yield row as Record<Name, number>;
    }
  }
}
