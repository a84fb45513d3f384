import { describe, expect, it } from 'vitest';
import { exponential, weibull } from '../../../sim/engine/distributions.js';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { alwaysUp, RenewalOutages, ReplayedOutages } from '../../../sim/model/outside/outages.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { errorsFrom } from '../../support/statistics.js';

const never = Number.POSITIVE_INFINITY;

describe('RenewalOutages', () => {
  const outages = new RenewalOutages(new KeyedDraw('renewal'), weibull(0.6, 1_000), exponential(50));
  const numbers = Array.from({ length: 5_000 }, (_, number) => number);

  it('draws sessions and outages from their distributions', () => {
    const sessions = numbers.map((number) => outages.sessionSeconds(3, number));
    expect(Math.abs(errorsFrom(sessions, weibull(0.6, 1_000).mean))).toBeLessThan(4);
    const breaks = numbers.map((number) => outages.outageSeconds(3, number));
    expect(Math.abs(errorsFrom(breaks, 50))).toBeLessThan(4);
  });

  it('is a pure function of machine and number', () => {
    expect(outages.sessionSeconds(1, 7)).toBe(outages.sessionSeconds(1, 7));
    expect(outages.sessionSeconds(1, 7)).not.toBe(outages.sessionSeconds(2, 7));
    expect(outages.sessionSeconds(1, 7)).not.toBe(outages.sessionSeconds(1, 8));
  });
});

describe('ReplayedOutages', () => {
  // machine 0 has two sessions, machine 1 one, machine 2 none, machine 3 one that the records don't see end
  const replay = new ReplayedOutages({
    offsets: Int32Array.of(0, 2, 3, 3, 4),
    starts: Float64Array.of(10, 60, 5, 90),
    ends: Float64Array.of(40, 100, 9, 120),
    endSeconds: 120,
  });

  it('gives each machine its own sessions and the gaps between them', () => {
    expect([replay.sessionSeconds(0, 0), replay.outageSeconds(0, 0), replay.sessionSeconds(0, 1)]).toEqual([
      30, 20, 40,
    ]);
    expect(replay.sessionSeconds(1, 0)).toBe(4);
  });

  it('never begins a session after the machine’s last', () => {
    expect(replay.outageSeconds(0, 1)).toBe(never);
    expect(replay.outageSeconds(1, 0)).toBe(never);
  });

  it('doesn’t end a session of which the records don’t see the end', () => {
    expect(replay.sessionSeconds(3, 0)).toBe(never);
  });
});

describe('alwaysUp', () => {
  it('has a session without end', () => {
    expect(alwaysUp.sessionSeconds(0, 0)).toBe(never);
  });
});

describe('a machine in a run', () => {
  it('is up for the share of its time that mean session over mean cycle says', () => {
    const built = buildLoaded(
      loadText(`
        horizon: 40d
        network: single
        fleet:
          a:
            nodes: 200
            hardware: reference-cpu
            outages: { up: { exponential: { mean: 3h } }, down: { exponential: { mean: 1h } } }
        workload: { w: { class: task, arrivals: { perDay: 0 } } }
      `),
    );
    runUntil(built, 40 * 86_400);
    const { machines } = built.world;
    const shares = Array.from({ length: 200 }, (_, machine) => {
      built.lives.availability.account(machine * 8);
      return machines.upSeconds[machine * 8]! / machines.usedSeconds[machine * 8]!;
    });
    expect(Math.abs(errorsFrom(shares, 0.75))).toBeLessThan(4);
  });
});
