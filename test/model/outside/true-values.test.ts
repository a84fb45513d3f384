import { describe, expect, it } from 'vitest';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { TrueValues } from '../../../sim/model/outside/true-values.js';
import { errorsFrom } from '../../support/statistics.js';

const day = 86_400;
const walk = (seed: string, volatility = 0.02, every = 3_600) =>
  new TrueValues(new KeyedDraw(seed), { start: 50, volatility, every }, 0.01);

describe('what a workload with numeric answers asks for', () => {
  it('begins at its start, and stays there without volatility', () => {
    expect(walk('a').at(0)).toBe(50);
    expect(walk('a', 0).at(100 * day)).toBe(50);
  });

  it('is a function of the time alone, in whatever order it is asked', () => {
    const [once, twice] = [walk('a'), walk('a')];
    const late = once.at(20 * day + 1_000);
    expect(twice.at(3 * day)).toBe(once.at(3 * day));
    expect(twice.at(20 * day + 1_000)).toBe(late);
    expect(walk('b').at(3 * day)).not.toBe(once.at(3 * day));
  });

  it('is straight between two steps, in its logarithm', () => {
    const values = walk('a');
    const [before, after] = [values.at(7_200), values.at(10_800)];
    expect(Math.log(values.at(9_900))).toBeCloseTo(0.25 * Math.log(before) + 0.75 * Math.log(after), 12);
  });

  it('stays a number at the ends of its settings', () => {
    for (const start of [1e-12, 1e12]) {
      const settings = { start, volatility: 1, every: day };
      const end = new TrueValues(new KeyedDraw('a'), settings, 0).at(3_650 * day);
      expect(Number.isFinite(end) && end > 0).toBe(true);
    }
  });

  it('has a logarithm that deviates by volatility · √days, with a mean of 0', () => {
    for (const days of [1, 9]) {
      const logarithms = Array.from({ length: 2_000 }, (_, seed) => Math.log(walk(`${seed}`).at(days * day) / 50));
      expect(Math.abs(errorsFrom(logarithms, 0))).toBeLessThan(4);
      const squares = logarithms.map((logarithm) => logarithm * logarithm);
      expect(Math.abs(errorsFrom(squares, 0.02 * 0.02 * days))).toBeLessThan(4);
    }
  });
});
