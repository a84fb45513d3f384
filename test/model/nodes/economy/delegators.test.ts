import { describe, expect, it } from 'vitest';
import { breaches } from '../../../support/invariants.js';
import { linesOf } from '../../../support/refusals.js';
import { buildLoaded, loadText, runFinished, runUntil } from '../../../support/scenarios.js';

const day = 86_400;

/** Two nodes that are paid alike, in turn, whatever their stake. */
const text = `
seed: delegators
horizon: 120d
warmUp: 0
network: single
protocol:
  assignment: round-robin
  verification: none
  slashing: none
  reputation: ema
  checkIn: none
  stake: { minimum: 10, identityFee: 0, delegatorShare: 0.5 }
  rewards: { kind: fee-split, emission: 0, unbonding: 2d }
fleet:
  small: { nodes: 1, hardware: reference-cpu, quality: 1, stake: 100 }
  large: { nodes: 1, hardware: reference-cpu, quality: 1, stake: 300, delegated: 400, delegatorsFollow: {} }
workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1s, fee: 0.1 } }
`;
const load = (...set: readonly string[]) => loadText(text, ...set);

describe('delegators who follow the yield', () => {
  it('rest where all yields are the same', async () => {
    const { finished } = await runFinished(load());
    const { delegated } = finished.world.nodes;
    // equal pay: equal stake of 400 each; they stay while a yield is at most 5 % below the mean
    expect(Math.abs(delegated[0]! / 1e6 - 300)).toBeLessThan(25);
    expect(Math.abs(delegated[1]! / 1e6 - 100)).toBeLessThan(25);
    expect(finished.world.ledger.residue()).toBe(0);
  });

  it('spread over all who earn more, until these earn no more than others', async () => {
    const { finished } = await runFinished(
      load('fleet.small.nodes=3', 'fleet.large.delegated=1200', 'fleet.large.delegatorsFollow.tolerance=0'),
    );
    const { delegated } = finished.world.nodes;
    // 1,800 tokens over four nodes of equal pay
    for (const node of [0, 1, 2]) expect(Math.abs(delegated[node]! / 1e6 - 350)).toBeLessThan(20);
    expect(Math.abs(delegated[3]! / 1e6 - 150)).toBeLessThan(20);
  });

  it('move nothing before what they asked back has unbonded, and lose nothing on the way', () => {
    const built = buildLoaded(load());
    const { delegated } = built.world.nodes;
    // of the first epoch the yields are known at its end; two days later the first part is there
    runUntil(built, 2.9 * day);
    expect([delegated[0], delegated[1]]).toEqual([0, 400e6]);
    runUntil(built, 3.1 * day);
    expect(delegated[0]).toBeGreaterThan(5e6);
    for (let days = 4; days < 60; days++) {
      runUntil(built, days * day);
      expect(delegated[0]! + delegated[1]!).toBe(400e6);
      expect(breaches(built)).toEqual([]);
    }
  });

  it('stay where they may not move: rate 0, or pay by stake, or a gap that they tolerate', async () => {
    for (const set of [
      ['fleet.large.delegatorsFollow.rate=0'],
      ['fleet.large.delegatorsFollow.tolerance=1'],
      ['protocol.rewards.emission=0.2', 'workload.w.arrivals.perHour=0'],
    ]) {
      const { finished } = await runFinished(load(...set));
      expect(finished.world.nodes.delegated[1]).toBe(400e6);
    }
  });

  it('flee from slashes that weigh more than pay', async () => {
    const { finished } = await runFinished(
      load(
        'fleet.small.stake=5000',
        'fleet.large.strategy=always-wrong',
        'protocol.verification={ kind: recompute, share: 1 }',
        'protocol.slashing={ kind: fixed, fraction: 0.0005 }',
        'workload.w.arrivals.perHour=1',
      ),
    );
    const { ledger, nodes } = finished.world;
    expect(ledger.delegations.lost[1]).toBeGreaterThan(1e6);
    expect(nodes.delegated[0]).toBeGreaterThan(100e6);
    expect(ledger.residue()).toBe(0);
  });

  it('leave a node of any cohort whose score falls, and delegate anew what they took away', () => {
    const patient = 'fleet.large.delegatorsFollow={ tolerance: 0.99, window: 1 }';
    const built = buildLoaded(load('protocol.stake.tellFallsAbove=0.5', 'protocol.publish.every=0', patient));
    const { delegated } = built.world.nodes;
    for (const [node, other, at] of [
      [1, 0, 10],
      [0, 1, 20],
    ] as const) {
      runUntil(built, (at + 0.5) * day);
      built.lives.nodeLife.scoreChanged(node, 0.2);
      runUntil(built, (at + 2.9) * day);
      expect([delegated[node], delegated[other]]).toEqual([400e6, 0]);
      runUntil(built, (at + 3.1) * day);
      expect([delegated[node], delegated[other]]).toEqual([0, 400e6]);
      expect(breaches(built)).toEqual([]);
    }
  });
});

describe('settings of delegators', () => {
  it.each([
    ['fleet.large.delegatorsFollow={ rate: 1.5 }', 'expected a fraction from 0 to 1'],
    ['fleet.large.delegatorsFollow={ window: 0 }', 'expected an integer from 1 to 365'],
    ['fleet.large.delegatorsFollow=all', 'expected none or {rate: …, window: …, tolerance: …}'],
    ['fleet.large.delegatorsSpread=2', 'expected at most as many as the cohort has nodes'],
    ['fleet.large={ nodes: 4, delegatorsSpread: 2 }', 'expected 1 beside delegatorsFollow'],
  ])('refuse %s', (setting, reason) => {
    const lines = linesOf(() => load(setting)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/:\d+:\d+: fleet\.large\.delegators/);
  });

  it.each([
    ['fleet.small.delegatorsFollow={}', 'so that nobody is there to follow'],
    ['fleet.small.delegatorsSpread=1', 'so that nobody is there to spread'],
    ['fleet.large.delegatorsFollow={ rate: 0 }', 'so that nobody ever moves'],
    ['fleet.large.delegatorsFollow={ tolerance: 1 }', 'so that nobody ever moves'],
    ['protocol.stake.delegatorShare=0', 'so that no node’s yield is above another’s'],
  ])('warn of %s', (setting, why) => {
    expect(load(setting).warnings.map((warning) => warning.why)).toContain(why);
  });
});
