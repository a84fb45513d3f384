import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../../sim/record/economics.js';
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
const base = `
  seed: by-profit
  horizon: 40d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    rewards: { kind: fee-split, operator: 1, verifiers: 0, treasury: 0, emission: 0 }
    stake: { minimum: 0, identityFee: 1 }
  fleet:
    hosts: { nodes: 20, hardware: reference-cpu, quality: 1, stake: 10 }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 10m, fee: 0.1 } }
  money: { treasury: 0 }
`;
const load = (...set: readonly string[]) => loadText(base, ...set);
const run = (...set: readonly string[]) => runFinished(load(...set));
const byProfit = (settings: string) => `fleet.hosts.byProfit=${settings}`;

describe('an operator that it doesn’t pay', () => {
  // one node, whose last job ends before the last epoch does
  const one = [
    'fleet.hosts.nodes=1',
    'workload.w.arrivals={ perHour: null, every: 7h }',
    'workload.w.fee=1',
    'horizon=10d',
  ];

  async function marginOf(...set: readonly string[]): Promise<number> {
    const { finished } = await run(...one, ...set);
    const { identityFeesUsd, profitUsd, computeUsd, capitalCostUsd } = accountOf(finished, 0);
    return (profitUsd + identityFeesUsd) / (computeUsd + capitalCostUsd);
  }

  const chargesAndSlashes = [
    'protocol.rewards={ kind: fee-split, operator: 0.9, verifiers: 0, treasury: 0.1, emission: 0.5, txCost: 0.01 }',
    'fleet.hosts={ funds: 50, completion: 0.8 }',
    'protocol.insurance={ premium: 0.5, covers: 0.5 }',
    'protocol.slashing={ kind: fixed, fraction: 0.01 }',
  ];
  const bondsOfTheirOwn = [
    'protocol.bondCurrency=bond-token',
    'protocol.rewards.bondFraction=2',
    'fleet.hosts={ bondFunds: 50, completion: 0.8 }',
    'money.bondTokenPrice=3',
  ];
  it.each([
    ['fees alone', []],
    ['emission, charges, premiums, claims and slashes', chargesAndSlashes],
    ['bonds in a currency of their own', bondsOfTheirOwn],
  ])('reckons as its account in the end does, fees of entry aside, with %s', async (_, set) => {
    const margin = await marginOf(...set);
    expect(margin).toBeGreaterThan(-1);
    const left = async (below: number) => {
      const leaves = `{ window: 10, leaves: { below: ${below}, probability: 1 } }`;
      const result = await run(...one, ...set, 'horizon=11d', byProfit(leaves));
      return metricOf(result, 'nodesLeftByProfit');
    };
    expect([await left(margin - 1e-9), await left(margin + 1e-9)]).toEqual([0, 1]);
  });

  it('stays for its window, and leaves with all of its nodes, whose stake returns', async () => {
    const poor = ['workload.w.fee=0', byProfit('{ window: 5, leaves: { probability: 1 } }'), 'money.tokenPrice=2'];
    const result = await run(...poor, 'protocol.rewards.unbonding=1d');
    const { ledger, nodes } = result.finished.world;
    expect([...nodes.leftAt.subarray(0, 20)]).toEqual(Array.from({ length: 20 }, () => 5 * day));
    expect(metricOf(result, 'nodesLeftByProfit')).toBe(20);
    expect(metricOf(result, 'honestLeftNodes')).toBe(20);
    expect([...ledger.balance.subarray(0, 20)]).toEqual(Array.from({ length: 20 }, () => 10e6));
    expect(ledger.residue()).toBe(0);
  });

  it('leaves by chance, epoch by epoch, as often as it is told', async () => {
    const settings = byProfit('{ window: 1, leaves: { below: 0, probability: 0.3 } }');
    const result = await run('workload.w.fee=0', 'fleet.hosts.nodes=400', settings, 'horizon=5d');
    // ends of epochs at 1 to 4 d: 1 − 0.7⁴
    const expected = 400 * (1 - 0.7 ** 4);
    const error = Math.sqrt(expected * 0.7 ** 4);
    expect(Math.abs(metricOf(result, 'nodesLeftByProfit') - expected)).toBeLessThan(4 * error);
  });

  it('has its own costs and income: the dear hardware goes, the cheap one stays', async () => {
    const result = await run(
      'fleet.dear={ nodes: 20, hardware: h100, throughput: 1, quality: 1, stake: 10, byProfit: {} }',
      byProfit('{}'),
      'workload.w.arrivals.perHour=60',
    );
    const present = records(tableNamed(result, 'cohorts')).map(({ cohort, nodesPresent }) => [cohort, nodesPresent]);
    const [hosts, dear] = ['hosts', 'dear'].map((name) => Number(present.find(([cohort]) => cohort === name)![1]));
    expect(hosts).toBeGreaterThan(15);
    expect(dear).toBeLessThan(3);
  });
});

describe('entrants', () => {
  const open = (most: number) => byProfit(`{ enters: { most: ${most} } }`);

  it('come while there is profit, until fees cover the costs of those who are there', async () => {
    // 72 tokens a day over about 3 USD a machine and day
    const result = await run(open(500), 'horizon=120d', 'warmUp=30d');
    expect(metricOf(result, 'nodesEnteredByProfit')).toBeGreaterThan(10);
    const { computeUsd, incomeUsd } = accountOf(result.finished, 0);
    expect(incomeUsd / computeUsd).toBeGreaterThan(0.85);
    expect(incomeUsd / computeUsd).toBeLessThan(1.15);
    expect(metricOf(result, 'newcomersRefused')).toBe(0);
  });

  it('stay away while there is none, and come no more than there is room', async () => {
    expect(metricOf(await run(open(50), 'workload.w.fee=0.001'), 'nodesEnteredByProfit')).toBe(0);
    const full = await run(open(3), 'workload.w.fee=10');
    expect(metricOf(full, 'nodesEnteredByProfit')).toBe(3);
    expect(metricOf(full, 'newcomersRefused')).toBeGreaterThan(0);
    expect(records(tableNamed(full, 'limits')).map(({ limit }) => limit)).toEqual(['newcomers']);
  });

  it('come again to a cohort that everybody left', async () => {
    const settings = '{ window: 1, leaves: { below: 1000, probability: 1 }, enters: { probability: 1, most: 100 } }';
    const result = await run('fleet.hosts.nodes=1', byProfit(settings));
    // out at one end of an epoch, in at the next, or as they see a profit
    expect(metricOf(result, 'nodesEnteredByProfit')).toBeGreaterThan(15);
  });

  it('leave everything in order at any time, and the same seed gives the same run', async () => {
    const settings = ['horizon=20d', byProfit('{ window: 2, enters: { most: 60 } }')];
    const built = buildLoaded(load(...settings));
    for (const days of [3.5, 10, 19.9]) {
      runUntil(built, days * day);
      expect(breaches(built)).toEqual([]);
    }
    const [first, second] = [await run(...settings), await run(...settings)];
    expect(first.accountingFingerprint).toBe(second.accountingFingerprint);
  });
});

describe('byProfit', () => {
  it('is refused where nobody could keep to it', () => {
    const refused = (...set: readonly string[]) => linesOf(() => load(...set)).join('\n');
    expect(refused(byProfit('{ leaves: none }'))).toMatch(/byProfit: expected leaves, or enters/);
    expect(refused(byProfit('{ enters: {} }'))).toMatch(/byProfit\.enters/);
    expect(refused(byProfit('{ window: 0 }'))).toMatch(/byProfit\.window: expected an integer from 1 to 365/);
    expect(refused(byProfit('{ leaves: { probability: 2 } }'))).toMatch(/probability from 0 to 1|expected none or/);
    const open = byProfit('{ enters: { most: 5 } }');
    expect(refused(open, 'fleet.hosts.joins.newcomers={ perDay: 1 }')).toMatch(
      /byProfit\.enters: expected none beside/,
    );
    expect(refused(open, 'fleet.hosts.leaves={ after: 3d }')).toMatch(/leaves: expected none beside byProfit\.enters/);
    const attackers = refused(byProfit('{}'), 'fleet.hosts.strategy=always-wrong');
    expect(attackers).toMatch(/fleet\.hosts\.byProfit: expected a cohort of honest operators/);
  });

  it('is warned of in vain', () => {
    const told = (...set: readonly string[]) => load(...set).warnings.map(({ path }) => path);
    expect(told(byProfit('{}'))).toEqual([]);
    expect(told(byProfit('{ window: 40 }'))).toEqual(['fleet.hosts.byProfit.window']);
    const never = byProfit('{ leaves: { probability: 0 }, enters: { probability: 0, most: 1 } }');
    expect(told(never)).toEqual(['fleet.hosts.byProfit.leaves.probability', 'fleet.hosts.byProfit.enters.probability']);
  });
});
