import { describe, expect, it } from 'vitest';
import { loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

const scenario = `
  horizon: 1d
  warmUp: 2h
  network: single
  protocol: { assignment: uniform, verification: none, checkIn: none, slashing: none, stake: { identityFee: 0 } }
  fleet:
    honest: { nodes: 2, hardware: reference-cpu, stake: 100, slots: 100 }
    liars: { nodes: 1, hardware: reference-cpu, stake: 40, delegated: 20, slots: 100, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 0.001 }, work: 10d, deadline: none, valueAtRisk: 3 } }
`;
const run = (...set: readonly string[]) => runFinished(loadText(scenario, ...set));

describe('cost of and profit from corruption', () => {
  it('are of the operator who could gain most beyond what could be slashed of it, at each sample', async () => {
    const result = await run('workload.w.arrivals.perHour=10');
    const { attempts, jobs, ownership } = result.finished.world;
    const open = [0, 0, 0];
    jobs.eachOpen((job) => {
      open[ownership.operator[attempts.node[jobs.lastAttempt[job]!]!]!]!++;
    });
    const margins = open.map((count, operator) => ({ profit: 3 * count, cost: [100, 100, 60][operator]! }));
    const [worst] = margins.sort((one, other) => other.profit - other.cost - (one.profit - one.cost));
    const rows = records(tableNamed(result, 'timeseries')).filter(({ cohort }) => cohort === 'all');
    const last = rows.at(-1)!;
    expect([last.costOfCorruptionTokens, last.profitFromCorruptionTokens]).toEqual([worst!.cost, worst!.profit]);
    // jobs only add up here, so that the last sample is the worst
    expect(metricOf(result, 'costOfCorruptionTokens')).toBe(worst!.cost);
    expect(metricOf(result, 'profitFromCorruptionTokens')).toBe(worst!.profit);
    expect(open.reduce((sum, count) => sum + count)).toBeGreaterThan(200);
  });

  it('count the bonds of the jobs', async () => {
    const bonds = 'protocol.rewards={ kind: fee-split, bondFraction: 10 }';
    const fleet = ['fleet.honest=null', 'fleet.liars.funds=1000', 'fleet.liars.delegated=0', 'workload.w.fee=1'];
    const result = await run('workload.w={ arrivals: { perHour: 2 }, valueAtRisk: 20 }', bonds, ...fleet);
    const jobs = metricOf(result, 'jobsOpen');
    expect(metricOf(result, 'costOfCorruptionTokens') - 40).toBe(10 * jobs);
  });

  it('are empty without value at risk, of cohorts, and while nothing is in hand', async () => {
    const without = await run('workload.w.valueAtRisk=0', 'workload.w.arrivals.perHour=10');
    expect(metricOf(without, 'costOfCorruptionTokens')).toBeNaN();
    const idle = await run('workload.w.arrivals.perHour=0');
    expect(metricOf(idle, 'profitFromCorruptionTokens')).toBeNaN();
    const some = await run('workload.w.arrivals.perHour=10');
    const table = tableNamed(some, 'timeseries');
    const cohorts = records(table).map(({ cohort }) => cohort);
    const values = numbers(table, 'costOfCorruptionTokens').filter((_, row) => cohorts[row] !== 'all');
    expect(values.every(Number.isNaN)).toBe(true);
  });
});
