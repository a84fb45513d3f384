import type { Window } from '../window.js';

/** One value of a table; null is an empty cell: the column doesn't apply to the row. */
export type Cell = number | string | boolean | null;

/** What one column holds; name is camelCase, unit is empty for plain numbers and texts. */
export interface Column {
  readonly name: string;
  readonly unit: string;
  /** The part of the run that its values speak of. */
  readonly window: Window;
  readonly meaning: string;
}

/** A column that knows its value in a row. */
export interface ColumnOf<Row> extends Column {
  value(row: Row): Cell;
}

/** A named table whose rows are made on demand; rows() starts anew at each call, one cell a column. */
export interface Table {
  /** Base name of the file: `timeseries` becomes timeseries.csv. */
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** Asked for some places only, it may leave the cells at others empty, and yield the same array with other cells. */
  rows(places?: ReadonlySet<number>): Iterable<readonly Cell[]>;
}

/** Rows that can be gone through any number of times, such as an array. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
}

/** The whole numbers from 0 to `length`, which is excluded, as the rows of a table whose columns look things up. */
export function indices(length: number): Rows<number> {
  return {
    length,
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index++) yield index;
    },
  };
}

/** A table of what columns say of rows, each asked when it is read; throws when two columns have one name. */
export function tableOf<Row>(name: string, meaning: string, columns: readonly ColumnOf<Row>[], rows: Rows<Row>): Table {
  refuseDoubled(
    `table ${name}`,
    columns.map((column) => column.name),
  );
  return {
    name,
    meaning,
    columns,
    rowCount: rows.length,
    *rows() {
      for (const row of rows) yield columns.map((column) => column.value(row));
    },
  };
}

/**
 * The rows of a table by name: objects with the columns asked for, in that order, made anew each time.
 *
 * Throws when the table hasn't got one of them, or one is asked for twice.
 */
export function records<Name extends string>(
  table: Table,
  names: readonly Name[],
): Iterable<Readonly<Record<Name, Cell>>> {
  refuseDoubled(`records of ${table.name}`, names);
  const places = names.map((name) => ({ name, place: placeOf(table, name) }));
  const asked = new Set(places.map(({ place }) => place));
  return {
    *[Symbol.iterator]() {
      for (const cells of table.rows(asked)) {
        const record: Partial<Record<Name, Cell>> = {};
        for (const { name, place } of places) record[name] = cells[place]!;
        yield record as Record<Name, Cell>;
      }
    },
  };
}

function placeOf(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) {
    const found = table.columns.map((column) => column.name).join(', ');
    throw new Error(`table ${table.name}: expected a column '${name}', found ${found || 'no columns'}`);
  }
  return index;
}

/** The number in a cell; NaN where there is none. */
export function numberOf(cell: Cell): number {
  return typeof cell === 'number' ? cell : Number.NaN;
}

/** A number as a cell: empty for NaN. */
export function cellOf(number: number): Cell {
  return Number.isNaN(number) ? null : number;
}

/** The text of a cell, that of a file; empty for an empty one. */
export function textOf(cell: Cell): string {
  return cell === null ? '' : String(cell);
}

/** Tells what a number is called, for columns that write names: of `{ absent: 0, present: 1 }`, 1 is `present`. */
export function namesIn(numbers: Readonly<Record<string, number>>): (number: number) => string {
  const names = new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
  return (number) => names.get(number) ?? String(number);
}

/** Throws when a name is there twice. */
export function refuseDoubled(where: string, names: readonly string[]): void {
  const doubled = names.find((name, place) => names.indexOf(name) !== place);
  if (doubled !== undefined) throw new Error(`${where}: expected each column once, found '${doubled}' twice`);
}
