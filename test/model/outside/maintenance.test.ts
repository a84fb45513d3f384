import { describe, expect, it } from 'vitest';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { Maintenance } from '../../../sim/model/outside/maintenance.js';
import { chiSquared } from '../../support/statistics.js';

const week = 604_800;
const settings = { every: week, for: 7_200, at: 1_000, over: week };

describe('maintenance', () => {
  const maintenance = new Maintenance(new KeyedDraw('maintenance'), settings);

  it('comes again after its period, for as long as it lasts', () => {
    const first = maintenance.start(3, 0);
    expect(maintenance.start(3, 5)).toBeCloseTo(first + 5 * week, 6);
    expect(maintenance.end(3, 5) - maintenance.start(3, 5)).toBeCloseTo(7_200, 6);
  });

  it('is spread uniformly over the machines, from its first window on', () => {
    const counts = new Array<number>(10).fill(0);
    for (let machine = 0; machine < 20_000; machine++) {
      counts[Math.floor((10 * (maintenance.start(machine, 0) - 1_000)) / week)]!++;
    }
    const shares = counts.map(() => 1);
    expect(Math.abs(chiSquared(counts, shares).errors)).toBeLessThan(4);
  });

  it('comes to all at once where it isn’t spread', () => {
    const together = new Maintenance(new KeyedDraw('together'), { ...settings, over: 0 });
    expect([together.start(0, 0), together.start(7, 0), together.start(7, 2)]).toEqual([
      1_000,
      1_000,
      1_000 + 2 * week,
    ]);
  });

  it('has missed the windows that began before the machine entered', () => {
    for (let machine = 0; machine < 200; machine++) {
      for (const now of [0, 1_000, week, 3.7 * week, maintenance.start(machine, 2)]) {
        const number = maintenance.firstFrom(machine, now);
        expect(maintenance.start(machine, number)).toBeGreaterThanOrEqual(now);
        if (number > 0) expect(maintenance.start(machine, number - 1)).toBeLessThan(now);
      }
    }
  });
});
