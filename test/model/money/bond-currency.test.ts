import { describe, expect, it } from 'vitest';
import { breaches } from '../../support/invariants.js';
import { linesOf } from '../../support/refusals.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const base = `
  seed: bonds
  horizon: 4d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    bondCurrency: bond-token
    verification: { kind: optimistic, window: 1h, checkProbability: 0.5, bond: 2, rounds: 1 }
    slashing: { kind: fixed, fraction: 0, bondFraction: 0.5 }
    rewards: { kind: fee-split, emission: 0, bondFraction: 1 }
    slashedTo: { burn: 0.5, challenger: 0.5 }
  fleet:
    honest: { nodes: 10, hardware: reference-cpu, quality: 1, bondFunds: 100 }
    liars: { nodes: 5, hardware: reference-cpu, quality: 1, bondFunds: 50, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.2 } }
  money: { tokenPrice: 1, bondTokenPrice: 0.25, capitalCost: 0 }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));

describe('a bond currency', () => {
  it('has the bonds, their losses and awards; the token keeps to fees and stake', async () => {
    const result = await run();
    const [token, bonds] = records(tableNamed(result, 'currencies'));
    expect([token!.currency, bonds!.currency]).toEqual(['token', 'bond-token']);
    expect([token!.bondedTokens, token!.slashedTokens]).toEqual([0, 0]);
    expect([bonds!.initialTokens, bonds!.mintedTokens, bonds!.stakedTokens]).toEqual([150, 0, 0]);
    const slashed = metricOf(result, 'bondTokensSlashed');
    expect(slashed).toBeGreaterThan(10);
    // each bond is cut by a floor, the odd micro-token goes to the treasury
    expect(metricOf(result, 'bondTokensBurned')).toBeCloseTo(slashed / 2, 2);
    expect(metricOf(result, 'bondTokensAwarded')).toBeCloseTo(slashed / 2, 2);
    expect(metricOf(result, 'slashedTokens')).toBe(0);
    expect(metricOf(result, 'honestStakeLostTokens')).toBe(0);
    const rows = records(tableNamed(result, 'slashings'));
    expect(new Set(rows.map(({ collateral }) => collateral))).toEqual(new Set(['bondToken']));
    const listed = rows.reduce((sum, { amountTokens }) => sum + Number(amountTokens), 0);
    expect(listed).toBeCloseTo(slashed, 6);
  });

  it('adds up, and agrees with what operators have locked, at any time', () => {
    const built = buildLoaded(loadText(base));
    for (const hours of [7, 25, 49, 90]) {
      runUntil(built, hours * 3_600);
      expect(breaches(built)).toEqual([]);
    }
    expect(built.world.bondLedger).not.toBe(built.world.ledger);
    expect(built.world.bondLedger.slashed).toBeGreaterThan(0);
  });

  it('is valued at its own price in accounts', async () => {
    const [cheap, dear] = [await run(), await run('money.bondTokenPrice=2')];
    const of = (result: typeof cheap, name: string) => numbers(tableNamed(result, 'cohorts'), name);
    const slashed = metricOf(cheap, 'bondTokensSlashed');
    expect(of(cheap, 'slashedUsd').reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(0.25 * slashed, 6);
    expect(of(dear, 'slashedUsd').reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(2 * slashed, 6);
    // awards are income of those who challenge, by the end of the run or due at its end
    const awarded = metricOf(cheap, 'bondTokensAwarded');
    const income = (result: typeof cheap) => of(result, 'incomeUsd').reduce((sum, usd) => sum + usd, 0);
    expect(income(dear) - income(cheap)).toBeCloseTo(1.75 * awarded, 6);
    // stake is locked by everybody for the whole run, bonds besides it
    expect(of(dear, 'peakLockedUsd')[0]).toBeGreaterThan(1_000);
    expect(of(dear, 'peakLockedUsd')[0]! - of(cheap, 'peakLockedUsd')[0]!).toBeGreaterThan(0);
  });

  it('gives its work to who has the bond in it, however much of the token others have', async () => {
    const split = ['fleet.liars={nodes: 5, hardware: reference-cpu, bondFunds: 0, funds: 1000, strategy: honest}'];
    const result = await run(...split);
    const accepted = numbers(tableNamed(result, 'nodes'), 'attemptsAccepted');
    expect(accepted.slice(10)).toEqual([0, 0, 0, 0, 0]);
    expect(Math.min(...accepted.slice(0, 10))).toBeGreaterThan(0);
    const inTokens = await run('protocol.bondCurrency=token', 'fleet.honest.bondFunds=0', ...split);
    expect(
      numbers(tableNamed(inTokens, 'nodes'), 'attemptsAccepted')
        .slice(10)
        .every((count) => count > 0),
    ).toBe(true);
  });

  it('is no other object, column or figure where bonds are in tokens', async () => {
    const result = await run('protocol.bondCurrency=token', 'fleet.honest.funds=100', 'fleet.liars.funds=100');
    const { world, recorder } = result.finished;
    expect(world.bondLedger).toBe(world.ledger);
    expect(world.operators.bonds).toBe(world.operators);
    expect(recorder.slashedBonds).toHaveLength(0);
    expect(tableNamed(result, 'currencies').rowCount).toBe(1);
    expect(metricOf(result, 'bondTokensSlashed')).toBeNaN();
    expect(metricOf(result, 'slashedTokens')).toBeGreaterThan(0);
  });

  it('warns where nothing is locked in it, of purses for one that there isn’t, and of too poor ones', () => {
    const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    expect(told()).toEqual([]);
    expect(
      told('protocol.verification=none', 'protocol.rewards.bondFraction=0', 'protocol.slashing.bondFraction=0'),
    ).toContain('protocol.bondCurrency');
    const paths = told('protocol.bondCurrency=token');
    for (const path of ['fleet.honest.bondFunds', 'fleet.liars.bondFunds', 'money.bondTokenPrice']) {
      expect(paths).toContain(path);
    }
    expect(told('fleet.liars.bondFunds=0.5')).toContain('protocol.rewards.bondFraction');
  });

  it('is refused in a change, and beyond what can be counted', () => {
    expect(linesOf(() => loadText(base, 'changes=[{at: 1d, set: {protocol.bondCurrency: token}}]'))[0]).toMatch(
      /bondCurrency.*as bonds that are locked are of one currency/,
    );
    expect(linesOf(() => loadText(base, 'fleet.honest.bondFunds=9e9', 'fleet.liars.bondFunds=9e9'))[0]).toMatch(
      /fleet: expected a supply of the bond currency below 9007199254 tokens/,
    );
  });
});
