import { describe, expect, it } from 'vitest';
import { breaches } from '../../support/invariants.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

/** Earners who are honest, and liars who are thrown out at the first lie and come back for 21 tokens. */
const text = `
  seed: shared
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    epoch: 6h
    assignment: uniform
    verification: { kind: recompute, share: 1 }
    slashing: { kind: fixed, fraction: 1, ejectsFor: [invalid] }
    reputation: beta
    checkIn: none
    stake: { identityFee: 1 }
  fleet:
    honest: { nodes: 10, quality: 1 }
    earners: { nodes: 10, quality: 1, attack: raid, purse: { gives: 0.5 } }
    poor:
      nodes: 5
      stake: 20
      quality: 1
      attack: raid
      purse: { takesUpTo: 30 }
      strategy: { kind: whitewash, low: 0.4, identitiesMost: 200 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 1 } }
  money: { treasury: 100000 }
`;
const joined = (result: Awaited<ReturnType<typeof runFinished>>, cohort: string) =>
  Number(records(tableNamed(result, 'cohorts')).find((row) => row.cohort === cohort)!.nodesJoined);

describe('a purse that cohorts share', () => {
  it('pays for the entries of members who have nothing, out of what others earn', async () => {
    const shared = await runFinished(loadText(text));
    const apart = await runFinished(loadText(text, 'fleet.earners.purse.gives=0'));
    // who is found at the first lie has earned nothing that buys another identity
    expect(joined(apart, 'poor')).toBe(5);
    expect(joined(shared, 'poor')).toBeGreaterThan(15);
    expect(metricOf(apart, 'pursesTokens')).toBe(0);
    expect(metricOf(shared, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('takes a share of what was earned and paid, and gives what is lacking, each epoch', () => {
    const built = buildLoaded(loadText(text, 'fleet.poor.strategy=honest', 'fleet.poor.purse.takesUpTo=0'));
    const { ledger, operators, purseAccounts } = built.world;
    const [earners, earner] = [1, 10];
    runUntil(built, 3 * 86_400 + 1);
    expect(breaches(built)).toEqual([]);
    const own = ledger.balance[earner]!;
    // half of what each has been paid lies in the purse, to a micro-token an epoch
    expect(own).toBeGreaterThan(10e6);
    let sum = 0;
    for (let operator = earner; operator < earner + 10; operator++) sum += ledger.balance[operator]!;
    expect(operators.cohort[earner]).toBe(earners);
    expect(Math.abs(ledger.balance[purseAccounts[earners]!]! - sum)).toBeLessThan(10 * 12);
  });

  it('is nothing to the honest twin, and leaves profits as they are where nothing is bought of it', async () => {
    const idle = ['fleet.poor.strategy=honest', 'fleet.poor.purse.takesUpTo=50', 'twin=true', 'money.capitalCost=0'];
    const run = await runFinished(loadText(text, ...idle));
    expect(metricOf(run, 'attackerProfitOverTwinUsd')).toBeCloseTo(0, 9);
    expect(metricOf(run, 'honestProfitOverTwinUsd')).toBe(0);
  });

  it('needs an attack, and somebody who gives and takes', () => {
    expect(() => loadText(text, 'fleet.honest.purse={ gives: 0.1 }')).toThrow(/an attack beside it/);
    const told = (...set: readonly string[]) =>
      loadText(text, ...set).warnings.map(({ path, why }) => `${path}: ${why}`);
    expect(told().filter((line) => line.includes('purse'))).toEqual([]);
    const nothing = 'fleet.poor.purse.takesUpTo: so that there is nothing in the purse but what strategies give';
    expect(told('fleet.earners.purse.gives=0')).toContain(nothing);
    const left = 'fleet.earners.purse.gives: so that only strategies take it out again';
    expect(told('fleet.poor.purse.takesUpTo=0')).toContain(left);
  });
});
