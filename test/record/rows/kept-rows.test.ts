import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptRows } from '../../../sim/record/rows/kept-rows.js';
import type { Cell, ColumnOf } from '../../../sim/record/tables/table.js';

interface Row {
  amount: number | null;
  name: string | null;
  isLate: boolean | null;
}

const columns: readonly ColumnOf<Row>[] = [
  { name: 'amount', unit: 'tokens', window: 'own', meaning: 'How much', value: ({ amount }) => amount },
  { name: 'name', unit: '', window: 'own', meaning: 'Whose', value: ({ name }) => name },
  { name: 'isLate', unit: '', window: 'own', meaning: 'Whether late', value: ({ isLate }) => isLate },
];

const cellsOf = (kept: KeptRows<Row>) => [...kept.toTable('kept', '').rows()];

describe('KeptRows', () => {
  it('gives back every cell of every row, across chunks, empty ones too', () => {
    const cell = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
    const row = fc.record<Row>({
      amount: cell(fc.double({ noNaN: true })),
      name: cell(fc.constantFrom('', 'a', 'b', '7', 'null')),
      isLate: cell(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
        const kept = new KeptRows(columns, 4);
        for (const each of rows) kept.keep(each);
        expect(kept.length).toBe(rows.length);
        expect(cellsOf(kept)).toEqual(rows.map(({ amount, name, isLate }) => [amount, name, isLate]));
      }),
      { seed: 1 },
    );
  });

  it('asks the columns when a row is kept, as it may stand for something else afterwards', () => {
    const kept = new KeptRows(columns);
    const row: Row = { amount: 1, name: 'first', isLate: false };
    kept.keep(row);
    Object.assign(row, { amount: 2, name: 'second', isLate: true });
    kept.keep(row);
    expect(cellsOf(kept)).toEqual([
      [1, 'first', false],
      [2, 'second', true],
    ]);
  });

  it('makes an empty cell of NaN', () => {
    const kept = new KeptRows(columns);
    kept.keep({ amount: Number.NaN, name: null, isLate: null });
    expect(cellsOf(kept)).toEqual([[null, null, null]]);
  });

  it('gives a table of the rows kept so far, with the columns as they were described', () => {
    const kept = new KeptRows(columns);
    kept.keep({ amount: 1, name: 'a', isLate: null });
    const table = kept.toTable('kept', 'What was kept');
    kept.keep({ amount: 2, name: 'b', isLate: null });
    expect([table.name, table.meaning, table.rowCount, [...table.rows()].length]).toEqual([
      'kept',
      'What was kept',
      1,
      1,
    ]);
    expect(table.columns.map(({ name, unit, window, meaning }) => [name, unit, window, meaning])).toEqual(
      columns.map(({ name, unit, window, meaning }) => [name, unit, window, meaning]),
    );
  });

  it('refuses a column whose cells are of two kinds', () => {
    const kept = new KeptRows<Cell>([{ name: 'reply', unit: '', window: 'own', meaning: '', value: (cell) => cell }]);
    for (const cell of [null, 'signed', null, 'refused']) kept.keep(cell);
    expect(() => kept.keep(7)).toThrow('column reply: expected a string, found the number 7');
    expect(() => kept.keep(true)).toThrow('column reply: expected a string, found the boolean true');
  });

  it('refuses two columns of one name', () => {
    const [amount] = columns;
    expect(() => new KeptRows([amount!, amount!])).toThrow("found 'amount' twice");
  });
});
