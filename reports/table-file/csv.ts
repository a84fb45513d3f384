import { closeSync, openSync, writeFileSync } from 'node:fs';
import Papa from 'papaparse';
import { type Cell, type Column, type ColumnOf, type Table, tableOf } from '../../sim/record/tables/table.js';
import { windows } from '../../sim/record/window.js';
import { harmless } from '../harmless.js';

const CHUNK_ROW_COUNT_MAX = 5000;

// papaparse's own pattern ends in `.*$` and so lets a formula with a line break pass.
const FORMULA_START = /^[=+\-@\t\r]/;

/**
 * Writes a table as CSV (UTF-8, comma, `\n`, a header of column names), at most 5,000 rows in memory as text.
 *
 * Numbers keep their shortest form that reads back as the same number; null is an empty cell. Text loses control
 * characters except tab and line breaks (so that showing the file can't steer a terminal), and gets a leading
 * apostrophe if a spreadsheet would run it. An existing file is overwritten. Throws when a row hasn't one cell a
 * column or when rowCount isn't the number of rows.
 */
export function writeCsv(table: Table, path: string): void {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, toLines([table.columns.map((column) => column.name)]));
    let rowCount = 0;
    let chunk: (readonly Cell[])[] = [];
    for (const row of table.rows()) {
      if (row.length !== table.columns.length) {
        throw new Error(
          `table ${table.name}, row ${rowCount}: expected ${table.columns.length} cells, found ${row.length}`,
        );
      }
      // A copy, as a table may hand out the same array again and again.
      chunk.push(row.map(toSafeCell));
      rowCount += 1;
      if (chunk.length === CHUNK_ROW_COUNT_MAX) {
        writeFileSync(file, toLines(chunk));
        chunk = [];
      }
    }
    if (chunk.length > 0) writeFileSync(file, toLines(chunk));
    if (rowCount !== table.rowCount) {
      throw new Error(`table ${table.name}: expected ${table.rowCount} rows, found ${rowCount}`);
    }
  } finally {
    closeSync(file);
  }
}

/** A column of a file, as the dictionary explains it. */
interface Entry {
  readonly table: Table;
  readonly column: Column;
}

const dictionaryColumns: readonly ColumnOf<Entry>[] = [
  {
    name: 'file',
    unit: '',
    window: 'fixed',
    meaning: 'File that has the column',
    value: ({ table }) => `${table.name}.csv`,
  },
  {
    name: 'column',
    unit: '',
    window: 'fixed',
    meaning: "The column's name in the header",
    value: ({ column }) => column.name,
  },
  {
    name: 'unit',
    unit: '',
    window: 'fixed',
    meaning: 'Unit of the values; empty for plain numbers and texts',
    value: ({ column }) => column.unit,
  },
  {
    name: 'window',
    unit: '',
    window: 'fixed',
    meaning: `The part of the run that the values speak of: ${windowsInWords()}`,
    value: ({ column }) => column.window,
  },
  { name: 'meaning', unit: '', window: 'fixed', meaning: 'What the values say', value: ({ column }) => column.meaning },
];

/** Every word for a window, with what it means. */
function windowsInWords(): string {
  return Object.entries(windows)
    .map(([word, meaning]) => `“${word}”, ${meaning}`)
    .join('; ');
}

/** A table that explains every column of the given ones, unit and window with it; columns in the files' order. */
export function dataDictionary(tables: readonly Table[]): Table {
  const entries = tables.flatMap((table) => table.columns.map((column): Entry => ({ table, column })));
  return tableOf('data-dictionary', 'What each column of the other files holds', dictionaryColumns, entries);
}

function toLines(rows: readonly (readonly Cell[])[]): string {
  return `${Papa.unparse(rows as Cell[][], { newline: '\n', escapeFormulae: FORMULA_START })}\n`;
}

function toSafeCell(cell: Cell): Cell {
  return typeof cell === 'string' ? harmless(cell) : cell;
}
