import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../../sim/run.js';
import { exogenousTrace } from '../../../../sim/scenario/plan/exogenous-trace.js';
import { loadText, metricOf, numbers, records, tableNamed } from '../../../support/scenarios.js';
import { errorsFrom } from '../../../support/statistics.js';

const base = `
  seed: amounts
  horizon: 4d
  warmUp: 0
  network: single
  protocol: { assignment: uniform, verification: none, reputation: ema, checkIn: none, slashing: none, epoch: 1h }
  fleet: { a: { nodes: 20, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.5 } }
`;
const spread = 'workload.w.feeFactor={lognormal: {median: 1, sigma: 0.8}}';
const load = (...set: string[]) => loadText(base, ...set);
const run = (...set: string[]) => runScenario(load(...set), { detail: true });
const traced = (purpose: string, ...set: string[]) =>
  records(exogenousTrace(load(...set)))
    .filter((row) => row.purpose === purpose)
    .map(({ value }) => Number(value));

describe('a fee that is drawn for each job', () => {
  it('has the declared distribution, and the same value whatever the network does', async () => {
    const result = await run(spread);
    const fees = numbers(tableNamed(result, 'jobs'), 'feeTokens');
    expect(fees.length).toBeGreaterThan(5_000);
    expect(Math.abs(errorsFrom(fees, 0.5 * Math.exp(0.32)))).toBeLessThan(4);
    const above = fees.filter((fee) => fee > 0.5).length / fees.length;
    expect(Math.abs(above - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / fees.length));
    const known = traced('fee', spread);
    const jobs = records(tableNamed(await run(spread, 'protocol.verification=redundancy'), 'jobs'));
    for (const { ordinal, feeTokens } of jobs) expect(feeTokens).toBe(known[Number(ordinal)]);
  });

  it('is what its client pays, and what is split', async () => {
    const result = await run(spread, 'protocol.rewards={kind: fee-split, emission: 0}');
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'completed');
    const paid = jobs.reduce((sum, { feeTokens }) => sum + Number(feeTokens), 0);
    expect(metricOf(result, 'costPerCorrectResultTokens')).toBeCloseTo(paid / jobs.length, 6);
  });

  it('refuses the jobs that its client can’t pay for, one by one', async () => {
    const result = await run(spread, 'money.clientBudget=100');
    const refused = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'unfunded');
    expect(refused.length).toBe(metricOf(result, 'jobsUnfunded'));
    // who has little left still pays for cheap ones
    expect(new Set(refused.map(({ feeTokens }) => feeTokens)).size).toBeGreaterThan(100);
  });

  it('leaves all numbers as they were where its factor is always one, and other draws in any case', async () => {
    const [without, one] = [await run(), await run('workload.w.feeFactor=1')];
    expect(one.trajectoryFingerprint).toBe(without.trajectoryFingerprint);
    expect(one.accountingFingerprint).toBe(without.accountingFingerprint);
    for (const purpose of ['arrival', 'work', 'luck']) expect(traced(purpose, spread)).toEqual(traced(purpose));
  });

  it('keeps nobody away: who looks at the price weighs it at a factor of one', async () => {
    const elastic = (price: string) => `workload.w.elasticity={price: ${price}, exponent: 2, most: 2}`;
    for (const price of ['fee', 'paid']) {
      const alike = await run(elastic(price));
      const differing = await run(elastic(price), 'workload.w.feeFactor={exponential: {mean: 5}}');
      expect(metricOf(differing, 'jobsFinal') / metricOf(alike, 'jobsFinal')).toBeCloseTo(1, 2);
    }
  });

  it('shows who lies in the dearest jobs alone what they are', async () => {
    const liars = 'fleet.a.strategy={kind: value-imbalance, dearest: 0.1}';
    const jobs = records(tableNamed(await run(spread, liars), 'jobs')).filter((job) => job.isWrong !== null);
    const [wrong, right] = ['true', 'false'].map((isWrong) => jobs.filter((job) => String(job.isWrong) === isWrong));
    // after the first few, when every fee is dear
    expect(Math.abs(wrong!.length / jobs.length - 0.1)).toBeLessThan(0.04);
    const dear = (of: typeof jobs) => of.filter(({ feeTokens }) => Number(feeTokens) > 1).length / of.length;
    expect(dear(wrong!)).toBeGreaterThan(0.8);
    expect(dear(right!)).toBeLessThan(0.15);
  });
});

describe('a value at risk that is drawn for each job', () => {
  it('follows the fee, or has a factor of its own, or both', () => {
    const worth = 'workload.w.valueAtRisk=2.5';
    const [fees, follows] = ['fee', 'valueAtRisk'].map((purpose) =>
      traced(purpose, spread, worth, 'workload.w.valueFollowsFee=true'),
    );
    expect(follows).toHaveLength(fees!.length);
    follows!.forEach((value, place) => {
      expect(Math.abs(value - 5 * fees![place]!)).toBeLessThan(1e-5);
    });
    const own = traced('valueAtRisk', worth, 'workload.w.valueFactor={exponential: {mean: 2}}');
    expect(Math.abs(errorsFrom(own, 5))).toBeLessThan(4);
    const factors = ['workload.w.valueFollowsFee=true', 'workload.w.valueFactor={constant: 2}'];
    const both = traced('valueAtRisk', spread, worth, ...factors);
    both.forEach((value, place) => {
      expect(Math.abs(value - 10 * fees![place]!)).toBeLessThan(2e-5);
    });
    expect(traced('valueAtRisk', worth)).toEqual([]);
  });

  it('is what a lie brings', async () => {
    const set = [spread, 'workload.w.valueAtRisk=2.5', 'workload.w.valueFollowsFee=true'];
    const liars = 'fleet.liars={nodes: 20, hardware: reference-cpu, strategy: always-wrong}';
    const result = await run(liars, ...set);
    const wrong = records(tableNamed(result, 'jobs')).filter(
      ({ isWrong, outcome }) => String(isWrong) === 'true' && outcome === 'completed',
    );
    const worth = wrong.reduce((sum, { feeTokens }) => sum + 5 * Number(feeTokens), 0);
    const without = await run(liars, spread);
    const more = metricOf(result, 'attackerProfitUsd') - metricOf(without, 'attackerProfitUsd');
    expect(wrong.length).toBeGreaterThan(1_000);
    expect(more).toBeCloseTo(worth, 1);
  });

  it('is refused or warned of where there is nothing to multiply', () => {
    const told = (...set: string[]) => load(...set).warnings.map(({ path, expected }) => `${path}: ${expected}`);
    expect(told('workload.w.feeFactor=2', 'workload.w.fee=0')).toContain('workload.w.feeFactor: a fee above 0');
    expect(told('workload.w.valueFactor=2')).toContain('workload.w.valueFactor: a valueAtRisk above 0 beside it');
    expect(told('workload.w.valueFollowsFee=true', 'workload.w.valueAtRisk=1')).toContain(
      'workload.w.valueFollowsFee: a feeFactor beside it',
    );
    expect(() => load('workload.w.feeFactor=-1')).toThrow(/workload\.w\.feeFactor: expected a number/);
    // what no job costs, and what a step of a plan waits for
    const waits = (fee: number) =>
      `fleet.a.strategy={kind: phases, steps: [{play: honest, until: {fee: ${fee}}}, {play: always-wrong}]}`;
    const uniform = 'workload.w.feeFactor={uniform: {low: 0.5, high: 3}}';
    expect(() => load(uniform, waits(2))).toThrow(/at most the highest fee of any job, 1\.5 tokens/);
    expect(told(uniform, waits(1.4))).toEqual(told(uniform, waits(1)));
  });
});
