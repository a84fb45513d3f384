import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantileOf, quantileSorted } from '../../sim/kernels/quantile.js';
import { Sample } from '../../sim/record/sample.js';

const probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

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

  it('gives what was seen since it was parted, whatever is done with what was seen across the part', () => {
    const sample = new Sample();
    const { mark } = sample;
    for (const value of [9, 8, 7]) sample.add(value);
    const parted = sample.parted();
    for (const value of [1, 2, 3]) sample.add(value);
    expect(quantileOf(sample.since(mark), 0.5)).toBe(5);
    expect([...sample.copySince(parted).values]).toEqual([1, 2, 3]);
    expect(sample.copySince(parted).mean).toBe(2);
    expect(sample.mean).toBe(5);
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
