import { beforeAll, describe, expect, it } from 'vitest';
import { KeyedDraw, namedStream, RANDOM_ALGORITHMS } from '../../sim/engine/random-stream.js';

const SAMPLES = 1_000_000;
const CELLS = 1000;
/** 4 standard deviations of chi-squared with 999 degrees of freedom around its mean; seeds are fixed. */
const CHI_SQUARED = [999 - 4 * Math.sqrt(2 * 999), 999 + 4 * Math.sqrt(2 * 999)] as const;

function chiSquared(draw: (i: number) => number): number {
  const counts = new Int32Array(CELLS);
  for (let i = 0; i < SAMPLES; i++) counts[Math.floor(draw(i) * CELLS)]!++;
  const expected = SAMPLES / CELLS;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Correlation of two uniform sequences; unrelated ones give 0 with a standard deviation of 0.001. */
function correlation(first: (i: number) => number, second: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) sum += (first(i) - 0.5) * (second(i) - 0.5);
  return (12 * sum) / SAMPLES;
}

describe('namedStream', () => {
  it('changes its sequence only on purpose', () => {
    const uniform = namedStream('sybil-1');
    expect([uniform(), uniform(), uniform()]).toEqual([0.20641604977660144, 0.8264536155137774, 0.480071878524458]);
  });

  it('gives equal sequences for equal names and others for other names', () => {
    const take = (name: string): number[] => Array.from({ length: 5 }, namedStream(name));
    expect(take('a')).toEqual(take('a'));
    expect(take('a')).not.toEqual(take('b'));
    expect(take('1')).toEqual(take(1 as unknown as string));
  });

  it('is uniform in [0, 1) with 53 bits', () => {
    const uniform = namedStream('uniform');
    const statistic = chiSquared(() => uniform());
    expect(statistic).toBeGreaterThan(CHI_SQUARED[0]);
    expect(statistic).toBeLessThan(CHI_SQUARED[1]);
    let low = 0;
    for (let i = 0; i < 1000; i++) {
      const scaled = uniform() * 2 ** 53;
      expect(Number.isInteger(scaled)).toBe(true);
      low += scaled % 2;
    }
    expect(low).toBeGreaterThan(400);
    expect(low).toBeLessThan(600);
  });
});

describe('KeyedDraw', () => {
  let keyed = new KeyedDraw('');
  beforeAll(() => {
    keyed = new KeyedDraw('keyed');
  });

  it('changes its draws only on purpose', () => {
    const draws = [keyed.uniform(0, 0, 0), keyed.uniform(2 ** 40 + 1, 7, 3), keyed.below(1000, 5, 0, 1)];
    expect(draws).toEqual([0.09174829119105021, 0.5452539426506342, 721]);
    expect(RANDOM_ALGORITHMS).toContain('xor4096');
  });

  it('is a pure function of name, ordinal, number and purpose, and depends on each, high words too', () => {
    const base = keyed.uniform(3, 4, 5);
    expect(new KeyedDraw('keyed').uniform(3, 4, 5)).toBe(base);
    const others = [
      new KeyedDraw('other').uniform(3, 4, 5),
      keyed.uniform(4, 4, 5),
      keyed.uniform(3 + 2 ** 32, 4, 5),
      keyed.uniform(3 + 2 ** 52, 4, 5),
      keyed.uniform(3, 5, 5),
      keyed.uniform(3, 4 + 2 ** 31, 5),
      keyed.uniform(3, 4, 6),
      keyed.uniform(4, 3, 5),
      keyed.uniform(3, 5, 4),
      keyed.uniform(5, 4, 3),
    ];
    expect(new Set([base, ...others]).size).toBe(11);
  });

  const neighbours: Record<string, (i: number) => number> = {
    ordinals: (i) => keyed.uniform(i, 0, 0),
    'ordinals beyond 2^32': (i) => keyed.uniform(2 ** 32 * (i % 1000) + Math.floor(i / 1000), 1, 1),
    numbers: (i) => keyed.uniform(7, i, 2),
    purposes: (i) => keyed.uniform(7, 3, i),
    'ordinals, numbers and purposes together': (i) => keyed.uniform(i % 100, Math.floor(i / 100) % 100, i / 10_000),
    'powers of two apart': (i) => keyed.uniform(i * 4096, 0, 0),
  };
  for (const [name, draw] of Object.entries(neighbours)) {
    it(`is uniform over neighbouring ${name}`, () => {
      const statistic = chiSquared(draw);
      expect(statistic).toBeGreaterThan(CHI_SQUARED[0]);
      expect(statistic).toBeLessThan(CHI_SQUARED[1]);
    });

    it(`has no serial correlation over neighbouring ${name}, at distances 1, 2 and 100`, () => {
      for (const distance of [1, 2, 100]) {
        expect(Math.abs(correlation(draw, (i) => draw(i + distance)))).toBeLessThan(0.004);
      }
    });

    it(`fills the 100 x 100 squares of successive pairs evenly over neighbouring ${name}`, () => {
      const counts = new Int32Array(10_000);
      for (let i = 0; i < SAMPLES; i++) counts[Math.floor(draw(i) * 100) * 100 + Math.floor(draw(i + 1) * 100)]!++;
      const statistic = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
      expect(Math.abs(statistic - 9999)).toBeLessThan(5 * Math.sqrt(2 * 9999));
    });
  }

  it('has no correlation between purposes, numbers and names of the same thing', () => {
    const other = new KeyedDraw('keyed2');
    const base = (i: number): number => keyed.uniform(i, 1, 1);
    expect(Math.abs(correlation(base, (i) => keyed.uniform(i, 1, 2)))).toBeLessThan(0.004);
    expect(Math.abs(correlation(base, (i) => keyed.uniform(i, 2, 1)))).toBeLessThan(0.004);
    expect(Math.abs(correlation(base, (i) => other.uniform(i, 1, 1)))).toBeLessThan(0.004);
  });

  it('sets each of the 53 bits in half of the draws', () => {
    const ones = new Int32Array(53);
    for (let i = 0; i < 100_000; i++) {
      let rest = keyed.uniform(i, 0, 9) * 2 ** 53;
      for (let bit = 0; bit < 53; bit++) {
        ones[bit]! += rest % 2;
        rest = Math.floor(rest / 2);
      }
    }
    // 4.5 standard deviations of 158.
    for (const count of ones) expect(Math.abs(count - 50_000)).toBeLessThan(712);
  });

  it('flips each bit of the draw with probability 1/2 when any one bit of an argument flips', () => {
    const trials = 4000;
    const flip = (value: number, bit: number): number =>
      Math.floor(value / 2 ** bit) % 2 === 0 ? value + 2 ** bit : value - 2 ** bit;
    const check = (bits: number, pair: (i: number, bit: number) => [number, number]): void => {
      for (let bit = 0; bit < bits; bit++) {
        const flips = new Int32Array(53);
        for (let i = 0; i < trials; i++) {
          const [x, y] = pair(i, bit);
          let a = x * 2 ** 53;
          let b = y * 2 ** 53;
          for (let k = 0; k < 53; k++) {
            if (a % 2 !== b % 2) flips[k]!++;
            a = Math.floor(a / 2);
            b = Math.floor(b / 2);
          }
        }
        // 5.5 standard deviations of 31.6.
        for (const count of flips) expect(Math.abs(count - trials / 2)).toBeLessThan(174);
      }
    };
    check(53, (i, bit) => [keyed.uniform(i, i % 7, 1), keyed.uniform(flip(i, bit), i % 7, 1)]);
    check(32, (i, bit) => [keyed.uniform(i, i % 7, 1), keyed.uniform(i, flip(i % 7, bit), 1)]);
    check(32, (i, bit) => [keyed.uniform(i, 0, i % 11), keyed.uniform(i, 0, flip(i % 11, bit))]);
  });

  it('below(bound) is an integer from 0 to bound - 1, each as likely, for bounds up to 2^53 (excluded)', () => {
    const counts = new Int32Array(7);
    for (let i = 0; i < 70_000; i++) counts[keyed.below(7, i, 0, 0)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    for (const bound of [1, 2, 3, 2 ** 32 + 1, 2 ** 53 - 1]) {
      for (let i = 0; i < 1000; i++) {
        const value = keyed.below(bound, i, 1, 0);
        expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
      }
    }
  });
});
