import { describe, expect, test } from 'vitest';
import { isBandOfQuantiles, spreadOf } from '../../../reports/series/spread.js';

describe('spreadOf', () => {
  test('is of ten replications and more the median between the 10th and the 90th percentile', () => {
    // type 7 of 0, 1, … 10: the 10th percentile is at place 1, the 90th at place 9
    const values = [10, 3, 7, 0, 5, 1, 9, 2, 8, 4, 6];
    expect(spreadOf(values)).toEqual({ low: 1, middle: 5, high: 9 });
    // of 0, 10, … 90 at places 0.9, 4.5 and 8.1
    const ten = Array.from({ length: 10 }, (_, at) => 10 * at);
    const { low, middle, high } = spreadOf(ten)!;
    expect([low, middle, high].map((value) => Number(value.toFixed(9)))).toEqual([9, 45, 81]);
    expect(isBandOfQuantiles(10)).toBe(true);
  });

  test('is of fewer the median between the least and the most', () => {
    expect(spreadOf([4, 1, 9])).toEqual({ low: 1, middle: 4, high: 9 });
    expect(spreadOf([4, 1])).toEqual({ low: 1, middle: 2.5, high: 4 });
    expect(spreadOf([0.1])).toEqual({ low: 0.1, middle: 0.1, high: 0.1 });
    expect(isBandOfQuantiles(9)).toBe(false);
  });

  test('leaves out replications that haven’t got the figure, and is null of none', () => {
    expect(spreadOf([null, 2, 6])).toEqual({ low: 2, middle: 4, high: 6 });
    expect(spreadOf([null, null])).toBeNull();
    expect(spreadOf([])).toBeNull();
  });
});
