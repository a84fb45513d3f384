import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowSet } from '../../../../sim/model/columns/rows/row-set.js';

const moves = fc.array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 80 });

function rowsOf(set: RowSet): number[] {
  return Array.from({ length: set.size }, (_, index) => set.at(index));
}

describe('RowSet', () => {
  it('holds what was added and not removed, each row once', () => {
    fc.assert(
      fc.property(moves, (history) => {
        const set = new RowSet(10);
        const expected = new Set<number>();
        for (const [isAdded, row] of history) {
          if (isAdded) {
            set.add(row);
            expected.add(row);
          } else {
            set.remove(row);
            expected.delete(row);
          }
        }
        expect(set.size).toBe(expected.size);
        expect(new Set(rowsOf(set))).toEqual(expected);
        for (let row = 0; row < 10; row++) expect(set.has(row)).toBe(expected.has(row));
      }),
      { seed: 1 },
    );
  });

  it('draws of given rows the one that a look at all of them would draw', () => {
    fc.assert(
      fc.property(
        moves,
        fc.uniqueArray(fc.nat(9)),
        fc.double({ min: 0, max: 1, maxExcluded: true }),
        (history, rows, luck) => {
          const set = new RowSet(10);
          for (const [isAdded, row] of history) isAdded ? set.add(row) : set.remove(row);
          const isSo = (row: number) => row % 3 !== 0;
          const all = set.drawnAmong((row) => isSo(row) && rows.includes(row), luck);
          expect(set.drawnOf(rows, isSo, luck)).toBe(all);
        },
      ),
      { seed: 2 },
    );
  });

  it('is in an order that its history alone decides: the last takes the place of one that is removed', () => {
    const set = new RowSet(5);
    for (const row of [3, 1, 4, 0]) set.add(row);
    set.add(1);
    set.remove(3);
    expect(rowsOf(set)).toEqual([0, 1, 4]);
    set.add(3);
    expect(rowsOf(set)).toEqual([0, 1, 4, 3]);
  });

  it('draws each row for which it is so as often, and NONE where it is so for none', () => {
    const set = new RowSet(10);
    for (let row = 0; row < 10; row++) set.add(row);
    const drawn = Array.from({ length: 40 }, (_, place) => set.drawnAmong((row) => row % 2 === 1, (place + 0.5) / 40));
    expect([1, 3, 5, 7, 9].map((row) => drawn.filter((one) => one === row).length)).toEqual([8, 8, 8, 8, 8]);
    expect(set.drawnAmong(() => false, 0.5)).toBe(-1);
  });
});
