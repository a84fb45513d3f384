import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../sim/record/economics.js';
import { breaches } from '../../support/invariants.js';
import {
  buildLoaded,
  finalJobs,
  loadText,
  metricOf,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const base = `
  seed: charges
  horizon: 2d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    assignment: round-robin
    verification: none
    slashing: none
    rewards: { kind: fee-split, emission: 0, operator: 1, verifiers: 0, treasury: 0, txCost: 0.002 }
  fleet: { a: { nodes: 4, hardware: reference-cpu, quality: 1, funds: 10 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, fee: 0.2 } }
  money: { treasury: 0 }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });

describe('what an answer costs', () => {
  it('is charged for each that is sent, to the treasury', async () => {
    const result = await run();
    const { ledger, operators } = result.finished.world;
    const answers = metricOf(result, 'jobsCompleted');
    expect(answers).toBeGreaterThan(500);
    expect(ledger.charged).toBe(answers * 2_000);
    // identity fees come there, too
    expect(ledger.treasury).toBe(4_000_000 + answers * 2_000);
    expect(operators.charged.reduce((sum, amount) => sum + amount, 0)).toBe(ledger.charged);
    expect(metricOf(result, 'chargedTokens')).toBeCloseTo(answers * 0.002, 9);
    expect(records(tableNamed(result, 'currencies'))[0]!.chargedTokens).toBeCloseTo(answers * 0.002, 9);
  });

  it('can be burned', async () => {
    const { ledger } = (await run('protocol.rewards.txCostTo=burn')).finished.world;
    expect(ledger.burned).toBe(ledger.charged);
    expect(ledger.treasury).toBe(4_000_000);
  });

  it('is a cost of its operators, and part of their outlay', async () => {
    const account = accountOf((await run()).finished, 0);
    const free = accountOf((await run('protocol.rewards.txCost=0')).finished, 0);
    expect(account.chargesUsd).toBeGreaterThan(1);
    expect(free.chargesUsd).toBe(0);
    expect(free.profitUsd - account.profitUsd).toBeCloseTo(account.chargesUsd, 9);
    expect(account.outlayUsd - free.outlayUsd).toBeCloseTo(account.chargesUsd, 9);
  });

  it('is charged for recomputations, too, and neither for silence nor for a look at a result', async () => {
    const rechecked = await run('protocol.verification={kind: recompute, share: 1}', 'money.treasury=1000');
    const jobs = finalJobs(rechecked).length;
    expect(rechecked.finished.world.ledger.charged / 2_000).toBeGreaterThan(1.9 * jobs);
    const silent = await run('fleet.a.completion=0');
    expect(silent.finished.world.ledger.charged).toBe(0);
    const looked = await run('protocol.verification={kind: optimistic, checkProbability: 1}', 'fleet.a.funds=1000');
    const open = metricOf(looked, 'jobsOpen');
    const answers = looked.finished.world.ledger.charged / 2_000;
    expect(answers - metricOf(looked, 'jobsCompleted')).toBeGreaterThanOrEqual(0);
    expect(answers - metricOf(looked, 'jobsCompleted')).toBeLessThanOrEqual(open);
  });

  it('keeps work from who can’t pay it: until pay comes nobody asks its node', async () => {
    const result = await run('fleet.a.funds=0', '+fleet.b={nodes: 2, hardware: reference-cpu, funds: 1}');
    expect(numbers(tableNamed(result, 'nodes'), 'attemptsAccepted').slice(0, 4)).toEqual([0, 0, 0, 0]);
    const poor = await run('fleet.a.funds=0');
    const [reason] = records(tableNamed(poor, 'unserved'));
    expect(reason).toMatchObject({ reason: 'noBond' });
    expect(metricOf(poor, 'jobsCompleted')).toBe(0);
  });

  it('silences who runs out of tokens meanwhile, and the run says so', async () => {
    const two = [
      'fleet.a={nodes: 2, hardware: reference-cpu, quality: 1, strategy: {kind: honest, machinesPerOperator: 2}}',
      'fleet.a.funds=0.003',
      'workload.w.jobs=2',
      'workload.w.arrivals.perHour=36000',
    ];
    const result = await run(...two);
    expect(finalJobs(result).map(({ outcome }) => outcome)).toEqual(['completed', 'timedOut']);
    const [limit] = records(tableNamed(result, 'limits'));
    expect(limit).toMatchObject({ limit: 'charges', times: 1 });
    const { ledger } = result.finished.world;
    expect(ledger.charged).toBe(2_000);
    expect(metricOf(await run(...two, 'fleet.a.funds=0.004'), 'jobsCompleted')).toBe(2);
  });

  it('leaves bonds and purses in order at any time', () => {
    const poor = ['fleet.a.funds=2', 'protocol.rewards.bondFraction=1', 'protocol.epoch=6h'];
    for (const currency of ['token', 'bond-token']) {
      const set = [...poor, `protocol.bondCurrency=${currency}`, 'fleet.a.bondFunds=2'];
      const built = buildLoaded(loadText(base, ...set));
      for (const hours of [1, 7, 20, 47]) {
        runUntil(built, hours * 3_600);
        expect(breaches(built)).toEqual([]);
      }
      expect(built.world.ledger.charged).toBeGreaterThan(0);
    }
  });

  it('warns of operators that can’t pay for one, and of burning nothing', () => {
    const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    expect(told()).toEqual([]);
    expect(told('fleet.a.funds=0')).toEqual(['protocol.rewards.txCost']);
    expect(told('protocol.rewards.txCost=0', 'protocol.rewards.txCostTo=burn')).toEqual(['protocol.rewards.txCostTo']);
  });
});
