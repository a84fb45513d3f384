import { describe, expect, it } from 'vitest';
import { correlationPenalty } from '../../sim/kernels/correlation-penalty.js';
import { linesOf } from '../support/refusals.js';
import { loadText, metricOf, numbers, records, runFinished, runUntil, tableNamed } from '../support/scenarios.js';
import { scriptedWorld } from '../support/scripted.js';
import { binomialErrors, twentySeeds } from '../support/statistics.js';

const day = 86_400;

/** The protocol on one site; nobody errs or fails, unless a test says so. */
const base = `
  protocol: { extends: compute-staking, publish: { every: 0, delay: 0 } }
  seed: staking-1
  horizon: 2d
  warmUp: 0
  network: single
  fleet: { a: { nodes: 10, hardware: consumer-gpu, quality: 1, stake: 100, funds: 500 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, jobs: 200, work: 1m, fee: 1, deadline: { atLeast: 10m } } }
  money: { treasury: 100000 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const liar = (settings = '') =>
  `fleet.liars={ nodes: 1, hardware: consumer-gpu, quality: 1, stake: 100, strategy: always-wrong ${settings} }`;
const game = (set: string) => `protocol.verification.1.${set}`;
const column = (result: Awaited<ReturnType<typeof run>>, name: string) => numbers(tableNamed(result, 'nodes'), name);

describe('the verification game in compute-staking', () => {
  it('has one result in ten looked at', async () => {
    let looked = 0;
    const results = await Promise.all(twentySeeds.map((seed) => run(`seed=${seed}`)));
    for (const result of results) looked += Math.round((metricOf(result, 'redundancyFactor') - 1) * 200);
    expect(Math.abs(binomialErrors(looked, 200 * 20, 0.1))).toBeLessThan(4);
  });

  it('pays who finds a forced error the jackpot, and nobody is at fault', async () => {
    const forced = await run(game('checkProbability=1'), game('forcedErrorProbability=1'), 'workload.w.jobs=50');
    expect(metricOf(forced, 'slashedTokens')).toBe(0);
    const earned = column(forced, 'incomeTokens').reduce((sum, one) => sum + one, 0);
    const plain = await run(game('checkProbability=1'), game('forcedErrorProbability=0'), 'workload.w.jobs=50');
    const usual = column(plain, 'incomeTokens').reduce((sum, one) => sum + one, 0);
    expect(earned - usual).toBeCloseTo(50 * 20, 6);
  });

  it('takes all stake of who is proved wrong, half burned, half the challenger’s, and removes it', async () => {
    const result = await run(liar(), game('checkProbability=1'), game('forcedErrorProbability=0'));
    const [row] = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'liars');
    expect([row!.stakeTokens, row!.state]).toEqual([0, 'ejected']);
    const { ledger } = result.finished.world;
    expect(metricOf(result, 'slashedTokens')).toBe(100);
    expect(ledger.residue()).toBe(0);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
  });

  it('takes the bond of who challenges a right result', async () => {
    const wrong = 'fleet.a.quality=0.9';
    const result = await run(wrong, game('checkProbability=1'), game('forcedErrorProbability=0'), 'horizon=6h');
    const causes = records(tableNamed(result, 'slashings')).map(({ cause }) => cause);
    expect(causes).toContain('challengeFailed');
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });
});

describe('slashing in compute-staking', () => {
  it('takes 5 % for what doesn’t come back, and jails for an epoch', async () => {
    const lost = ['fleet.b={ nodes: 1, hardware: consumer-gpu, completion: 0, stake: 100 }', 'workload.w.jobs=20'];
    const result = await run(...lost, 'horizon=1d', game('checkProbability=0'));
    const [row] = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'b');
    expect(row!.stakeTokens).toBe(95);
    expect(row!.state).toBe('present');
  });

  it('takes all for double-signing', async () => {
    const twice = 'fleet.liars={ nodes: 1, hardware: consumer-gpu, strategy: { kind: equivocate, probability: 1 } }';
    const result = await run(twice, 'workload.w.jobs=10');
    const [row] = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'liars');
    expect([row!.stakeTokens, row!.state]).toEqual([0, 'ejected']);
  });

  it('reaches stake for 14 days after leaving', () => {
    const scripted = base
      .replace('horizon: 2d', 'horizon: 30d')
      .replace('quality: 1', 'quality: 1, strategy: scripted');
    const { built, ledger } = scriptedWorld(scripted, (actions) => {
      if (actions.epoch === 1 && actions.operator === 0) actions.leave(0);
    });
    runUntil(built, 14.5 * day);
    expect(ledger.unbonding[0]).toBe(100e6);
    runUntil(built, 15.5 * day);
    expect(ledger.unbonding[0]).toBe(0);
  });

  it('of one restaked stake multiplies over services: 5 % and then 1 % leave 0.95 · 0.99 of it', async () => {
    const classes = '{ simulation: { kind: fixed, fraction: 0.05 } }';
    const otherwise = '{ kind: fixed, fraction: 0.01 }';
    const rules = `protocol.slashing={ kind: by-class, otherwise: ${otherwise}, classes: ${classes} }`;
    const services = 'workload.v={ class: simulation, arrivals: { perHour: 20 }, jobs: 20, work: 1m, fee: 1 }';
    const always = [game('checkProbability=1'), game('forcedErrorProbability=0'), 'fleet.a.nodes=4'];
    const result = await run(liar(), rules, services, ...always);
    const slashes = records(tableNamed(result, 'slashings')).map(({ amountTokens }) => Number(amountTokens));
    let left = 100;
    const shares = slashes.map((slashed) => {
      const share = slashed / left;
      left -= slashed;
      return Math.round(share * 1e4) / 1e4;
    });
    expect(new Set(shares)).toEqual(new Set([0.05, 0.01]));
    const of = (share: number) => shares.filter((one) => one === share).length;
    expect(column(result, 'stakeTokens').at(-1)).toBeCloseTo(100 * 0.95 ** of(0.05) * 0.99 ** of(0.01), 4);
  });

  it.each([
    [0.01, 3, 0],
    [0.1, 2, 6],
    [1 / 3, 1, 10],
    [1 / 3, 2, 21],
    [1 / 3, 3, 32],
  ])('with a correlation penalty: of 32 tokens at a share of %d slashed, times %d, takes %d', (share, times, taken) => {
    expect(correlationPenalty(32, 300 * share, 300, times)).toBe(taken);
  });
});

describe('money in compute-staking', () => {
  it('is split 85, 5 and 10 %, the 5 for who looked', async () => {
    const set = [game('checkProbability=1'), game('forcedErrorProbability=0'), 'protocol.rewards.emission=0'];
    const result = await run(...set);
    const earned = column(result, 'incomeTokens').reduce((sum, one) => sum + one, 0);
    expect(earned).toBeCloseTo(200 * 0.9, 6);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('is shared with delegators, whose stake counts for assignment', async () => {
    const income = async (delegated: number) => {
      const extra = `fleet.b={ nodes: 1, hardware: consumer-gpu, quality: 1, delegated: ${delegated} }`;
      const result = await run(extra, 'workload.w.work=1s', 'workload.w.jobs=900', 'workload.w.arrivals.perHour=40');
      return column(result, 'attemptsAccepted').at(-1)!;
    };
    expect(await income(2_000)).toBeGreaterThan(2 * (await income(0)));
  });

  it('insures, where that is asked for, what liveness costs', async () => {
    const lost = ['fleet.b={ nodes: 5, hardware: consumer-gpu, completion: 0.5, funds: 100 }'];
    const insured = 'protocol.insurance={ premium: 1, covers: 0.5, findings: [absence, timeout] }';
    const result = await run(...lost, insured, 'horizon=6d', 'workload.w.arrivals.perHour=2');
    expect(result.finished.world.operators.claims.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });
});

describe('compute-staking', () => {
  it('sees evidence, never the truth: liars whom nobody checks fare as honest nodes do', async () => {
    const table = async (strategy: string) => {
      const result = await run('protocol.verification=proof-of-compute', `fleet.a.strategy=${strategy}`);
      return ['score', 'provenCompute', 'incomeTokens', 'stakeTokens'].map((name) => column(result, name));
    };
    expect(await table('always-wrong')).toEqual(await table('honest'));
  });

  it('refuses findings that it can’t make, and shares that don’t sum to 1, with their lines', () => {
    const lines = linesOf(() => loadText(base, 'protocol.rewards.verifiers=0.2'));
    expect(lines.join('\n')).toMatch(/:\d+:\d+.*rewards: expected shares for operator, verifiers and treasury/);
    const pass = linesOf(() => loadText(base, 'protocol.verification.0.passProbability=2'));
    expect(pass.join('\n')).toMatch(/:\d+:\d+.*passProbability: expected/);
  });
});
