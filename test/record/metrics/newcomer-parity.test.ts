import { describe, expect, it } from 'vitest';
import { cohortParities } from '../../../sim/findings/cohort-parities.js';
import { kaplanMeierMedian } from '../../../sim/kernels/kaplan-meier.js';
import { madeUpCast } from '../../reports/made-up-run.js';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../../support/statistics.js';

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
  const result = await runFinished(loadText(scenario, ...set));
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
    expect(await parity(few, 'fleet.new.joins={at: 1d, over: 0}')).toEqual(unknown);
    expect(await parity(few, 'fleet.new.leaves={after: 6d}')).toEqual(unknown);
    expect(await parity(few, 'fleet.new.strategy=always-wrong')).toEqual(unknown);
  });
});

describe('the table of newcomers', () => {
  it('has a row for each time to parity, of which the metrics are made, and no row without any', async () => {
    // some leave before they get there
    const set = ['protocol.assignment={kind: weighted-random, exponent: 2}', 'horizon=40d'];
    set.push('protocol.reputation={kind: step, initial: 1, gain: 0.002}', 'fleet.new.nodes=30');
    const leaving = 'fleet.new.leaves={after: {exponential: {mean: 15d}}}';
    const result = await runFinished(loadText(scenario, ...set, leaving));
    const table = tableNamed(result, 'newcomers');
    const rows = records(table);
    const { world, recorder } = result.finished;
    const durations = recorder.parity.durations(world);
    expect(rows.map((row) => [row.watchedDays, row.isAtParity])).toEqual(
      durations.map(({ time, isObserved }) => [time / 86_400, isObserved]),
    );
    const seen = rows.filter(({ isAtParity }) => isAtParity === true).length;
    expect(seen).toBeGreaterThan(3);
    expect(rows.length - seen).toBeGreaterThan(1);
    expect(seen / rows.length).toBe(metricOf(result, 'newcomersAtParityFraction'));
    const times = rows.map((row) => ({ time: Number(row.watchedDays), isObserved: row.isAtParity === true }));
    expect(kaplanMeierMedian(times)).toBe(metricOf(result, 'newcomerParityMedianDays'));
    expect(cohortParities(table, madeUpCast(['old', 'new']))).toEqual([
      expect.objectContaining({
        cohort: 'new',
        newcomers: rows.length,
        atParity: seen,
        medianDays: metricOf(result, 'newcomerParityMedianDays'),
      }),
    ]);

    const nodes = records(tableNamed(result, 'nodes'));
    for (const { node, cohort, joinedDays, watchedDays } of rows) {
      const own = nodes[Number(node)]!;
      expect([cohort, joinedDays]).toEqual([own.cohort, own.joinedDays]);
      expect(cohort).toBe('new');
      // it stayed for the seven days that follow
      const until = own.leftDays === null ? 40 : Number(own.leftDays);
      expect(Number(joinedDays) + Number(watchedDays) + 7).toBeLessThanOrEqual(until);
    }
    const none = tableNamed(await runFinished(loadText(scenario, 'fleet.new=null')), 'newcomers');
    expect([none.columns.length, none.rowCount]).toEqual([5, 0]);
  });
});

describe('a newcomer’s first job', () => {
  const many = ['fleet.old.nodes=100', 'fleet.new.nodes=100', 'fleet.new.joins={ at: 10d, over: 0 }', 'horizon=12d'];

  it('comes at the rate at which every node gets jobs: exponential where they are drawn evenly', async () => {
    const medians: number[] = [];
    for (const seed of twentySeeds) {
      const run = await runFinished(loadText(scenario, `seed=${seed}`, ...many));
      medians.push(metricOf(run, 'newcomerFirstJobMedianDays'));
    }
    // ln 2 over 200 jobs an hour for 200 nodes, and the minute that it takes
    expect(Math.abs(errorsFrom(medians, (Math.log(2) + 1 / 60) / 24))).toBeLessThan(4);
  }, 60_000);

  it('is waited for by who leaves or gets none', async () => {
    const none = await runFinished(loadText(scenario, ...many, 'workload.w.arrivals.perHour=0.1'));
    expect(metricOf(none, 'newcomerFirstJobMedianDays')).toBeNaN();
    const settled = await runFinished(loadText(scenario, 'fleet.new.joins={ at: 0, over: 0 }'));
    expect(metricOf(settled, 'newcomerFirstJobMedianDays')).toBeNaN();
  });
});
