import { describe, expect, it } from 'vitest';
import { secondsPerYear } from '../../../sim/model/contract/units.js';
import { accountOf } from '../../../sim/record/economics.js';
import { breaches } from '../../support/invariants.js';
import { linesOf } from '../../support/refusals.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const hour = 3_600;
const base = `
  seed: insurance
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    assignment: round-robin
    verification: { kind: recompute, share: 1 }
    slashing: { kind: fixed, fraction: 0.01 }
    slashedTo: { burn: 0.8, insurance: 0.2 }
    rewards: { kind: fee-split, emission: 0 }
    insurance: { premium: 0.365, covers: 0.5, findings: [timeout] }
    stake: { minimum: 0, identityFee: 0 }
  fleet:
    flaky: { nodes: 10, hardware: reference-cpu, quality: 1, completion: 0.95, stake: 100, funds: 100 }
    liars: { nodes: 2, hardware: reference-cpu, quality: 1, stake: 100, funds: 100, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, fee: 0.2, jobs: 1000 } }
  money: { treasury: 0 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));

/** What was slashed for a finding, slash by slash [micro-tokens]. */
function slashedFor(result: Awaited<ReturnType<typeof run>>, cause: string): number[] {
  return records(tableNamed(result, 'slashings'))
    .filter((slash) => slash.cause === cause)
    .map(({ amountTokens }) => Math.round(Number(amountTokens) * 1e6));
}

describe('insurance', () => {
  it('pays its share of each slash for what it covers, and of no other, to the micro-token', async () => {
    const result = await run('money.treasury=10000');
    const { ledger } = result.finished.world;
    const covered = slashedFor(result, 'timeout');
    expect(covered.length).toBeGreaterThan(30);
    expect(slashedFor(result, 'invalid').length).toBeGreaterThan(100);
    expect(ledger.claims).toBe(covered.reduce((sum, amount) => sum + Math.floor(amount / 2), 0));
    expect(metricOf(result, 'claimsTokens')).toBeCloseTo(ledger.claims / 1e6, 9);
    expect(records(tableNamed(result, 'limits')).filter(({ limit }) => limit === 'insurance')).toEqual([]);
  });

  it('costs the yearly premium of the stake, epoch by epoch', async () => {
    const result = await run('protocol.slashing=none');
    const { ledger, operators } = result.finished.world;
    const each = Math.floor(100e6 * ((0.365 * 24 * hour) / secondsPerYear));
    expect(ledger.premiums).toBe(10 * 12 * each);
    // a thousandth a day, as a year has 365.25 of them
    expect(metricOf(result, 'premiumsTokens')).toBeCloseTo(12 * 0.9993, 2);
    expect([ledger.insurance, metricOf(result, 'claimsTokens')]).toEqual([ledger.premiums, 0]);
    expect(operators.charged.reduce((sum, amount) => sum + amount, 0)).toBe(ledger.premiums);
  });

  it('is a cost and a gain of operators, whose profit it changes by the difference', async () => {
    const [insured, plain] = [await run(), await run('protocol.insurance=none')];
    const [own, other] = [accountOf(insured.finished, 0), accountOf(plain.finished, 0)];
    expect(own.claimsUsd).toBeGreaterThan(1);
    expect(own.chargesUsd).toBeGreaterThan(1);
    expect([other.claimsUsd, other.chargesUsd]).toEqual([0, 0]);
    expect(own.profitUsd - other.profitUsd).toBeCloseTo(own.claimsUsd - own.chargesUsd, 6);
    expect(accountOf(insured.finished, 1).claimsUsd).toBe(0);
  });

  it('runs dry, and tells since when', async () => {
    const result = await run('protocol.insurance={premium: 0.001, covers: 1}', 'protocol.slashedTo.insurance=0.2');
    const [limit] = records(tableNamed(result, 'limits')).filter(({ limit }) => limit === 'insurance');
    expect(Number(limit!.times)).toBeGreaterThan(10);
    expect(Number(limit!.sinceDays)).toBeGreaterThan(0);
    const { ledger } = result.finished.world;
    const covered = slashedFor(result, 'timeout').reduce((sum, amount) => sum + amount, 0);
    expect(ledger.claims).toBeLessThan(covered);
    expect(ledger.residue()).toBe(0);
  });

  it('pays nothing to who didn’t pay the last premium', async () => {
    // nobody is paid within the run, for recomputations neither
    const rewards =
      '{kind: fee-split, operator: 1, verifiers: 0, treasury: 0, emission: 0, holdEpochs: 365, unbonding: 92d}';
    const poor = ['fleet.flaky.funds=0', `protocol.rewards=${rewards}`];
    const result = await run(...poor, 'protocol.insurance={premium: 5, covers: 0.001}', 'protocol.epoch=6h');
    const limits = records(tableNamed(result, 'limits')).map(({ limit }) => limit);
    expect(limits).toContain('premiums');
    const { operators } = result.finished.world;
    const paid = operators.claims.slice(0, 10).reduce((sum, amount) => sum + amount, 0);
    // in the first epoch everybody is insured, and a claim is less than the premium after it
    const slashes = records(tableNamed(result, 'slashings')).filter(({ cause }) => cause === 'timeout');
    const early = slashes.filter(({ timeDays }) => Number(timeDays) < 0.25);
    expect(early.length).toBeGreaterThan(2);
    expect(early.length).toBeLessThan(slashes.length / 2);
    const covered = early.reduce((sum, { amountTokens }) => sum + Math.floor(Number(amountTokens) * 1e3), 0);
    expect(Math.abs(paid - covered)).toBeLessThanOrEqual(early.length);
    expect(operators.charged.slice(0, 10)).toEqual(new Float64Array(10));
  });

  it('leaves everything in order at any time', () => {
    const built = buildLoaded(loadText(base, 'protocol.appeal={}', 'protocol.rewards.bondFraction=1'));
    for (const hours of [13, 30, 100, 239]) {
      runUntil(built, hours * hour);
      expect(breaches(built)).toEqual([]);
    }
    expect(built.world.ledger.claims).toBeGreaterThan(0);
  });

  it('is refused without anything to pay with, and warned of in vain', () => {
    const dry = ['protocol.insurance.premium=0', 'protocol.slashedTo={burn: 1, insurance: 0}'];
    expect(linesOf(() => loadText(base, ...dry))[0]).toMatch(
      /protocol\.insurance\.premium: expected a premium above 0, or a share of what is slashed/,
    );
    expect(() => loadText(base, dry[0]!)).not.toThrow();
    expect(linesOf(() => loadText(base, 'protocol.insurance.findings=[silense]'))[0]).toMatch(/insurance/);
    const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    expect(told()).toEqual([]);
    expect(told('protocol.insurance.covers=0')).toEqual(['protocol.insurance.covers']);
    expect(told('protocol.insurance.findings=[silence]')).toEqual(['protocol.insurance.findings']);
  });
});
