import { describe, expect, it } from 'vitest';
import { majorityError } from '../../../sim/kernels/voting/majority-error.js';

/** The sum as it is written, for few voters. */
function written(m: number, phi: number): number {
  const n = 2 * m - 1;
  let sum = 0;
  let choose = 1;
  for (let j = 0; j <= n; j++) {
    if (j >= m) sum += choose * phi ** j * (1 - phi) ** (n - j);
    choose = (choose * (n - j)) / (j + 1);
  }
  return sum;
}

describe('majorityError', () => {
  it.each([
    [1, 0.05, 0.05],
    [2, 0.1, 0.028],
    [2, 0.35, 0.28175],
    [3, 0.05, 0.001158125],
    [3, 0.35, 0.235169375],
    [5, 0.2, 0.01958144],
    [5, 0.35, 0.17171928552734372],
  ])('for the first %i alike and errors of %d', (agreeing, phi, expected) => {
    expect(majorityError(agreeing, phi)).toBeCloseTo(expected, 12);
  });

  it('is the written sum for all small cases, 0 and 1 at the ends, a half at a half', () => {
    for (let m = 1; m <= 12; m++) {
      for (const phi of [0.001, 0.1, 0.3, 0.5, 0.77, 0.999]) {
        expect(Math.abs(majorityError(m, phi) - written(m, phi))).toBeLessThan(1e-13);
      }
      expect([majorityError(m, 0), majorityError(m, 1)]).toEqual([0, 1]);
      expect(majorityError(m, 0.5)).toBeCloseTo(0.5, 13);
    }
  });

  it('holds for thousands of voters', () => {
    expect(majorityError(5_000, 0.5)).toBeCloseTo(0.5, 12);
    expect(majorityError(5_000, 0.4)).toBeLessThan(1e-60);
    expect(majorityError(5_000, 0.6)).toBeCloseTo(1, 12);
  });
});
