import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gini, nakamotoCoefficient } from '../../sim/kernels/concentration.js';

const amounts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });

describe('gini', () => {
  it('is 0 for equal amounts, 1 − 1/n when one has all, 0.25 for 1, 2, 3, 4', () => {
    expect(gini(Float64Array.of(5, 5, 5))).toBeCloseTo(0, 12);
    expect(gini(Float64Array.of(0, 0, 0, 8))).toBeCloseTo(0.75, 12);
    expect(gini(Float64Array.of(3, 1, 4, 2))).toBeCloseTo(0.25, 12);
  });

  it('is half the mean difference over the mean', () => {
    fc.assert(
      fc.property(amounts, (list) => {
        fc.pre(list.some((amount) => amount > 0));
        const total = list.reduce((sum, amount) => sum + amount, 0);
        const differences = list.flatMap((a) => list.map((b) => Math.abs(a - b))).reduce((sum, one) => sum + one, 0);
        expect(gini(Float64Array.from(list))).toBeCloseTo(differences / (2 * list.length * total), 9);
      }),
      { seed: 2 },
    );
  });

  it('leaves the amounts in their order and is NaN where there is nothing', () => {
    const list = Float64Array.of(3, 1, 2);
    gini(list);
    expect([...list]).toEqual([3, 1, 2]);
    expect(gini(Float64Array.of(0, 0))).toBeNaN();
    expect(gini(new Float64Array(0))).toBeNaN();
  });
});

describe('nakamotoCoefficient', () => {
  it('is the size of the smallest group that has more than half: exactly half isn’t enough', () => {
    expect(nakamotoCoefficient(Float64Array.of(1, 1, 1, 1))).toBe(3);
    expect(nakamotoCoefficient(Float64Array.of(5, 1, 1, 1))).toBe(1);
    expect(nakamotoCoefficient(Float64Array.of(3, 1, 1, 1))).toBe(2);
    expect(nakamotoCoefficient(Float64Array.of(0, 0))).toBeNaN();
  });

  it('is what trying every group finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }), (list) => {
        const total = list.reduce((sum, amount) => sum + amount, 0);
        fc.pre(total > 0);
        let fewest = list.length;
        for (let group = 1; group < 1 << list.length; group++) {
          const members = list.filter((_, index) => (group >> index) & 1);
          const held = members.reduce((sum, amount) => sum + amount, 0);
          if (held > total / 2) fewest = Math.min(fewest, members.length);
        }
        expect(nakamotoCoefficient(Float64Array.from(list))).toBe(fewest);
      }),
      { seed: 3 },
    );
  });
});
