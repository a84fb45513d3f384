import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaUnderCurve,
  gini,
  nakamotoCoefficient,
  quantileOf,
  quantileSorted,
  quantilesOf,
  Sample,
} from '../../sim/kernels/quantile.js';

const amounts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 });
const probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

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

describe('Sample', () => {
  it('selects what sorting finds, in whatever order quantiles are asked for', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.shuffledSubarray(probabilities, { minLength: 1 }), (list, asked) => {
        const sample = new Sample();
        for (const value of list) sample.add(value);
        const sorted = Float64Array.from(list).sort();
        for (const probability of asked) {
          expect(sample.quantile(probability)).toBe(quantileSorted(sorted, probability));
        }
      }),
      { seed: 1 },
    );
  });

  it('keeps every value beyond its first capacity', () => {
    const sample = new Sample();
    for (let value = 5_000; value > 0; value--) sample.add(value);
    expect([sample.length, sample.mean, sample.quantile(0.5), sample.quantile(1)]).toEqual([
      5_000, 2_500.5, 2_500.5, 5_000,
    ]);
  });

  it('without values has no quantile and no mean', () => {
    const sample = new Sample();
    expect([sample.quantile(0.5), sample.mean]).toEqual([Number.NaN, Number.NaN]);
  });

  it('leaves out what was seen before it started anew, also from what is asked since an earlier mark', () => {
    const sample = new Sample();
    for (const value of [9, 1, 5]) sample.add(value);
    const { mark } = sample;
    sample.add(100);
    sample.startAnew();
    expect([sample.length, sample.mean, sample.quantile(0.5)]).toEqual([0, Number.NaN, Number.NaN]);
    for (const value of [2, 8]) sample.add(value);
    expect([...sample.since(mark)]).toEqual([100, 2, 8]);
    expect([sample.length, sample.mean, sample.quantile(0.5)]).toEqual([2, 5, 5]);
  });

  it('lets in nothing that was left out, whatever is done with what was seen across the border', () => {
    const sample = new Sample();
    for (const value of [9, 8, 7]) sample.add(value);
    sample.startAnew();
    for (const value of [1, 2, 3]) sample.add(value);
    expect(quantileOf(sample.since(1), 0.5)).toBe(3);
    expect([sample.quantile(0), sample.quantile(1)]).toEqual([1, 3]);
    quantileOf(sample.since(3), 0.5);
    expect([sample.mean, sample.quantile(0), sample.quantile(1)]).toEqual([2, 1, 3]);
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
