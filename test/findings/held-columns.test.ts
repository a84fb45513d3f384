import { describe, expect, it } from 'vitest';
import { heldColumns } from '../../sim/findings/held-columns.js';
import { type Cell, records, type Table } from '../../sim/record/tables/table.js';

/** A table that tells how often its rows were read. */
function tableOf(rows: readonly (readonly Cell[])[]) {
  let reads = 0;
  const columns = ['a', 'b', 'c'].map((name) => ({ name, unit: '', window: 'fixed' as const, meaning: name }));
  const table: Table = {
    name: 'some',
    meaning: 'Some rows',
    columns,
    rowCount: rows.length,
    rows: () => {
      reads++;
      return rows.values() as ReturnType<Table['rows']>;
    },
  };
  return { table, reads: () => reads };
}

describe('held columns', () => {
  // numbers, texts that come again, nothing, yes and no, in any order, beyond the room of the first rows
  const cellOf = (row: number): Cell => [row / 3, `text ${row % 5}`, null, true, -0, false, Number.MAX_VALUE][row % 7]!;
  const rows = Array.from({ length: 5_000 }, (_, row): readonly Cell[] => [cellOf(row), row * 0.1, `unheld ${row}`]);

  it('are the cells that were read, read once', () => {
    const { table, reads } = tableOf(rows);
    const held = heldColumns(table, ['a', 'b']);
    expect(reads()).toBe(1);
    for (let time = 0; time < 2; time++) {
      expect([...records(held, ['b', 'a'])].map(({ a, b }) => [a, b])).toEqual(rows.map(([a, b]) => [a, b]));
    }
    expect(reads()).toBe(1);
    expect(held.rowCount).toBe(5_000);
  });

  it('leave others to the table', () => {
    const { table, reads } = tableOf(rows);
    const held = heldColumns(table, ['a']);
    expect([...records(held, ['a', 'c'])].map(({ c }) => c)).toEqual(rows.map(([, , c]) => c));
    expect(reads()).toBe(2);
  });
});
