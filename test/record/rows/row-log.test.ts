import { describe, expect, it } from 'vitest';
import { RowLog } from '../../../sim/record/rows/row-log.js';

describe('RowLog', () => {
  it('gives back every row by name and in order, across chunks, any number of times', () => {
    const log = new RowLog(['plus', 'minus'], 3);
    const rows = Array.from({ length: 10 }, (_, row) => ({ plus: row, minus: -row / 3 }));
    for (const row of rows) log.add(row);
    expect(log.length).toBe(10);
    expect([...log]).toEqual(rows);
    expect([...log]).toEqual(rows);
  });

  it('keeps the numbers, not the object, which may be used again', () => {
    const log = new RowLog(['amount']);
    const row = { amount: 1 };
    log.add(row);
    row.amount = 2;
    log.add(row);
    expect([...log]).toEqual([{ amount: 1 }, { amount: 2 }]);
  });

  it('without rows has none', () => {
    expect([...new RowLog(['amount'])]).toEqual([]);
  });

  it('refuses two of one name', () => {
    expect(() => new RowLog(['time', 'node', 'time'])).toThrow("expected each column once, found 'time' twice");
  });
});
