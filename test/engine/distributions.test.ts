import { describe, expect, it } from 'vitest';
import {
  constant,
  type Distribution,
  empirical,
  exponential,
  lognormal,
  pareto,
  uniform,
  weibull,
} from '../../sim/engine/distributions.js';
import { namedStream } from '../../sim/engine/random-stream.js';

const GREATEST_DRAW = 1 - 2 ** -53;

const examples: Record<string, Distribution> = {
  'constant(3)': constant(3),
  'uniform(-2, 6)': uniform(-2, 6),
  'exponential(40)': exponential(40),
  'weibull(0.7, 10)': weibull(0.7, 10),
  'weibull(1, 10)': weibull(1, 10),
  'weibull(3.5, 10)': weibull(3.5, 10),
  'lognormal(1200, 1)': lognormal(1200, 1),
  'lognormal(5, 0)': lognormal(5, 0),
  'pareto(2, 3)': pareto(2, 3),
  'pareto(2, 1.8)': pareto(2, 1.8),
  'empirical([5, 1, 1, 9])': empirical([5, 1, 1, 9]),
};

/** The integral of the quantile over p; substituting 1 - p = s^8 tames the upper end, where it may be infinite. */
function integral(distribution: Distribution): number {
  const steps = 400_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const s = (i + 0.5) / steps;
    sum += distribution.quantile(Math.max(0, Math.min(GREATEST_DRAW, 1 - s ** 8))) * 8 * s ** 7;
  }
  return sum / steps;
}

describe('every distribution', () => {
  for (const [name, distribution] of Object.entries(examples)) {
    it(`${name}: the mean is the integral of the quantile`, () => {
      expect(Math.abs(integral(distribution) - distribution.mean)).toBeLessThan(1e-4 * Math.abs(distribution.mean));
    });

    it(`${name}: the quantile is finite and never falls from p = 0 to the greatest draw`, () => {
      let last = -Infinity;
      for (const p of [0, 2 ** -53, ...Array.from({ length: 9999 }, (_, i) => (i + 1) / 10_000), GREATEST_DRAW]) {
        const value = distribution.quantile(p);
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(last);
        last = value;
      }
    });
  }
});

describe('distributions', () => {
  it('have their known medians and quantiles', () => {
    expect(uniform(-2, 6).quantile(0.5)).toBe(2);
    expect(exponential(40).quantile(0.5)).toBeCloseTo(40 * Math.LN2, 12);
    expect(exponential(40).quantile(0)).toBe(0);
    expect(weibull(2, 10).quantile(0.5)).toBeCloseTo(10 * Math.sqrt(Math.LN2), 12);
    expect(weibull(0.5, 10).quantile(1 - Math.exp(-1))).toBeCloseTo(10, 12);
    expect(lognormal(1200, 1).quantile(0.5)).toBe(1200);
    expect(lognormal(1200, 0.5).quantile(0.975)).toBeCloseTo(1200 * Math.exp(0.5 * 1.959963984540054), 8);
    expect(pareto(2, 3).quantile(0.875)).toBeCloseTo(4, 12);
    expect(pareto(2, 3).quantile(0)).toBe(2);
  });

  it('have their known means', () => {
    expect(weibull(0.5, 10).mean).toBeCloseTo(20, 12);
    expect(weibull(2, 10).mean).toBeCloseTo(5 * Math.sqrt(Math.PI), 12);
    expect(weibull(1, 7).mean).toBe(7);
    expect(lognormal(1200, 1).mean).toBeCloseTo(1200 * Math.exp(0.5), 9);
    expect(pareto(2, 3).mean).toBe(3);
    expect(pareto(2, 1).mean).toBe(Infinity);
    expect(empirical([5, 1, 1, 9]).mean).toBe(4);
  });

  it('sample means come close to the mean', () => {
    const draw = namedStream('samples');
    for (const name of ['exponential(40)', 'weibull(3.5, 10)', 'lognormal(1200, 1)', 'empirical([5, 1, 1, 9])']) {
      const distribution = examples[name]!;
      let sum = 0;
      for (let i = 0; i < 200_000; i++) sum += distribution.quantile(draw());
      expect(Math.abs(sum / 200_000 / distribution.mean - 1)).toBeLessThan(0.015);
    }
  });

  it('empirical draws only listed values, each in its share, and copies them', () => {
    const values = [5, 1, 1, 9];
    const distribution = empirical(values);
    values[0] = 100;
    const quarters = [0, 0.2499, 0.25, 0.5, 0.7499, 0.75, GREATEST_DRAW];
    expect(quarters.map((p) => distribution.quantile(p))).toEqual([1, 1, 1, 5, 5, 9, 9]);
  });

  it('refuse arguments out of range and say what was expected and found', () => {
    expect(() => constant(Infinity)).toThrow(/constant: expected a finite value, found Infinity/);
    expect(() => uniform(2, 1)).toThrow(/uniform: expected low <= high .* found low 2 and high 1/);
    expect(() => exponential(0)).toThrow(/exponential: expected mean > 0, found 0/);
    expect(() => exponential(Number.NaN)).toThrow(RangeError);
    expect(() => weibull(-1, 1)).toThrow(/weibull: expected shape > 0, found -1/);
    expect(() => weibull(0.001, 1)).toThrow(/weibull: expected a finite mean/);
    expect(() => lognormal(1, -0.1)).toThrow(/lognormal: expected sigma >= 0, found -0.1/);
    expect(() => lognormal(1, 50)).toThrow(/lognormal: expected a finite mean/);
    expect(() => pareto(0, 1)).toThrow(/pareto: expected minimum > 0, found 0/);
    expect(() => pareto(1, 0.01)).toThrow(/pareto: expected a finite greatest draw/);
    expect(() => empirical([])).toThrow(/empirical: expected at least one value, found none/);
    expect(() => empirical([1, Number.NaN])).toThrow(RangeError);
  });
});
