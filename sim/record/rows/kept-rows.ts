import { type Cell, type ColumnOf, indices, refuseDoubled, type Table, tableOf } from '../tables/table.js';
import type { Window } from '../window.js';
import { FloatLog } from './float-log.js';

/**
 * A table of rows that are there only while they are reported, as what they stand for is used again: each column is
 * asked at once, and its cells are kept, eight bytes each.
 *
 * A column has cells of one kind, numbers, texts or booleans, beside empty ones; NaN becomes an empty cell. Throws when
 * two columns have one name.
 */
export class KeptRows<Row> {
  readonly #columns: readonly KeptColumn<Row>[];
  #length = 0;

  constructor(columns: readonly ColumnOf<Row>[], rowsInChunk?: number) {
    refuseDoubled(
      'kept rows',
      columns.map((column) => column.name),
    );
    this.#columns = columns.map((column) => new KeptColumn(column, rowsInChunk));
  }

  /** Asks every column; throws when one answers with another kind of cell than before. */
  keep(row: Row): void {
    for (const column of this.#columns) column.keep(row);
    this.#length++;
  }

  get length(): number {
    return this.#length;
  }

  /** What was kept, by the number of the row from 0. */
  get columns(): readonly ColumnOf<number>[] {
    return this.#columns;
  }

  /** The rows kept so far. */
  toTable(name: string, meaning: string): Table {
    return tableOf(name, meaning, this.#columns, indices(this.#length));
  }
}

/** The cells of a column by row: numbers as they are, texts and booleans by their place in a list of its own. */
class KeptColumn<Row> implements ColumnOf<number> {
  readonly name: string;
  readonly unit: string;
  readonly window: Window;
  readonly meaning: string;
  readonly #column: ColumnOf<Row>;
  readonly #values: FloatLog;
  readonly #interned: (string | boolean)[] = [];
  readonly #places = new Map<string | boolean, number>();
  /** What `typeof` says of its cells; empty before the first that isn't empty. */
  #kind = '';

  constructor(column: ColumnOf<Row>, rowsInChunk?: number) {
    this.name = column.name;
    this.unit = column.unit;
    this.window = column.window;
    this.meaning = column.meaning;
    this.#column = column;
    this.#values = new FloatLog(rowsInChunk);
  }

  keep(row: Row): void {
    this.#values.add(this.#toFloat(this.#column.value(row)));
  }

  value(row: number): Cell {
    const value = this.#values.at(row);
    if (Number.isNaN(value)) return null;
    return this.#kind === 'number' ? value : this.#interned[value]!;
  }

  #toFloat(cell: Cell): number {
    if (cell === null || Number.isNaN(cell)) return Number.NaN;
    if (this.#kind === '') this.#kind = typeof cell;
    if (typeof cell !== this.#kind) {
      throw new Error(`column ${this.name}: expected a ${this.#kind}, found the ${typeof cell} ${cell}`);
    }
    return typeof cell === 'number' ? cell : this.#placeOf(cell);
  }

  #placeOf(cell: string | boolean): number {
    const known = this.#places.get(cell);
    if (known !== undefined) return known;
    this.#places.set(cell, this.#interned.length);
    return this.#interned.push(cell) - 1;
  }
}
