import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../sim/kernels/area-under-curve.js';

const amounts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });

describe('areaUnderCurve', () => {
  it('is the share of pairs in which the low one scores below the high one, ties half', () => {
    fc.assert(
      fc.property(amounts, amounts, (low, high) => {
        const pairs = low.flatMap((a) => high.map((b) => (a < b ? 1 : a === b ? 0.5 : 0)));
        const expected = pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length;
        expect(areaUnderCurve(Float64Array.from(low), Float64Array.from(high))).toBeCloseTo(expected, 12);
      }),
      { seed: 4 },
    );
  });

  it('is NaN where one side is empty', () => {
    expect(areaUnderCurve(new Float64Array(0), Float64Array.of(1))).toBeNaN();
  });
});
