import { join } from 'node:path';
import { refusal } from '../folder/file-fault.js';
import type { RunRecord } from '../folder/run-record.js';

/** A table of a run folder with its cells as texts, for showing and comparing. */
export interface StoredTable {
  readonly columns: readonly string[];
  /** The place of a column, from 0; throws InvalidInput if the table hasn't got it. */
  place(column: string): number;
  /** Reads the rows in order. */
  eachRow(read: (cells: readonly string[]) => void): void;
}

/** Opens a run's table; throws InvalidInput if the run hasn't got it. */
export function openTable(run: RunRecord, name: string): StoredTable {
  const table = run.table(name);
  const columns = table.columns.map((column) => column.name);
  return {
    columns,
    place: (column) => {
      const found = columns.indexOf(column);
      if (found < 0) throw refusal(join(run.folder, `${name}.csv`), `a column ${column}`, columns.join(', '));
      return found;
    },
    eachRow: (read) => {
      for (const row of table.rows()) read(row.map((cell) => (cell === null ? '' : String(cell))));
    },
  };
}

/** Whether the run has the table; some are written only when they are asked for. */
export function hasTable(run: RunRecord, name: string): boolean {
  return `${name}.csv` in run.manifest.files;
}

/** Units by column of a table. */
export function storedUnits(run: RunRecord, table: string): ReadonlyMap<string, string> {
  return new Map(run.table(table).columns.map(({ name, unit }) => [name, unit]));
}

/** A cell as a number; NaN for an empty one or a text. */
export function toCellNumber(cell: string): number {
  return cell === '' ? Number.NaN : Number(cell);
}
