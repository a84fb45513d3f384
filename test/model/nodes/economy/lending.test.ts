import { describe, expect, it } from 'vitest';
import { Limit } from '../../../../sim/model/columns/limits.js';
import { EventKind } from '../../../../sim/model/events.js';
import { breaches } from '../../../support/invariants.js';
import { linesOf } from '../../../support/refusals.js';
import { buildLoaded, loadText, metricOf, runFinished, runUntil } from '../../../support/scenarios.js';

const day = 86_400;

/** Nodes of a constant score, four fifths of the way from 0.01 to 1: four tenths of their stake can be lent. */
const text = `
seed: lending
horizon: 40d
warmUp: 0
network: single
protocol:
  assignment: round-robin
  verification: none
  reputation: { kind: ema, initial: 0.802, alpha: 0 }
  slashing: none
  checkIn: none
  stake: { minimum: 10, identityFee: 0 }
  rewards: { kind: fee-split, operator: 1, verifiers: 0, treasury: 0, emission: 0, unbonding: 2d }
  lendAgainstScore: { share: 0.5, interest: 0.36525, repays: 0.5 }
fleet: { hosts: { nodes: 2, hardware: reference-cpu, quality: 1, stake: 90, borrows: 1 } }
workload: { w: { class: task, arrivals: { perHour: 0 }, work: 1m, fee: 1 } }
money: { treasury: 1000, capitalCost: 0 }
`;
const load = (...set: readonly string[]) => loadText(text, ...set);
/** Two jobs a day, for 20 days: each node earns a token a day. */
const working = text.replace('arrivals: { perHour: 0 }', 'arrivals: { every: 12h }, jobs: 40');

describe('stake that is lent against the score', () => {
  it('comes out of the treasury, up to the share that the score is good for', () => {
    const built = buildLoaded(load());
    const { ledger, nodes, operators } = built.world;
    runUntil(built, 0.9 * day);
    expect([nodes.stake[0], ledger.treasury]).toEqual([90e6, 1_000e6]);
    runUntil(built, 1.1 * day);
    // own ÷ (1 − 0.4): 150, of which 60 are lent
    expect([nodes.stake[0], nodes.stake[1], ledger.treasury]).toEqual([150e6, 150e6, 880e6]);
    expect([ledger.loans!.debt[0], ledger.loans!.lent[0], operators.locked[0], operators.peakLocked[0]]).toEqual([
      60e6, 60e6, 90e6, 90e6,
    ]);
    expect(breaches(built)).toEqual([]);
  });

  it('is lent in part to who borrows a part, and as far as the treasury has it', () => {
    const half = buildLoaded(load('fleet.hosts.borrows=0.5'));
    runUntil(half, 1.1 * day);
    expect(half.world.nodes.stake[0]).toBe(112.5e6);
    const poor = buildLoaded(load('money.treasury=70'));
    runUntil(poor, 1.1 * day);
    expect([...poor.world.nodes.stake]).toEqual([150e6, 100e6]);
    expect(poor.world.limits.times[Limit.loans]).toBe(1);
    expect(poor.world.ledger.treasury).toBe(0);
  });

  it('bears interest, which is owed on where no income pays it', () => {
    const built = buildLoaded(load());
    const { ledger, operators } = built.world;
    runUntil(built, 1.1 * day);
    let debt = 60e6;
    for (let days = 2; days < 20; days++) {
      runUntil(built, (days + 0.1) * day);
      // a thousandth a day
      debt += Math.floor(debt * 0.001);
      expect(Math.abs(ledger.loans!.debt[0]! - debt)).toBeLessThanOrEqual(days);
    }
    expect(operators.charged[0]).toBe(ledger.loans!.debt[0]! - 60e6);
    expect(operators.locked[0]).toBe(150e6 - ledger.loans!.debt[0]!);
    expect(ledger.loans!.interestSum).toBe(0);
    expect(breaches(built)).toEqual([]);
  });

  it('is repaid from income, so that it becomes the operator’s own', () => {
    const built = buildLoaded(loadText(working, 'changes=[{ at: 30h, set: { protocol.lendAgainstScore.share: 0 } }]'));
    const { ledger, nodes, operators } = built.world;
    runUntil(built, 1.1 * day);
    expect(ledger.loans!.debt[0]).toBe(60e6);
    let debt = 60e6;
    let interest = 0;
    for (let days = 2; days < 15; days++) {
      runUntil(built, (days + 0.1) * day);
      const due = Math.floor(debt * 0.001);
      interest += due;
      debt -= 0.5e6 - due;
      expect(ledger.loans!.debt[0]).toBe(debt);
    }
    expect([nodes.stake[0], operators.locked[0]]).toEqual([150e6, 150e6 - debt]);
    expect(ledger.loans!.interestSum).toBe(2 * interest);
    expect(breaches(built)).toEqual([]);
  });

  it('is called where rules lend no more: all income goes to it', () => {
    const built = buildLoaded(loadText(working, 'changes=[{ at: 30h, set: { protocol.lendAgainstScore: none } }]'));
    runUntil(built, 3.1 * day);
    expect(built.world.ledger.loans!.debt[0]).toBe(58e6);
  });

  it('is slashed after the operator’s own, and the loss is the lender’s', () => {
    const built = buildLoaded(load('protocol.lendAgainstScore.interest=0'));
    const { kinds, ledger, nodes, operators, rules } = built.world;
    runUntil(built, 1.1 * day);
    const slash = (fraction: number) =>
      built.lives.collateral.slash(0, fraction, kinds.find('invalid'), rules.now.slashedTo);
    slash(0.5);
    // 75 of 150: of the own 90 there are 15 left
    expect([nodes.stake[0], operators.locked[0], ledger.loans!.lent[0]]).toEqual([75e6, 15e6, 60e6]);
    slash(0.6);
    expect([nodes.stake[0], operators.locked[0], ledger.loans!.lent[0]]).toEqual([30e6, 0, 30e6]);
    expect(ledger.loans!.uncovered(0)).toBe(30e6);
    expect(breaches(built)).toEqual([]);
    built.world.simulation.schedule(2.5 * day, EventKind.nodeLeft, 0, 0);
    const before = ledger.treasury;
    runUntil(built, 5 * day);
    // what returns is the lender's
    expect([ledger.balance[0], ledger.loans!.debt[0], ledger.treasury - before]).toEqual([0, 30e6, 30e6]);
    expect(breaches(built)).toEqual([]);
  });

  it('counts in no account of who borrowed but by what it costs', async () => {
    const slashing = [
      'protocol.verification={ kind: recompute, share: 1 }',
      'protocol.slashing={ kind: fixed, fraction: 0.3 }',
      'fleet.liars={ nodes: 2, hardware: reference-cpu, stake: 90, borrows: 1, strategy: always-wrong }',
      'workload.w.jobs=12',
    ];
    const result = await runFinished(loadText(working, ...slashing));
    const { ledger, nodes, operators } = result.finished.world;
    expect(ledger.residue()).toBe(0);
    // what the liars own at the end is what they brought, less what the account says that they lost
    let owned = 0;
    for (const operator of [2, 3]) owned += ledger.balance[operator]! + operators.locked[operator]!;
    const lost =
      metricOf(result, 'attackerSlashedUsd') - ledger.loans!.uncovered(2) / 1e6 - ledger.loans!.uncovered(3) / 1e6;
    const charged = (operators.charged[2]! + operators.charged[3]!) / 1e6;
    expect(owned / 1e6).toBeCloseTo(180 - lost - charged, 6);
    expect(metricOf(result, 'loanLossTokens')).toBeGreaterThan(0);
    expect(metricOf(result, 'loansTokens')).toBeGreaterThan(metricOf(result, 'loanLossTokens'));
    expect(nodes.stake[2]).toBeLessThan(60e6);
  });
});

describe('settings of loans', () => {
  it.each([
    ['protocol.lendAgainstScore.share=1', 'expected a number of at least 0 and below 1'],
    ['protocol.lendAgainstScore.interest=2', 'expected a fraction from 0 to 1'],
    ['protocol.lendAgainstScore=yes', 'expected none or {share: …, interest: …, repays: …}'],
  ])('refuse %s', (setting, reason) => {
    const lines = linesOf(() => load(setting)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/:\d+:\d+: protocol\.lendAgainstScore/);
  });

  it.each([
    ['protocol.lendAgainstScore=none', 'so that nobody is lent anything'],
    ['protocol.lendAgainstScore.share=0', 'so that nobody is lent anything'],
    ['fleet.hosts.borrows=0', 'so that nobody asks for a loan'],
    ['money.treasury=0', 'so that there is nothing to lend at first'],
  ])('warn of %s', (setting, why) => {
    expect(load(setting).warnings.map((warning) => warning.why)).toContain(why);
  });
});
