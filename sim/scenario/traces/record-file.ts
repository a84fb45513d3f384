/**
 * Records in a CSV file: every cell checked, every fault at its line and cell.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { type Fault, nearest } from '../text/faults.js';

/** What a column's cells hold. */
export interface Column {
  readonly kind: keyof typeof kinds;
  /** The file may lack the column; where it is there, it is checked. */
  readonly isOptional?: boolean;
}

interface Kind {
  readonly expected: string;
  /** Value of the cell; NaN refuses it. */
  readonly read: (cell: string) => number;
}

const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** Last second of the year 9999: what is later isn't a time in seconds. */
const epochMax = 253_402_300_799;
const countMax = 2_147_483_647;

const kinds = {
  /** A name; its cells are read as text. */
  name: { expected: 'a name', read: (cell) => (cell.trim() === cell && cell !== '' ? 0 : Number.NaN) },
  epoch: {
    expected: 'a time in seconds since 1970',
    read: (cell) => within(0, toNumber(cell), epochMax + 0.999, Math.floor),
  },
  count: { expected: 'a whole number from 0', read: (cell) => whole(0, toNumber(cell)) },
  /** Change of a counter; negative after the counter was reset. */
  change: { expected: 'a whole number', read: (cell) => whole(-countMax, toNumber(cell)) },
  flag: { expected: '0 or 1', read: (cell) => (cell === '0' || cell === '1' ? Number(cell) : Number.NaN) },
  amount: { expected: 'a number from 0', read: (cell) => within(0, toNumber(cell), Number.MAX_VALUE) },
} satisfies Record<string, Kind>;

function toNumber(cell: string): number {
  return number.test(cell) ? Number(cell) : Number.NaN;
}

function within(least: number, value: number, most: number, round = (passed: number) => passed): number {
  return value >= least && value <= most ? round(value) : Number.NaN;
}

function whole(least: number, value: number): number {
  return Number.isInteger(value) ? within(least, value, countMax) : Number.NaN;
}

/** Lines of faults shown of one file; the rest is counted. */
const faultsMax = 20;
/** Largest file [bytes], included: some hundred times a real month. */
const bytesMax = 67_108_864;

/** One CSV file of a trace; reading never throws, what is wrong collects in `faults`. */
export class RecordFile {
  readonly name: string;
  readonly path: string;
  /** Of the bytes read; empty if the file can't be read. */
  readonly sha256: string;
  /** Line of each row in the file, from 1 (the header); rows with a wrong number of cells are left out. */
  readonly lines: readonly number[];
  readonly #places = new Map<string, number>();
  readonly #names = new Map<string, string[]>();
  readonly #numbers = new Map<string, number[]>();
  readonly #faults: Fault[] = [];
  #faultCount = 0;

  /** @param columns by the name in the header; other columns are let through unread */
  constructor(folder: string, name: string, columns: Readonly<Record<string, Column>>) {
    this.name = name;
    this.path = join(folder, name);
    const lines: number[] = [];
    this.lines = lines;
    const bytes = this.#readBytes();
    this.sha256 = bytes === null ? '' : createHash('sha256').update(bytes).digest('hex');
    const table = bytes === null ? null : this.#parse(bytes);
    if (table === null || !this.#placeColumns(table.rows[0]!, columns)) return;
    const width = table.rows[0]!.length;
    table.rows.forEach((cells, index) => {
      if (index === 0) return;
      const line = table.lines[index]!;
      if (cells.length !== width) {
        const isEmpty = cells.length === 1 && cells[0] === '';
        // The first cell that is missing or one too many.
        const place = isEmpty ? 1 : Math.min(cells.length, width) + 1;
        this.#add(line, place, '', `${width} cells`, isEmpty ? 'an empty line' : String(cells.length));
        return;
      }
      lines.push(line);
      for (const [column, place] of this.#places) this.#readCell(line, column, columns[column]!, cells[place]!);
    });
  }

  get rowCount(): number {
    return this.lines.length;
  }

  /** Whether nothing is wrong with the file so far. */
  get isSound(): boolean {
    return this.#faultCount === 0;
  }

  /** Whether the rows could be read, if not every cell. */
  get hasRows(): boolean {
    return this.#places.size > 0;
  }

  /** Cells of a `name` column by row; empty where the cell is refused. */
  names(column: string): readonly string[] {
    return this.#names.get(column) ?? [];
  }

  /** Cells of a column by row; NaN where the cell is refused. */
  numbers(column: string): readonly number[] {
    return this.#numbers.get(column) ?? [];
  }

  /** Adds a fault that only shows beside other rows or files. */
  refuse(row: number, column: string, expected: string, found: string): void {
    this.#add(this.lines[row]!, this.#places.get(column)! + 1, column, expected, found);
  }

  /** Adds a fault of the file as a whole. */
  refuseFile(expected: string, found: string): void {
    this.#add(0, 0, '', expected, found);
  }

  /** The first 20 faults in the order of the file, and one that counts the others. */
  faults(): readonly Fault[] {
    const faults = this.#faults.toSorted(
      ({ position: a }, { position: b }) => a!.line - b!.line || a!.column - b!.column,
    );
    const others = this.#faultCount - faults.length;
    if (others === 0) return faults;
    const position = { file: this.path, line: 0, column: 0 };
    return [...faults, { position, path: '', expected: 'no more faults', found: `${others} more` }];
  }

  #add(line: number, column: number, path: string, expected: string, found: string, suggestion?: string): void {
    if (this.#faultCount++ >= faultsMax) return;
    const fault = { position: { file: this.path, line, column }, path, expected, found };
    this.#faults.push(suggestion === undefined ? fault : { ...fault, suggestion });
  }

  #readBytes(): Uint8Array | null {
    try {
      const status = statSync(this.path);
      if (status.isDirectory()) this.refuseFile('a file', 'a directory');
      else if (!status.isFile()) this.refuseFile('a file', 'a device or pipe');
      else if (status.size === 0) this.refuseFile('rows under a header', 'an empty file');
      else if (status.size > bytesMax) this.refuseFile('a file of at most 64 MiB', `${status.size} bytes`);
      else return readFileSync(this.path);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (typeof code !== 'string') throw error;
      if (code === 'ENOENT' || code === 'ENOTDIR') this.refuseFile('a file', 'nothing there');
      else this.refuseFile('a file that can be read', code);
    }
    return null;
  }

  /** Rows with the lines they begin at, the header first. */
  #parse(bytes: Uint8Array): { readonly rows: readonly string[][]; readonly lines: readonly number[] } | null {
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
    } catch {
      this.refuseFile('a text in UTF-8', 'other bytes');
      return null;
    }
    const { data: rows, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
    let next = 1;
    const lines = rows.map((cells) => {
      const line = next;
      // A quoted cell may hold line ends of its own.
      next += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      return line;
    });
    for (const { row, message } of errors) this.#add(lines[row ?? 0]!, 1, '', 'cells of CSV', message);
    const last = rows.at(-1);
    if (last?.length === 1 && last[0] === '') rows.pop();
    if (rows.length === 0) this.refuseFile('rows under a header', 'an empty file');
    return rows.length === 0 || errors.length > 0 ? null : { rows, lines };
  }

  /** Finds the columns in the header; false if one is missing or stands there twice. */
  #placeColumns(header: readonly string[], columns: Readonly<Record<string, Column>>): boolean {
    const places = new Map<string, number>();
    for (const [name, { kind, isOptional }] of Object.entries(columns)) {
      const place = header.indexOf(name);
      if (place < 0) {
        if (!isOptional) this.#add(1, 1, '', `a column ${name}`, header.join(','), nearest(name, header));
        continue;
      }
      const again = header.indexOf(name, place + 1);
      if (again >= 0) this.#add(1, again + 1, '', `one column ${name}`, 'another one');
      places.set(name, place);
      if (kind === 'name') this.#names.set(name, []);
      else this.#numbers.set(name, []);
    }
    if (!this.isSound) return false;
    for (const [name, place] of places) this.#places.set(name, place);
    return true;
  }

  #readCell(line: number, name: string, column: Column, cell: string): void {
    const kind: Kind = kinds[column.kind];
    const value = kind.read(cell);
    const isRefused = Number.isNaN(value);
    if (isRefused) this.#add(line, this.#places.get(name)! + 1, name, kind.expected, cell || 'an empty cell');
    if (column.kind === 'name') this.#names.get(name)!.push(isRefused ? '' : cell);
    else this.#numbers.get(name)!.push(value);
  }
}
