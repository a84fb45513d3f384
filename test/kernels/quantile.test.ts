import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOf, quantileSorted, quantilesOf } from '../../sim/kernels/quantile.js';

describe('quantileSorted', () => {
  it('is type 7: the quartiles of 1, 2, 3, 4, 10 are 2, 3 and 4, of 1 to 4 they are 1.75, 2.5 and 3.25', () => {
    const five = [1, 2, 3, 4, 10];
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantileSorted(five, p))).toEqual([1, 2, 3, 4, 10]);
    expect(quantileSorted(five, 0.9)).toBeCloseTo(7.6, 12);
    expect([0.25, 0.5, 0.75].map((p) => quantileSorted([1, 2, 3, 4], p))).toEqual([1.75, 2.5, 3.25]);
  });

  it('of one value is that value, of none NaN', () => {
    expect([quantileSorted([7], 0.3), quantileSorted([], 0.3)]).toEqual([7, Number.NaN]);
  });
});

describe('quantilesOf', () => {
  it('gives what quantileOf does, one by one', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 100 });
    fc.assert(
      fc.property(values, (list) => {
        const asked = [0, 0.05, 0.5, 0.5, 0.95, 1];
        const single = asked.map((probability) => quantileOf(Float64Array.from(list), probability));
        expect(quantilesOf(Float64Array.from(list), asked)).toEqual(single);
      }),
      { seed: 2 },
    );
  });
});
