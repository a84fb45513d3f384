import { describe, expect, test } from 'vitest';
import { namedStream } from '../../sim/engine/random-stream.js';
import {
  deviationOf,
  meanInterval,
  meanOf,
  medianInterval,
  quantileInterval,
  quartilesOf,
  shareInterval,
} from '../../sim/kernels/intervals.js';
import { studentQuantile } from '../../sim/kernels/student-t.js';

describe('Student’s t', () => {
  // 97.5 % and 99.5 % points of Abramowitz and Stegun, table 26.10
  test.each([
    [1, 12.706204736, 63.656741162],
    [2, 4.30265273, 9.924843201],
    [5, 2.570581836, 4.032142984],
    [10, 2.228138852, 3.169272673],
    [19, 2.093024054, 2.860934606],
    [60, 2.000297822, 2.660283029],
    [120, 1.979930405, 2.617421146],
    [100_000, 1.959987708, 2.57587847],
  ])('of %i degrees of freedom has the points of the tables', (degrees, wide, wider) => {
    expect(studentQuantile(0.975, degrees)).toBeCloseTo(wide, 7);
    expect(studentQuantile(0.995, degrees)).toBeCloseTo(wider, 7);
    expect(studentQuantile(0.025, degrees)).toBe(-studentQuantile(0.975, degrees));
  });

  test('has the closed forms of one and two degrees of freedom', () => {
    for (const p of [0.5001, 0.6, 0.9, 0.99, 0.999_9]) {
      expect(studentQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5))).toBeCloseTo(1, 8);
      const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
      expect(studentQuantile(p, 2) / two).toBeCloseTo(1, 8);
    }
    expect(studentQuantile(0.5, 7)).toBe(0);
  });

  test('of what isn’t a probability, or of no freedom, is refused', () => {
    for (const bad of [0, 1, -1, Number.NaN]) expect(() => studentQuantile(bad, 3)).toThrow(/probability/);
    expect(() => studentQuantile(0.9, 0)).toThrow(/degree/);
  });
});

describe('the interval of a mean', () => {
  test('is that of the textbook', () => {
    // G. Snedecor, W. Cochran: mean 5.5, s = 3.0277, n = 10
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(deviationOf(values)).toBeCloseTo(3.02765, 5);
    const { low, high } = meanInterval(values);
    expect([low, high].map((end) => end.toFixed(4))).toEqual(['3.3341', '7.6659']);
    expect(meanInterval([4])).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(meanInterval([4, 4, 4])).toEqual({ low: 4, high: 4 });
  });

  test('holds the mean in 95 of a hundred experiments, by its binomial bounds', () => {
    const draw = namedStream('interval coverage');
    let held = 0;
    for (let experiment = 0; experiment < 2_000; experiment++) {
      // the sum of twelve uniform draws is near enough to normal
      const values = Array.from({ length: 8 }, () => meanOf(Array.from({ length: 12 }, () => draw())));
      const { low, high } = meanInterval(values);
      if (low <= 0.5 && 0.5 <= high) held++;
    }
    // 95 % ± four standard deviations
    expect(Math.abs(held / 2_000 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 2_000));
  });
});

describe('the interval of a median', () => {
  test('lies between the order statistics of the tables', () => {
    const upTo = (n: number) => Array.from({ length: n }, (_, place) => n - place);
    // H. David, H. Nagaraja: 95 % of 6 to 20 draws
    expect(medianInterval(upTo(5))).toEqual({ low: Number.NaN, high: Number.NaN });
    expect(medianInterval(upTo(6))).toEqual({ low: 1, high: 6 });
    expect(medianInterval(upTo(9))).toEqual({ low: 2, high: 8 });
    expect(medianInterval(upTo(15))).toEqual({ low: 4, high: 12 });
    expect(medianInterval(upTo(20))).toEqual({ low: 6, high: 15 });
    // n/2 ± 1.96 √n/2 of many
    const { low, high } = medianInterval(upTo(4_000));
    expect(Math.abs(low - (2_000 - 0.98 * Math.sqrt(4_000)))).toBeLessThan(2);
    expect(low + high).toBe(4_001);
  });

  test('holds the median of a skew distribution at least as often as it says', () => {
    const draw = namedStream('median coverage');
    let held = 0;
    for (let experiment = 0; experiment < 1_000; experiment++) {
      const { low, high } = medianInterval(Array.from({ length: 11 }, () => draw() ** 5));
      if (low <= 0.5 ** 5 && 0.5 ** 5 <= high) held++;
    }
    expect(held / 1_000).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / 1_000));
  });
});

test('quartiles are of type 7', () => {
  expect(quartilesOf([4, 1, 3, 2])).toEqual({ q25: 1.75, median: 2.5, q75: 3.25 });
  expect(quartilesOf([]).median).toBeNaN();
});

describe('the interval of a quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, place) => place + 1);

  test('lies between the order statistics that the binomial distribution gives', () => {
    // binomial(100, 0.9): P(X < 83) = 0.0100, P(X < 84) = 0.0206, P(X < 85) = 0.0399;
    // binomial(100, 0.1): P(X < 4) = 0.0078, P(X < 5) = 0.0237, P(X < 6) = 0.0576
    expect(quantileInterval(hundred, 0.9)).toEqual({ low: 84, high: 96 });
    expect(quantileInterval(hundred, 0.5)).toEqual(medianInterval(hundred));
  });

  test('has no end on a side for which the draws are too few', () => {
    // 0.9 to the tenth is 35 %; binomial(10, 0.9): P(X < 7) = 0.0128, P(X < 8) = 0.0702
    expect(quantileInterval(hundred.slice(0, 10), 0.9)).toEqual({ low: 7, high: Number.POSITIVE_INFINITY });
    expect(quantileInterval([], 0.9).low).toBeNaN();
  });
});

describe('the interval of a share', () => {
  // by hand: none of n: 1 − (α/2)^(1/n); half of two: 1 − √(1 − α/2) and its mirror
  test('is Clopper’s and Pearson’s', () => {
    expect(shareInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** 0.1, 12) });
    expect(shareInterval(10, 10)).toEqual({ low: expect.closeTo(0.025 ** 0.1, 12), high: 1 });
    const { low, high } = shareInterval(1, 2);
    expect([low, high]).toEqual([expect.closeTo(1 - Math.sqrt(0.975), 12), expect.closeTo(Math.sqrt(0.975), 12)]);
    // 95 % for 81 of 263, of the handbooks
    const known = shareInterval(81, 263);
    expect([known.low, known.high].map((end) => end.toFixed(4))).toEqual(['0.2527', '0.3676']);
    expect(shareInterval(0, 0).low).toBeNaN();
  });

  test('of a thousand trials doesn’t underflow', () => {
    const { low, high } = shareInterval(999, 1_000, 0.999);
    expect(low).toBeGreaterThan(0.98);
    expect(high).toBeLessThan(1);
  });
});
