/** One value of a table; null is an empty cell: the column doesn't apply to the row. */
export type Cell = number | string | boolean | null;

/** What one column holds; name is camelCase, unit is empty for plain numbers and texts. */
export interface Column {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
}

/** A named table whose rows are made on demand; rows() starts anew at each call, one cell a column. */
export interface Table {
  /** Base name of the file: `timeseries` becomes timeseries.csv. */
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  rows(): Iterable<readonly Cell[]>;
}

/** Wraps rows that are at hand as a table; throws when a row hasn't one cell a column. */
export function tableOf(
  name: string,
  meaning: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Table {
  rows.forEach((row, index) => {
    if (row.length !== columns.length) {
      throw new Error(`table ${name}, row ${index}: expected ${columns.length} cells, found ${row.length}`);
    }
  });
  return { name, meaning, columns, rowCount: rows.length, rows: () => rows };
}

/** The position of a named column, from 0; throws when the table hasn't got it. */
export function columnIndex(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) {
    const found = table.columns.map((column) => column.name).join(', ');
    throw new Error(`table ${table.name}: expected a column '${name}', found ${found || 'no columns'}`);
  }
  return index;
}
