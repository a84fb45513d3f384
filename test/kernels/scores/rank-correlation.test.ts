import { expect, it } from 'vitest';
import { shareOfLargest } from '../../../sim/kernels/concentration.js';
import { rankCorrelation } from '../../../sim/kernels/scores/rank-correlation.js';

const of = (first: number[], second: number[]) => rankCorrelation(Float64Array.from(first), Float64Array.from(second));

it('the rank correlation is 1 in the same order, −1 in the opposite one, whatever the distances', () => {
  expect(of([1, 2, 3, 100], [0, 5, 6, 7])).toBeCloseTo(1, 12);
  expect(of([1, 2, 3], [9, 5, 0])).toBeCloseTo(-1, 12);
  // 1 − 6·Σd²/(n(n² − 1)) = 1 − 6·2/(4·15)
  expect(of([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
});

it('the rank correlation gives equal values the mean of their ranks, and is NaN without two different ones', () => {
  // ranks 1.5, 1.5, 3 against 1, 2, 3: 1.5/√(1.5·2)
  expect(of([1, 1, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3), 12);
  expect(of([1, 1, 1], [1, 2, 3])).toBeNaN();
  expect(of([], [])).toBeNaN();
});

it('the share of the largest is that of all where there are no more', () => {
  expect(shareOfLargest(Float64Array.of(1, 4, 3, 2), 2)).toBeCloseTo(0.7, 12);
  expect(shareOfLargest(Float64Array.of(1, 4), 10)).toBe(1);
  expect(shareOfLargest(Float64Array.of(0, 0), 1)).toBeNaN();
});
