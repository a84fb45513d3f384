import { describe, expect, it } from 'vitest';
import { NodeState } from '../../../../sim/model/columns/nodes.js';
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
  seed: places
  horizon: 20d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    assignment: round-robin
    rewards: { kind: fee-split, operator: 1, verifiers: 0, treasury: 0, emission: 0, unbonding: 1d }
    reputation: { kind: step, initial: 1, gain: 0.0005 }
    stake: { minimum: 0, identityFee: 1 }
    places: { most: 5, price: 3, immunity: 2d }
  fleet:
    first: { nodes: 4, hardware: reference-cpu, quality: 1, stake: 10 }
    later: { nodes: 4, joins: { at: 10d }, hardware: reference-cpu, quality: 1, stake: 10, funds: 40 }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m, fee: 0.1 } }
  money: { treasury: 0 }
`;
const load = (...set: readonly string[]) => loadText(base, ...set);
const run = (...set: readonly string[]) => runFinished(load(...set));

describe('places', () => {
  it('are entered for nothing while there are some, and then for the price and the place of the weakest', async () => {
    const result = await run();
    const { ledger, nodes } = result.finished.world;
    // one of the later finds a place, three take those of the first, who have a history but no immunity
    expect(metricOf(result, 'nodesPresent')).toBe(5);
    expect(metricOf(result, 'honestPushedOutNodes')).toBe(3);
    expect(metricOf(result, 'newcomersRefused')).toBe(0);
    expect(metricOf(result, 'burnedTokens')).toBe(9);
    expect([...nodes.state.subarray(4, 8)]).toEqual(new Array(4).fill(NodeState.present));
    expect(ledger.residue()).toBe(0);
  });

  it('are lost to a newcomer by the lowest score, and what was staked returns after unbonding', async () => {
    const result = await run('fleet.later.nodes=2');
    const { ledger, nodes } = result.finished.world;
    const out = [0, 1, 2, 3].filter((node) => nodes.state[node] === NodeState.pushedOut);
    expect(out).toHaveLength(1);
    const others = [0, 1, 2, 3].filter((node) => node !== out[0]);
    const built = buildLoaded(load('fleet.later.nodes=2'));
    runUntil(built, 10 * day - 1);
    const scores = built.world.nodes.score;
    for (const other of others) expect(scores[other]).toBeGreaterThan(scores[out[0]!]!);
    expect(nodes.leftAt[out[0]!]).toBe(10 * day);
    expect([nodes.stake[out[0]!], ledger.unbonding[out[0]!]]).toEqual([0, 0]);
    // what it brought and its pay; others keep their stake
    expect(ledger.balance[out[0]!]).toBeGreaterThanOrEqual(10e6);
    expect(nodes.stake[others[0]!]).toBe(10e6);
  });

  it('are kept while everybody is immune: newcomers are refused and counted, and pay nothing', async () => {
    const result = await run('protocol.places.immunity=11d');
    expect(metricOf(result, 'newcomersRefused')).toBe(3);
    expect(metricOf(result, 'honestPushedOutNodes')).toBe(0);
    expect(metricOf(result, 'burnedTokens')).toBe(0);
    expect(records(tableNamed(result, 'limits')).map(({ limit, times }) => [limit, times])).toEqual([['places', 3]]);
  });

  it('are refused to who can’t pay, and the price may be the treasury’s', async () => {
    // each of the four has 5 tokens, of which one is for nothing
    const poor = await run('fleet.later.funds=11.9');
    expect(metricOf(poor, 'newcomersRefused')).toBe(3);
    const taken = await run('protocol.places.priceTo=treasury');
    const fees = 8;
    expect(metricOf(taken, 'treasuryTokens')).toBe(fees + 9);
    expect(metricOf(taken, 'burnedTokens')).toBe(0);
  });

  it('protect from the end of immunity on no more: a tie goes against who came first', async () => {
    // nothing is ever done, so that all have the same score
    const idle = ['workload.w.arrivals.perHour=0', 'fleet.first.joins={ over: 8d }', 'fleet.later.nodes=2'];
    const { world } = (await run(...idle)).finished;
    const { nodes } = world;
    const out = [0, 1, 2, 3].filter((node) => nodes.state[node] === NodeState.pushedOut);
    const earliest = [0, 1, 2, 3].reduce((a, b) => (nodes.joinedAt[b]! < nodes.joinedAt[a]! ? b : a));
    expect(out).toEqual([earliest]);
  });

  it('can become fewer: the weakest go at the next end of an epoch', async () => {
    const fewer = 'changes=[{ at: 4.5d, set: { protocol.places.most: 2 } }]';
    const built = buildLoaded(load(fewer));
    runUntil(built, 5 * day - 1);
    expect(built.world.presentNodes.size).toBe(4);
    runUntil(built, 5 * day + 1);
    expect(built.world.presentNodes.size).toBe(2);
    expect(breaches(built)).toEqual([]);
  });

  it('are taken again by a swarm that was pushed out, which uses up no rows where it is refused', async () => {
    const swarm = (immunity: string) => [
      'fleet.swarm={ nodes: 1, hardware: reference-cpu, stake: 1, funds: 100, joins: { at: 5d } }',
      'fleet.swarm.strategy={ kind: sybil-swarm, replacesEjected: true, identitiesMost: 9 }',
      `protocol.places={ most: 5, price: 0, immunity: ${immunity} }`,
    ];
    const back = await run(...swarm('0s'));
    expect(back.finished.world.nodes.count).toBeGreaterThan(9);
    // once pushed out, nobody of theirs comes in again while all are immune
    const kept = await run(...swarm('2d'), 'fleet.later={ nodes: 5, joins: { at: 7d } }', 'horizon=9d');
    expect(kept.finished.world.nodes.count).toBe(10);
    expect(metricOf(kept, 'newcomersRefused')).toBeGreaterThan(0);
  });

  it('leave everything in order at any time, and the same seed gives the same run', async () => {
    const churn = ['fleet.first.joins={ newcomers: { perDay: 3 } }', 'fleet.first.funds=900'];
    const built = buildLoaded(load(...churn));
    for (const days of [3.5, 10, 10.5, 19.9]) {
      runUntil(built, days * day);
      expect(breaches(built)).toEqual([]);
      expect(built.world.presentNodes.size).toBeLessThanOrEqual(5);
    }
    const [one, other] = [await run(...churn), await run(...churn)];
    expect(one.accountingFingerprint).toBe(other.accountingFingerprint);
    expect(metricOf(one, 'honestPushedOutNodes')).toBeGreaterThan(10);
  });

  it('are refused where they make no sense, with the line, and warned of in vain', () => {
    const stated = '{ most: 5, price: 3, immunity: 2d }';
    const refused = (settings: string) => linesOf(() => loadText(base.replace(stated, settings))).join('\n');
    expect(refused('{}')).toMatch(/places/);
    expect(refused('{ most: 0 }')).toMatch(/places\.most: expected an integer from 1 to/);
    expect(refused('{ most: 5, price: -1 }')).toMatch(/places\.price/);
    expect(refused('{ most: 5, priceTo: me }')).toMatch(/places\.priceTo: expected one of: burn, treasury/);
    expect(refused('{ most: 5, immunity: -1 }')).toMatch(/places\.immunity: expected a duration/);
    // a word and a block take one another's place
    const limited = ['protocol.places=none', 'protocol.places={ most: 6 }'];
    expect(load(...limited).scenario.protocol.places).toMatchObject({ most: 6, price: 1 });
    expect(load('protocol.places=none').scenario.protocol.places).toBe('none');
    const told = (...set: readonly string[]) => load(...set).warnings.map(({ path }) => path);
    expect(told()).toEqual([]);
    expect(told('protocol.places.most=8')).toEqual(['protocol.places.most']);
    expect(told('protocol.places.most=3')).toEqual(['protocol.places.most']);
    expect(told('protocol.places.immunity=20d')).toEqual(['protocol.places.immunity']);
    expect(told('fleet.later.funds=0')).toEqual(['protocol.places.price']);
  });
});
