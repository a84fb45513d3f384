import { describe, expect, it } from 'vitest';
import { exogenousTrace } from '../../../../sim/scenario/plan/exogenous-trace.js';
import { breaches, openJobs } from '../../../support/invariants.js';
import { linesOf } from '../../../support/refusals.js';
import {
  buildLoaded,
  csvText,
  loadText,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../../support/scenarios.js';

const text = `
seed: elasticity
horizon: 4d
warmUp: 0
network: single
protocol: { assignment: uniform, checkIn: none, verification: none }
fleet: { hosts: { nodes: 10, hardware: reference-cpu, quality: 1, slots: 4 } }
workload:
  w: { class: task, arrivals: { perHour: 10 }, work: 1m, fee: 1, elasticity: { exponent: 2, reference: 1 } }
money: { tokenPath: { volatility: 0.3 } }
`;
const load = (...set: readonly string[]) => loadText(text, ...set);

describe('demand that reacts to the price', () => {
  it('is who would pay so much: what each would pay happens from outside, whatever the rules', async () => {
    const listed = csvText(exogenousTrace(load()));
    expect(csvText(exogenousTrace(load('protocol.rewards={ kind: fee-split, operator: 0.95, treasury: 0 }')))).toBe(
      listed,
    );
    expect(csvText(exogenousTrace(load('workload.w.elasticity.price=paid')))).toBe(listed);
    expect(csvText(exogenousTrace(load('workload.w.jobs=3')))).toBe(listed);
    const rows = records(exogenousTrace(load())).filter(({ source }) => source === 'workload/w');
    const of = (purpose: string) => rows.filter((row) => row.purpose === purpose).map(({ value }) => Number(value));
    const [arrivals, reservations] = [of('arrival'), of('reservationPrice')];
    expect(reservations.length).toBe(arrivals.length);
    const result = await runFinished(load(), { detail: true });
    const { token } = result.finished.world.prices;
    // the fee is one token
    const expected = arrivals.filter((at, place) => token.at(at) < reservations[place]!);
    expect(numbers(tableNamed(result, 'jobs'), 'submittedSeconds')).toEqual(expect.arrayContaining(expected));
    const { submitted, elasticity, nextOrdinal } = result.finished.world.workloads[0]!;
    expect([submitted, submitted + elasticity!.declined]).toEqual([expected.length, nextOrdinal]);
    expect(elasticity!.declined).toBeGreaterThan(100);
  });

  it('counts only who came: towards the most jobs, and in a surge', async () => {
    const few = await runFinished(load('workload.w.jobs=20', 'money.tokenPrice=2'));
    expect(few.finished.world.workloads[0]!.submitted).toBe(20);
    const surge = 'workload.w.arrivals.surges={ rush: { at: 0, for: 4d, factor: 2 } }';
    const rush = (await runFinished(load(surge, 'money.tokenPrice=2'))).finished.world.workloads[0]!;
    // the last one, which came, is counted when the next is drawn
    expect(rush.jobsIn(0, 0)).toBe(rush.submitted);
    expect(rush.elasticity!.declined).toBeGreaterThan(rush.submitted);
  });

  it('numbers jobs without gaps, so that nothing tells how many didn’t come', () => {
    const built = buildLoaded(load('workload.w.elasticity.most=10', 'workload.w.work=5h', 'workload.w.deadline=none'));
    runUntil(built, 300_000);
    const { jobs, workloads } = built.world;
    const latest = openJobs(built.world).reduce((most, job) => Math.max(most, jobs.number[job]!), 0);
    expect(latest).toBe(workloads[0]!.submitted - 1);
    expect(workloads[0]!.elasticity!.declined).toBeGreaterThan(latest);
  });

  it('goes by the latest epoch in which anybody paid', () => {
    const built = buildLoaded(load('workload.w.elasticity.price=paid', 'money.tokenPath.volatility=0'));
    const { elasticity } = built.world.workloads[0]!;
    elasticity!.paid(600_000);
    elasticity!.paid(200_000);
    expect(elasticity!.priceUsd(3)).toBeCloseTo(3, 12);
    elasticity!.epochEnded();
    expect(elasticity!.priceUsd(3)).toBeCloseTo(1.2, 12);
    elasticity!.epochEnded();
    expect(elasticity!.priceUsd(3)).toBeCloseTo(1.2, 12);
    runUntil(built, 200_000);
    expect(elasticity!.priceUsd(3)).toBeCloseTo(3, 12);
    expect(breaches(built)).toEqual([]);
  });

  it('comes in full while a token is worth nothing', async () => {
    const { finished } = await runFinished(load('money.tokenPrice=0', 'money.tokenPath.volatility=0'));
    expect(finished.world.workloads[0]!.elasticity!.declined).toBe(0);
    expect(finished.world.workloads[0]!.submitted).toBeGreaterThan(4 * 4 * 24 * 8);
  });
});

describe('its settings', () => {
  it.each([
    ['workload.w.elasticity.exponent=0', 'expected a number above 0'],
    ['workload.w.elasticity.most=0.5', 'expected a number from 1 to 100'],
    ['workload.w.elasticity=1', 'expected none or {exponent: …, price: …, reference: …, most: …}'],
    [
      'workload={ w: { elasticity: {} }, v: { arrivals: { every: 1m }, elasticity: {} } }',
      'expected none beside every or at',
    ],
    ['workload.w={ fee: 0, elasticity: {} }', 'expected a reference beside it, or a fee'],
  ])('refuse %s', (setting, reason) => {
    const lines = linesOf(() => loadText(text.replace(', reference: 1', ''), setting)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/:\d+:\d+: workload\.[wv]\.elasticity/);
  });

  it('warn of a price that never changes', () => {
    const still = 'money.tokenPath.volatility=0';
    const told = (...set: readonly string[]) =>
      loadText(text.replace(', reference: 1', ''), ...set).warnings.map(({ why }) => why);
    expect(told(still)).toContain('so that the price never changes');
    expect(told()).not.toContain('so that the price never changes');
    expect(told(still, 'workload.w.elasticity.price=paid')).not.toContain('so that the price never changes');
  });
});
