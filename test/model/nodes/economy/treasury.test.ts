import { describe, expect, it } from 'vitest';
import { Limit } from '../../../../sim/model/columns/limits.js';
import { breaches } from '../../../support/invariants.js';
import { linesOf } from '../../../support/refusals.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../../support/scenarios.js';

const day = 86_400;

/** Two nodes of the start, and ten that come on the third day: each is paid two tokens a day for three days. */
const text = `
seed: treasury
horizon: 10d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: none
  checkIn: none
  slashing: none
  rewards: { kind: fee-split, emission: 0 }
  treasury: { subsidy: { tokens: 2, epochs: 3 } }
fleet:
  founders: { nodes: 2, hardware: reference-cpu, quality: 1 }
  newcomers: { nodes: 10, hardware: reference-cpu, quality: 1, joins: { at: 60h } }
workload: { w: { class: task, jobs: 1, arrivals: { at: [200h] }, work: 1m, fee: 0 } }
money: { treasury: 1000 }
`;
const load = (...set: readonly string[]) => loadText(text, ...set);
const paid = async (...set: readonly string[]) => {
  const result = await runFinished(load(...set));
  const { ledger, limits } = result.finished.world;
  expect(ledger.residue()).toBe(0);
  expect(metricOf(result, 'subsidiesTokens')).toBe(ledger.subsidies / 1e6);
  return { each: Array.from(ledger.paid, (amount) => amount / 1e6), ledger, limits, result };
};

describe('a subsidy for newcomers', () => {
  it('is paid out of the treasury at so many ends of epochs, and to none of the start', async () => {
    const { each, ledger, limits, result } = await paid();
    expect(each).toEqual([0, 0, ...new Array<number>(10).fill(6)]);
    expect([ledger.treasury / 1e6, metricOf(result, 'treasuryPaidTokens')]).toEqual([1_000 + 12 - 60, 60]);
    expect([limits.times[Limit.treasury], limits.times[Limit.treasuryBudget]]).toEqual([0, 0]);
  });

  it('is shared alike where the budget isn’t enough for all, which is told', async () => {
    const { each, limits, result } = await paid('protocol.treasury.budget=7');
    expect(each.slice(2)).toEqual(new Array(10).fill(2.1));
    expect([limits.times[Limit.treasury], limits.times[Limit.treasuryBudget]]).toEqual([0, 3]);
    const [row] = records(tableNamed(result, 'limits'));
    expect(row).toMatchObject({ limit: 'treasuryBudget', sinceDays: 3, times: 3 });
  });

  it('ends when the treasury is empty, which is told, too', async () => {
    // twelve identity fees are in it, two of them from the start on
    const { each, ledger, limits } = await paid('money.treasury=18');
    expect(each.slice(2)).toEqual(new Array(10).fill(3));
    expect(ledger.treasury).toBe(0);
    expect(limits.since[Limit.treasury]).toBe(4 * day);
    expect(limits.times[Limit.treasury]).toBe(2);
  });

  it('is for those who could be given work as the epoch ends', async () => {
    const { each } = await paid('fleet.newcomers.stake=5');
    expect(each.every((amount) => amount === 0)).toBe(true);
    const left = await paid('fleet.newcomers.leaves={ after: 13h }');
    expect(left.each.slice(2)).toEqual(new Array(10).fill(2));
  });

  it('changes with the rules', async () => {
    const { each } = await paid('changes=[{ at: 4d, set: { protocol.treasury.subsidy.tokens: 5 } }]');
    expect(each[5]).toBe(2 + 5 + 5);
  });
});

describe('the budget of the treasury', () => {
  it('bounds what it pays for spot-checks in an epoch, each of them whole', () => {
    const busy = text.replace(
      'jobs: 1, arrivals: { at: [200h] }, work: 1m, fee: 0',
      'arrivals: { perHour: 10 }, work: 1m, fee: 0.5',
    );
    const checked = ['protocol.verification={ kind: spot-check, probability: 0.5 }'];
    const built = buildLoaded(loadText(busy, ...checked, 'protocol.treasury={ budget: 5.2, subsidy: none }'));
    const { ledger, limits } = built.world;
    for (let epoch = 1; epoch < 9; epoch++) {
      const before = ledger.treasuryPaid;
      runUntil(built, epoch * day + 1);
      // ten whole fees of about 120 that are wanted
      expect(Math.abs(ledger.treasuryPaid - before - 5e6)).toBeLessThanOrEqual(0.5e6);
      expect(breaches(built)).toEqual([]);
    }
    expect(limits.times[Limit.treasuryBudget]).toBeGreaterThan(500);
  });

  it.each([
    ['protocol.treasury.budget=-1', 'expected an amount of tokens of at least 0'],
    ['protocol.treasury.budget=none', 'expected unlimited or tokens'],
    ['protocol.treasury.budget=0', 'expected a budget above 0 beside a subsidy'],
    ['protocol.treasury.subsidy={ epochs: 0 }', 'expected an integer from 1 to 3650'],
  ])('refuses %s', (setting, reason) => {
    const lines = linesOf(() => load(setting)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/:\d+:\d+: protocol\.treasury/);
  });

  it.each([
    ['protocol.treasury.budget=1', 'so that no newcomer is ever paid all of it'],
    ['protocol.treasury.subsidy.tokens=0', 'so that nobody is paid anything'],
  ])('warns of %s', (setting, why) => {
    expect(load(setting).warnings.map((warning) => warning.why)).toContain(why);
  });
});
