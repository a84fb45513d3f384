import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import Papa from 'papaparse';
import type { Cell, Column, Table } from '../../sim/record/tables/table.js';

const PIECE_BYTES = 1 << 20;

/** Where the file of a table can't have come from `writeCsv`; the message says what was expected and found. */
export class CsvFault extends Error {
  readonly expected: string;
  readonly found: string;

  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${found}`);
    this.name = 'CsvFault';
    this.expected = expected;
    this.found = found;
  }
}

/**
 * A table as `writeCsv` left it, read piece by piece each time that its rows are asked for.
 *
 * A cell is a number, true, false or null where it reads back as the same text, and text otherwise; asked for some
 * places, it takes what stands in a column with a unit for a number, which is quicker. Throws CsvFault
 * where the header isn't that of the columns or a row hasn't one cell a column; what the operating system refuses it
 * throws as it is.
 */
export function readCsv(path: string, name: string, columns: readonly Column[]): Table {
  let rowCount = -1;
  const records = recordsOf(path);
  const header = records.next().value ?? [];
  records.return(undefined);
  const expected = columns.map((column) => column.name).join(',');
  if (header.join(',') !== expected) throw new CsvFault(`columns ${expected}`, header.join(',') || 'nothing');
  const hasUnit = columns.map(({ unit }) => unit !== '');
  const table = {
    name,
    meaning: '',
    columns,
    get rowCount() {
      if (rowCount < 0) {
        rowCount = 0;
        for (const _ of table.rows()) rowCount++;
      }
      return rowCount;
    },
    *rows(places?: ReadonlySet<number>) {
      const asked = places && columns.map((_, at) => places.has(at));
      let line = 0;
      for (const piece of piecesOf(path)) {
        // Most tables have no quotes, and what isn't asked for needn't be read.
        const isPlain = asked !== undefined && !piece.includes('"');
        for (const record of isPlain ? picked(piece, asked, hasUnit) : parse(piece)) {
          if (line++ === 0) continue;
          if (record.length !== columns.length) {
            throw new CsvFault(`${columns.length} cells in row ${line - 1}`, String(record.length));
          }
          yield isPlain ? record : (record as string[]).map(toCell);
        }
      }
    },
  };
  return table;
}

/**
 * The records of a text without quotes: cells that are asked for, numbers where the column has a unit, and null at
 * other places.
 */
function* picked(text: string, asked: readonly boolean[], hasUnit: readonly boolean[]): Generator<Cell[]> {
  const end = text.length;
  let from = 0;
  let cells: Cell[] = [];
  for (let at = 0; at <= end; at++) {
    const code = at === end ? LINE_BREAK : text.charCodeAt(at);
    if (code !== COMMA && code !== LINE_BREAK) continue;
    const place = cells.length;
    if (asked[place] !== true || at === from) cells.push(null);
    else {
      const cell = text.slice(from, at);
      const number = hasUnit[place] ? Number(cell) : Number.NaN;
      cells.push(Number.isNaN(number) ? toCell(cell) : number);
    }
    from = at + 1;
    if (code === COMMA) continue;
    yield cells;
    cells = [];
  }
}

const COMMA = 44;
const LINE_BREAK = 10;

const NUMBER = /^-?\d+(\.\d+)?(e[+-]\d+)?$/;

// `writeCsv` puts an apostrophe before a text that a spreadsheet would run.
const DISARMED = /^'(?=[=+\-@\t\r])/;

function toCell(text: string): Cell {
  if (text === '') return null;
  if (NUMBER.test(text)) {
    const value = Number(text);
    return String(value) === text ? value : text;
  }
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text.replace(DISARMED, '');
}

function* recordsOf(path: string): Generator<string[], undefined> {
  for (const piece of piecesOf(path)) yield* parse(piece);
}

/** The text of a file of any size, in pieces that end where no quoted cell is open, without the line break there. */
function* piecesOf(path: string): Generator<string, undefined> {
  const file = openSync(path, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.alloc(PIECE_BYTES);
    let rest = '';
    for (;;) {
      const length = readSync(file, bytes);
      if (length === 0) break;
      rest += decoder.write(bytes.subarray(0, length));
      const end = lastRecordEnd(rest);
      if (end > 0) yield rest.slice(0, end - 1);
      rest = rest.slice(end);
    }
    rest += decoder.end();
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}

function parse(text: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data;
}

/** The place behind the last line break that ends a record; 0 where there is none. */
function lastRecordEnd(text: string): number {
  let isQuoted = false;
  let end = 0;
  let from = 0;
  for (let quote = text.indexOf('"'); ; quote = text.indexOf('"', quote + 1)) {
    const to = quote < 0 ? text.length : quote;
    if (!isQuoted) {
      const found = text.lastIndexOf('\n', to - 1);
      if (found >= from) end = found + 1;
    }
    if (quote < 0) return end;
    isQuoted = !isQuoted;
    from = quote + 1;
  }
}
