import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeCsv } from '../../../reports/table-file/csv.js';
import { CsvFault, readCsv } from '../../../reports/table-file/csv-table.js';
import type { Cell, Column } from '../../../sim/record/tables/table.js';
import { cellTable } from '../../support/tables.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: string;
beforeAll(() => {
  folder = temporaryFolder('csv-table');
});

const columns = ['a', 'b'].map((name): Column => ({ name, unit: 'd', window: 'own', meaning: name }));

function readBack(rows: readonly (readonly Cell[])[]) {
  const path = join(folder, 'table.csv');
  writeCsv(cellTable('table', columns, rows), path);
  return readCsv(path, 'table', columns);
}

describe('readCsv', () => {
  test.each<Cell>([
    ...[0, -1.5, 0.1 + 0.2, 1e21, 1e-7, Number.MAX_SAFE_INTEGER, true, false, null],
    ...['plain', 'a,b', 'say "no"', 'two\nlines', '\n', '"', '=1+1', '-2', '@x', '\t=1', '007', '1e5', "it's", 'é€😀'],
  ])('gives %j back as it was written', (cell) => {
    const table = readBack([[cell, 1]]);
    expect([...table.rows()]).toEqual([[cell, 1]]);
    expect(table.columns).toEqual(columns);
  });

  test('gives numbers of columns that are asked for as JavaScript reads them, to the last bit', () => {
    const written = ['0', '-0', '7', '-12.5', '0.1', '0.30000000000000004', '123456789012345', '1234567890.12345'];
    const more = ['9007199254740993', '1e21', '-1.5e-7', '0.000001', '99.99999999999999', '4.35', '5e-324', '1.'];
    // a thousand of 1 to 15 digits, and a point anywhere
    let state = 1;
    const draw = (below: number) => {
      state = (state * 16_807) % 2_147_483_647;
      return state % below;
    };
    const drawn = Array.from({ length: 1_000 }, () => {
      const digits = Array.from({ length: 2 + draw(14) }, () => draw(10)).join('');
      const point = 1 + draw(digits.length - 1);
      return `${draw(2) === 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
    });
    const all = [...written, ...more, ...drawn];
    const path = join(folder, 'numbers.csv');
    writeFileSync(path, `a,b\n${all.map((text) => `${text},x`).join('\n')}\n`);
    const read = Array.from(readCsv(path, 'numbers', columns).rows(new Set([0])), ([cell]) => cell);
    expect(read).toEqual(all.map(Number));
  });

  test('asked for places gives texts and leaves the rest empty, and finds rows of another length', () => {
    const path = join(folder, 'places.csv');
    writeFileSync(path, 'a,b\n1,honest\n2,true\n3,\n');
    const texts = (name: string) => Array.from(readCsv(path, name, columns).rows(new Set([1])), (row) => [...row]);
    expect(texts('places')).toEqual([
      [null, 'honest'],
      [null, true],
      [null, null],
    ]);
    for (const row of ['4', '4,5,6']) {
      writeFileSync(path, `a,b\n1,x\n${row}\n`);
      expect(() => texts('places')).toThrow(new CsvFault('2 cells in row 2', String(row.split(',').length)));
    }
  });

  test('gives every row once and in order, also where a piece ends within a quoted cell or a letter', () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => [row, `é "${row}",\n€\n`.repeat(1 + (row % 3))]);
    const table = readBack(rows);
    let row = 0;
    for (const cells of table.rows()) expect(cells).toEqual(rows[row++]);
    expect(row).toBe(60_000);
    expect(table.rowCount).toBe(60_000);
  });

  test('starts anew each time that rows are asked for, and ends well when not all are taken', () => {
    const table = readBack([
      [1, 2],
      [3, 4],
    ]);
    for (const row of table.rows()) {
      expect(row).toEqual([1, 2]);
      break;
    }
    expect([...table.rows()]).toEqual([...table.rows()]);
    expect(readBack([]).rowCount).toBe(0);
  });

  test('throws CsvFault for other columns and for a row that hasn’t one cell a column', () => {
    const path = join(folder, 'bad.csv');
    writeFileSync(path, 'a,c\n1,2\n');
    expect(() => readCsv(path, 'bad', columns)).toThrow(new CsvFault('columns a,b', 'a,c'));
    writeFileSync(path, '');
    expect(() => readCsv(path, 'bad', columns)).toThrow(new CsvFault('columns a,b', 'nothing'));
    writeFileSync(path, 'a,b\n1,2\n3\n');
    expect(() => [...readCsv(path, 'bad', columns).rows()]).toThrow(new CsvFault('2 cells in row 2', '1'));
  });
});
