import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, metricOf } from '../../support/scenarios.js';

const scenario = `
  horizon: 30d
  warmUp: 2d
  network: single
  sampleEvery: 6h
  protocol: { assignment: uniform, checkIn: none, slashing: { kind: fixed, fraction: 0 } }
  fleet:
    old: { nodes: 40, hardware: reference-cpu }
    new: { nodes: 10, hardware: reference-cpu, joins: { at: 10d, over: 5d } }
  workload: { w: { class: task, arrivals: { perHour: 200 }, work: 1m } }
`;

async function parity(...set: readonly string[]) {
  const result = await runScenario(loadText(scenario, ...set));
  return {
    days: metricOf(result, 'newcomerParityMedianDays'),
    fraction: metricOf(result, 'newcomersAtParityFraction'),
  };
}

describe('parity of newcomers', () => {
  it('is there on the first day where everyone gets the same work', async () => {
    const { days, fraction } = await parity();
    expect(days).toBeGreaterThan(0);
    expect(days).toBeLessThan(1);
    expect(fraction).toBe(1);
  });

  it('is never there for those that can’t earn as much as others of their class', async () => {
    const set = 'fleet.new.completion=0.5';
    expect(await parity(set)).toEqual({ days: Number.NaN, fraction: 0 });
    // among themselves, whatever the others earn, more than half earn 90 % of the median at once
    const ofAnother = await parity(set, 'fleet.new.hardware=consumer-gpu', 'fleet.new.throughput=1');
    expect(ofAnother.days).toBeLessThan(1);
  });

  it('comes with reputation where assignment looks at it, the later the more it looks', async () => {
    const weighted = (exponent: number) =>
      parity(
        `protocol.assignment={kind: weighted-random, exponent: ${exponent}}`,
        'protocol.reputation={kind: step, initial: 1, gain: 0.002}',
      );
    const [one, three] = [await weighted(1), await weighted(3)];
    expect(one.days).toBeGreaterThan(2);
    expect(three.days).toBeGreaterThan(one.days);
  });

  it('is looked for over seven days, however far apart the samples are', async () => {
    // a window of more than fifteen days would not fit in behind the last of the newcomers
    for (const every of ['12h', '2d', '3d', '7d']) {
      const { days, fraction } = await parity(`sampleEvery=${every}`, 'horizon=31d', 'fleet.new.leaves={after: 15d}');
      expect(days, every).toBeLessThan(7.1);
      expect(fraction, every).toBe(1);
    }
  });

  it('is unknown without newcomers, if they join in the warm-up, and if they don’t stay a week', async () => {
    const unknown = { days: Number.NaN, fraction: Number.NaN };
    const few = 'workload.w.arrivals.perHour=10';
    expect(await parity(few, 'fleet.new=null')).toEqual(unknown);
    expect(await parity(few, 'fleet.new.joins={at: 1d}')).toEqual(unknown);
    expect(await parity(few, 'fleet.new.leaves={after: 6d}')).toEqual(unknown);
    expect(await parity(few, 'fleet.new.strategy=always-wrong')).toEqual(unknown);
  });
});
