import { describe, expect, it } from 'vitest';
import { consensusWeights } from '../../../sim/kernels/trust/consensus-weights.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { watchRatings, witnessed } from '../../support/witness-ratings.js';

const day = 86_400;
const build = (...set: readonly string[]) =>
  buildLoaded(loadText(witnessed, 'protocol.reputation=consensus-weights', ...set));

describe('consensus-weights', () => {
  it('gives what the kernel gives on the same weights, stakes and bonds', () => {
    const given = '{among: all, kappa: 0.4, bondRate: 0.3, bondClipping: 0.6, dividendShare: 0.25, forgetting: 0.5}';
    const built = build(
      `protocol.reputation=${given}`,
      'protocol.verification={peers: 8, threshold: 5}',
      'fleet.honest.stake=100',
      'fleet.liars.stake=130',
    );
    const { pairsAt } = watchRatings(built, day);
    const { nodes } = built.world;
    const peers = nodes.count;
    let bonds = new Float64Array(peers * peers);
    for (const epoch of [1, 2, 3]) {
      runUntil(built, epoch * day);
      const weights = new Float64Array(peers * peers);
      for (const { rater, subject, positive, negative } of pairsAt(epoch, 0.5)) {
        weights[rater * peers + subject] = positive / (positive + negative);
      }
      const stake = Array.from({ length: peers }, (_, node) => (node < 10 ? 100 : 130));
      const result = consensusWeights(
        { validators: peers, subjects: peers, stake, weights, bonds },
        { kappa: 0.4, alpha: 0.3, beta: 0.6 },
      );
      bonds = Float64Array.from(result.bonds);
      let all = 0;
      for (const one of result.dividends) all += one;
      for (let node = 0; node < peers; node++) {
        const share = 0.75 * result.incentive[node]! + (0.25 * result.dividends[node]!) / all;
        expect(nodes.score[node]).toBeCloseTo(share / (share + 1 / peers), 5);
      }
    }
    expect(breaches(built)).toEqual([]);
  });

  /** Mean scores of honest nodes and of a cabal whose members sign for one another alone, with a share of the stake. */
  function scoresWith(cabalStake: number): readonly [number, number] {
    const built = build(
      'protocol.reputation={dividendShare: 0, forgetting: 1}',
      'protocol.verification={peers: 14, threshold: 8}',
      'fleet.honest.quality=1',
      `fleet.honest.stake=${100 * (1 - cabalStake)}`,
      `fleet.liars={attack: cabal, strategy: {kind: collusion-ring, least: 1}, stake: ${200 * cabalStake}}`,
    );
    runUntil(built, 2 * day);
    const { nodes } = built.world;
    const mean = (first: number, end: number) => {
      let sum = 0;
      for (let node = first; node < end; node++) sum += nodes.score[node]! / (end - first);
      return sum;
    };
    return [mean(0, 10), mean(10, 15)];
  }

  it('pays nothing to a cabal of liars while less than κ of the stake is the cabal’s, and much above', () => {
    const [honest, liars] = scoresWith(0.4);
    expect(liars).toBe(0);
    // ten share alike, against 1/15
    expect(honest).toBeCloseTo(0.6, 6);
    // of a liar's raters the others of the cabal have 0.48 of 0.88, more than a half: their weight counts
    expect(scoresWith(0.6)[1]).toBeGreaterThan(0.3);
  });

  it('pays by what the network found itself where no witness is asked', () => {
    const built = build('protocol.verification={kind: recompute, share: 1}', 'fleet.honest.quality=1');
    runUntil(built, 2 * day);
    const { nodes } = built.world;
    // ten of fifteen share alike: 1/10 against 1/15
    for (let node = 0; node < 10; node++) expect(nodes.score[node]).toBeCloseTo(0.6, 12);
    for (let node = 10; node < 15; node++) expect(nodes.score[node]).toBe(0);
  });

  it('stays 0.5 until anything was rated', () => {
    const built = build('workload.w.arrivals.perHour=0');
    runUntil(built, 2 * day);
    expect([...built.world.nodes.score].every((score) => score === 0.5)).toBe(true);
  });
});
