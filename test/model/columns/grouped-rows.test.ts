import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupedRows } from '../../../sim/model/columns/rows/grouped-rows.js';
import { RowSet } from '../../../sim/model/columns/rows/row-set.js';

const groupOf = Uint8Array.from({ length: 12 }, (_, row) => row % 3);

const rowsOf = (grouped: GroupedRows, group: number) => {
  const rows = grouped.group(group);
  return Array.from({ length: rows.size }, (_, index) => rows.at(index)).sort((a, b) => a - b);
};

test('groups hold the rows of their number, whenever they are asked for first', () => {
  const step = fc.record({ row: fc.nat(11), isIn: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, askedAt) => {
      const all = new RowSet(12);
      const grouped = new GroupedRows(all, groupOf);
      steps.forEach(({ row, isIn }, place) => {
        if (place === askedAt) grouped.group(0);
        if (isIn) all.add(row);
        else all.remove(row);
        if (isIn) grouped.added(row);
        else grouped.removed(row);
      });
      for (let group = 0; group < 4; group++) {
        const expected = [...groupOf.keys()].filter((row) => groupOf[row] === group && all.has(row));
        expect(rowsOf(grouped, group)).toEqual(expected);
      }
    }),
    { seed: 1 },
  );
});

test('one of those for which it is so is drawn, NONE without any', () => {
  const all = new RowSet(12);
  for (let row = 0; row < 12; row++) all.add(row);
  const group = new GroupedRows(all, groupOf).group(1);
  expect(group.drawnAmong((row) => row > 6, 0)).toBe(7);
  expect(group.drawnAmong((row) => row > 6, 0.999)).toBe(10);
  expect(group.drawnAmong(() => false, 0.5)).toBe(-1);
});
