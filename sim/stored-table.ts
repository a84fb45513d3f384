import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { refusal, toFileFault } from './file-fault.js';

/** A table of a run folder; its cells stay texts, and rows are made while they are read. */
export interface StoredTable {
  readonly file: string;
  readonly columns: readonly string[];
  /** The place of a column, from 0; throws InvalidInput if the table hasn't got it. */
  place(column: string): number;
  /** Reads the rows in order; throws InvalidInput for one that hasn't a cell a column. */
  eachRow(read: (cells: readonly string[], row: number) => void): void;
}

/** Opens a run folder's table; throws InvalidInput if it isn't there or has no header. */
export function openTable(folder: string, name: string): StoredTable {
  const file = join(folder, `${name}.csv`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw toFileFault(error, file, 'a table of the run');
  }
  const end = text.indexOf('\n');
  const columns = Papa.parse<string[]>(end < 0 ? text : text.slice(0, end), { delimiter: ',' }).data[0] ?? [];
  if (columns.every((column) => column === '')) throw refusal(file, 'a table with a line of headings', 'none');
  return {
    file,
    columns,
    place: (column) => {
      const found = columns.indexOf(column);
      if (found < 0) throw refusal(file, `a column ${column}`, columns.join(', '));
      return found;
    },
    eachRow: (read) => {
      let row = -1;
      Papa.parse<string[]>(text, {
        delimiter: ',',
        newline: '\n',
        skipEmptyLines: true,
        step: ({ data }) => {
          if (row >= 0 && data.length !== columns.length) {
            throw refusal(`${file}:${row + 2}`, `${columns.length} cells`, String(data.length));
          }
          if (row >= 0) read(data, row);
          row++;
        },
      });
    },
  };
}

/** Whether the folder has the table; some are written only when they are asked for. */
export function hasTable(folder: string, name: string): boolean {
  return existsSync(join(folder, `${name}.csv`));
}

/** Units by column of a table, from the folder's data dictionary; none if that isn't there. */
export function storedUnits(folder: string, table: string): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  if (!hasTable(folder, 'data-dictionary')) return units;
  const dictionary = openTable(folder, 'data-dictionary');
  const [file, column, unit] = ['file', 'column', 'unit'].map((name) => dictionary.place(name));
  dictionary.eachRow((cells) => {
    if (cells[file!] === `${table}.csv`) units.set(cells[column!]!, cells[unit!]!);
  });
  return units;
}

/** A cell as a number; NaN for an empty one or a text. */
export function toCellNumber(cell: string): number {
  return cell === '' ? Number.NaN : Number(cell);
}
