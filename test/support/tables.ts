import type { Cell, Column, Table } from '../../sim/record/tables/table.js';

/** A table of cells that are at hand; throws when a row hasn't one cell a column. */
export function cellTable(name: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Table {
  const odd = rows.findIndex((row) => row.length !== columns.length);
  if (odd >= 0) throw new Error(`table ${name}, row ${odd}: expected ${columns.length} cells, found another number`);
  return { name, meaning: '', columns, rowCount: rows.length, rows: () => rows };
}
