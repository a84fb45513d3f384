import { describe, expect, test } from 'vitest';
import { largest, smallest } from '../../sim/kernels/extent.js';

describe('the extent of values', () => {
  test('is from the smallest to the largest', () => {
    expect([smallest([3, -1, 2]), largest([3, -1, 2])]).toEqual([-1, 3]);
    expect([smallest(Int32Array.of(7)), largest(new Set([7]))]).toEqual([7, 7]);
  });

  test('is empty without any, so that a bound beside it holds', () => {
    expect([smallest([]), largest([])]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(Math.max(0, largest([]))).toBe(0);
  });

  test('isn’t told where a value isn’t a number', () => {
    expect([smallest([1, Number.NaN, 2]), largest([1, Number.NaN, 2])]).toEqual([Number.NaN, Number.NaN]);
  });

  test('is found among more values than a call takes arguments', () => {
    const values = new Float64Array(1_000_000).map((_, index) => index);
    expect([smallest(values), largest(values)]).toEqual([0, 999_999]);
  });
});
