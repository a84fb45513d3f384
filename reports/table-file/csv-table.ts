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
 * other places. Each is the same array with other cells, to be read before the next.
 */
function* picked(text: string, asked: readonly boolean[], hasUnit: readonly boolean[]): Generator<readonly Cell[]> {
  const end = text.length;
  const known = new Map<string, Cell>();
  let from = 0;
  let place = 0;
  let cells: Cell[] = [];
  for (let at = 0; at <= end; at++) {
    const code = at === end ? LINE_BREAK : text.charCodeAt(at);
    if (code !== COMMA && code !== LINE_BREAK) continue;
    if (asked[place] !== true || at === from) cells[place] = null;
    else {
      const number = hasUnit[place] ? numberIn(text, from, at) : Number.NaN;
      cells[place] = Number.isNaN(number) ? keptCell(text.slice(from, at), known) : number;
    }
    place++;
    from = at + 1;
    if (code === COMMA) continue;
    // a row of another length is a fault, which its reader finds
    if (place !== cells.length) cells = cells.slice(0, place);
    yield cells;
    place = 0;
  }
}

/** So many digits are exact in a double, and so are the powers of ten that they are divided by. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => Number(`1e${power}`));
const [ZERO, NINE, POINT, MINUS] = [48, 57, 46, 45];

/**
 * What `Number` makes of a part of the text, most often without the text: a quotient of two exact doubles is rounded
 * as the decimal is (W. D. Clinger, "How to read floating point numbers accurately", 1990).
 */
function numberIn(text: string, from: number, to: number): number {
  const isNegative = text.charCodeAt(from) === MINUS;
  let [mantissa, digits, decimals] = [0, 0, -1];
  for (let at = isNegative ? from + 1 : from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT && decimals < 0) decimals = 0;
    else if (code >= ZERO && code <= NINE) {
      mantissa = 10 * mantissa + (code - ZERO);
      digits++;
      if (decimals >= 0) decimals++;
    } else return Number(text.slice(from, to));
  }
  if (digits === 0 || digits > EXACT_DIGITS) return Number(text.slice(from, to));
  const size = decimals > 0 ? mantissa / POWERS[decimals]! : mantissa;
  return isNegative ? -size : size;
}

/** Names come again and again, and telling what a text is takes longer than looking it up. */
function keptCell(text: string, known: Map<string, Cell>): Cell {
  const before = known.get(text);
  if (before !== undefined) return before;
  const cell = toCell(text);
  if (known.size < NAMES_MOST) known.set(text, cell);
  return cell;
}

/** Kept of a piece; a column of texts that all differ would fill the memory. */
const NAMES_MOST = 1_000;
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
