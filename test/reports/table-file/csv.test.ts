import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { dataDictionary, writeCsv } from '../../../reports/table-file/csv.js';
import type { Cell, Column, Table } from '../../../sim/record/tables/table.js';
import { cellTable } from '../../support/tables.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder('csv');
});

function column(name: string): Column {
  return { name, unit: 'tokens', window: 'own', meaning: `what ${name} says` };
}

function written(table: Table): string {
  const path = join(folder, `${table.name}.csv`);
  writeCsv(table, path);
  return readFileSync(path, 'utf8');
}

function writtenCell(cell: Cell): string {
  const lines = written(cellTable('cell', [column('a'), column('b')], [[cell, 1]]));
  return lines.slice('a,b\n'.length, -',1\n'.length);
}

describe('writeCsv', () => {
  test('heads the file with the column names and ends every line in \\n', () => {
    expect(written(cellTable('two', [column('a'), column('bTokens')], [[1, 'x']]))).toBe('a,bTokens\n1,x\n');
  });

  test('of a table without rows is the header', () => {
    expect(written(cellTable('none', [column('a'), column('b')], []))).toBe('a,b\n');
  });

  test.each<[Cell, string]>([
    [null, ''],
    [true, 'true'],
    [false, 'false'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-1.5, '-1.5'],
    [1e21, '1e+21'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
  ])('writes %j as %j', (cell, text) => {
    expect(writtenCell(cell)).toBe(text);
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=1\n+2', '\u001b=1'])(
    'disarms the formula %j',
    (cell) => {
      expect(writtenCell(cell)).toMatch(/^"'/);
    },
  );

  test('drops terminal control codes from texts', () => {
    expect(writtenCell('\u001b[31mred\u001b[0m\u0007\u009b2J')).toBe('[31mred[0m2J');
  });

  test('writes each row once and in order when they fill several chunks', () => {
    const table: Table = {
      name: 'long',
      meaning: '',
      columns: [column('row'), column('square')],
      rowCount: 12_345,
      *rows() {
        // One array for all rows: a writer that keeps it would repeat the last one.
        const row = [0, 0];
        for (let i = 0; i < 12_345; i++) {
          row[0] = i;
          row[1] = i * i;
          yield row;
        }
      },
    };
    const { data } = Papa.parse<[number, number]>(written(table).trimEnd(), { dynamicTyping: true });
    expect(data.length).toBe(12_346);
    expect(data.slice(1).every(([row, square], at) => row === at && square === at * at)).toBe(true);
  });

  test('throws at a row that hasn’t one cell a column, and at a wrong row count', () => {
    const table: Table = { name: 'bad', meaning: '', columns: [column('a')], rowCount: 2, rows: () => [[1]] };
    expect(() => written(table)).toThrow('table bad: expected 2 rows, found 1');
    expect(() => written({ ...table, rows: () => [[1, 2]] })).toThrow('table bad, row 0: expected 1 cells, found 2');
  });
});

describe('dataDictionary', () => {
  test('has a row for every column of every table, in order', () => {
    const tables = [cellTable('nodes', [column('a'), column('b')], []), cellTable('jobs', [column('c')], [])];
    const dictionary = dataDictionary(tables);
    expect(dictionary.rowCount).toBe(3);
    expect([...dictionary.rows()]).toEqual([
      ['nodes.csv', 'a', 'tokens', 'own', 'what a says'],
      ['nodes.csv', 'b', 'tokens', 'own', 'what b says'],
      ['jobs.csv', 'c', 'tokens', 'own', 'what c says'],
    ]);
    expect(dictionary.columns.map(({ name }) => name)).toEqual(['file', 'column', 'unit', 'window', 'meaning']);
  });
});
