import { describe, expect, it } from 'vitest';
import { peerTrust } from '../../../sim/kernels/trust/peer-trust.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { watchRatings, witnessed } from '../../support/witness-ratings.js';

const day = 86_400;
const build = (...set: readonly string[]) => buildLoaded(loadText(witnessed, 'protocol.reputation=peertrust', ...set));

describe('peertrust', () => {
  it('gives what the kernel gives on the same ratings', () => {
    const built = build('protocol.reputation={rounds: 3, forgetting: 0.5}');
    const { pairsAt } = watchRatings(built, day);
    const { nodes } = built.world;
    let trust: Float64Array | undefined;
    for (const epoch of [1, 2, 3, 4]) {
      runUntil(built, epoch * day);
      const pairs = pairsAt(epoch, 0.5);
      trust = peerTrust(
        {
          peers: nodes.count,
          rater: pairs.map(({ rater }) => rater),
          subject: pairs.map(({ subject }) => subject),
          satisfaction: pairs.map(({ positive, negative }) => positive / (positive + negative)),
          count: pairs.map(({ positive, negative }) => positive + negative),
        },
        { alpha: 1, beta: 0, initial: 0.5, rounds: 3, ...(trust === undefined ? {} : { start: trust }) },
      );
      for (let node = 0; node < nodes.count; node++) expect(nodes.score[node]).toBeCloseTo(trust[node]!, 5);
    }
    expect(breaches(built)).toEqual([]);
  });

  it('multiplies the odds of a camp by the ratio of their sizes in each round, where each signs for its own', () => {
    // 9 and 6 who serve each as they see it: the ring signs for itself and refuses the others' results, which are wrong
    const camps = [
      'fleet.honest={nodes: 9, quality: 1}',
      'fleet.liars={nodes: 6, attack: ring, strategy: {kind: collusion-ring, least: 1}}',
      'protocol.reputation={rounds: 1, forgetting: 1}',
    ];
    const built = build(...camps, 'protocol.verification={peers: 14, threshold: 7}');
    const { nodes } = built.world;
    runUntil(built, day);
    // all are asked each time: of an honest node 14 sign, of a liar the 5 others of the ring
    for (let node = 0; node < 9; node++) expect(nodes.score[node]).toBe(1);
    for (let node = 9; node < 15; node++) expect(nodes.score[node]).toBeCloseTo(5 / 14, 6);
    runUntil(built, 2 * day);
    // then raters count by that: 5·(5/14) of 9·1 + 5·(5/14)
    const second = (5 * (5 / 14)) / (9 + 5 * (5 / 14));
    for (let node = 9; node < 15; node++) expect(nodes.score[node]).toBeCloseTo(second, 6);
    runUntil(built, 3 * day);
    for (let node = 9; node < 15; node++) expect(nodes.score[node]).toBeCloseTo((5 * second) / (9 + 5 * second), 6);
  });

  it('of H honest nodes that A slander who serve well trusts each with 1 − A/(H − 1), where all are asked', () => {
    const built = build(
      'fleet.honest={nodes: 10, quality: 1}',
      'fleet.liars={nodes: 5, attack: ring, strategy: bad-mouthing}',
      'protocol.verification={peers: 14, threshold: 7}',
      'protocol.reputation={rounds: 200, forgetting: 1}',
    );
    const { nodes } = built.world;
    runUntil(built, day);
    // h = 9h/(9h + 5): less than the 9/14 of a plain mean
    for (let node = 0; node < 10; node++) expect(nodes.score[node]).toBeCloseTo(1 - 5 / 9, 6);
    for (let node = 10; node < 15; node++) expect(nodes.score[node]).toBe(1);
  });

  it('is the share of successes where no witness is asked', () => {
    const built = build('protocol.verification={kind: recompute, share: 1}', 'protocol.reputation.forgetting=1');
    const { nodes } = built.world;
    runUntil(built, 4 * day);
    for (let node = 10; node < 15; node++) expect(nodes.score[node]).toBe(0);
    let sum = 0;
    for (let node = 0; node < 10; node++) sum += nodes.score[node]! / 10;
    // some 3,800 results of which nine in ten are right
    expect(Math.abs(sum - 0.9)).toBeLessThan(4 * Math.sqrt((0.9 * 0.1) / 3_800));
  });

  it('pays with the community’s weight who replies when asked', () => {
    const built = build('protocol.reputation={communityWeight: 0.5, forgetting: 1}', 'fleet.honest.quality=1');
    const { nodes } = built.world;
    runUntil(built, day);
    // everybody replies: α·T + β
    for (let node = 0; node < 10; node++) expect(nodes.score[node]).toBeCloseTo(1, 12);
    for (let node = 10; node < 15; node++) expect(nodes.score[node]).toBeCloseTo(0.5, 12);
  });

  it('stays at the initial trust for a node that nobody rated, and forgets who is reset', () => {
    const built = build('workload.w.arrivals.perHour=0', 'protocol.reputation.initial=0.3');
    const { nodes, roles } = built.world;
    runUntil(built, 2 * day);
    expect([...nodes.score].every((score) => score === 0.3)).toBe(true);
    const busy = build();
    runUntil(busy, day);
    expect(busy.world.roles.reputation.historyReset(12)).toBe(0.5);
    expect(roles.reputation.prior(0)).toBe(0.3);
  });
});
