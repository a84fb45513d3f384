import { describe, expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../../../support/scenarios.js';

/** Jobs of an hour on the reference card, one every four hours, of one machine of another speed. */
const scenario = `
  horizon: 20d
  warmUp: 1d
  network: single
  protocol: { verification: none, checkIn: none, assignment: uniform }
  fleet: { a: { nodes: 1, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 0.25 }, work: 1h, deadline: { times: 1.5, atLeast: 1s } } }
`;
const run = (...set: string[]) => runFinished(loadText(scenario, ...set));

describe('jobs on time', () => {
  it('go by what a client was promised, not by the later deadline of a slower node', async () => {
    const fast = await run('fleet.a.nodes=20');
    expect(metricOf(fast, 'completedFraction')).toBe(1);
    expect(metricOf(fast, 'onTimeFraction')).toBe(1);
    // takes two hours of the three that it has, where the reference card would have one and a half
    const slow = await run('fleet.a.nodes=20', 'fleet.a.throughput=0.5');
    expect(metricOf(slow, 'completedFraction')).toBe(1);
    expect(metricOf(slow, 'attemptsInTimeFraction')).toBe(1);
    expect(metricOf(slow, 'onTimeFraction')).toBe(0);
  });

  it('are of all that ended, unserved ones among them, and leave out those without a deadline', async () => {
    // a second workload as large, whose jobs no machine can do
    const unserved = 'workload.none={ class: rendering, arrivals: { perHour: 0.25 }, work: 1h, fee: 0.2 }';
    const both = await run('fleet.a.nodes=20', unserved, 'workload.none.deadline={ times: 1.5, atLeast: 1s }');
    expect(metricOf(both, 'onTimeFraction')).toBe(metricOf(both, 'completedFraction'));
    expect(metricOf(both, 'onTimeFraction')).toBeLessThan(0.7);
    const without = await run('fleet.a.nodes=20', unserved, 'workload.none.deadline=none');
    expect(metricOf(without, 'onTimeFraction')).toBe(1);
    expect(metricOf(without, 'completedFraction')).toBeLessThan(0.7);
    expect(metricOf(await run('workload.w.deadline=none'), 'onTimeFraction')).toBeNaN();
  });

  it('are fewer than completed jobs by what a lost result costs, and attempts that fail are none', async () => {
    const half = await run('fleet.a.nodes=20', 'fleet.a.completion=0.5', 'workload.w.arrivals.perHour=10');
    expect(metricOf(half, 'attemptsInTimeFraction')).toBeGreaterThan(0.45);
    expect(metricOf(half, 'attemptsInTimeFraction')).toBeLessThan(0.55);
    expect(metricOf(half, 'onTimeFraction')).toBeLessThanOrEqual(metricOf(half, 'completedFraction'));
  });
});
