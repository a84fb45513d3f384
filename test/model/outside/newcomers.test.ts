import { describe, expect, it } from 'vitest';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { Newcomers } from '../../../sim/model/outside/newcomers.js';
import { errorsFrom } from '../../support/statistics.js';

describe('newcomers', () => {
  it('come an exponential time apart, the first so long after the time from which they come', () => {
    const newcomers = new Newcomers(new KeyedDraw('newcomers'), { perSecond: 0.01, from: 5_000 }, 1e6);
    const times = Array.from({ length: 5_000 }, (_, number) => newcomers.arrivesAt(number));
    const gaps = times.map((at, number) => at - (times[number - 1] ?? 5_000));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.abs(errorsFrom(gaps, 100))).toBeLessThan(4);
  });

  it('come at the same times in whatever order one asks', () => {
    const [forth, back] = [1, 2].map(() => new Newcomers(new KeyedDraw('order'), { perSecond: 1, from: 0 }, 100));
    const late = back!.arrivesAt(20);
    expect(forth!.arrivesAt(3)).toBe(back!.arrivesAt(3));
    expect(forth!.arrivesAt(20)).toBe(late);
  });

  it('never come at rate 0', () => {
    expect(new Newcomers(new KeyedDraw('none'), { perSecond: 0, from: 0 }, 100).arrivesAt(0)).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
