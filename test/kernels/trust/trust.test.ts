import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bayesianAverage } from '../../../sim/kernels/trust/bayesian-average.js';
import { betaReputation } from '../../../sim/kernels/trust/beta-reputation.js';
import { liquidRank } from '../../../sim/kernels/trust/liquid-rank.js';
import { peerTrust } from '../../../sim/kernels/trust/peer-trust.js';
import { subjectiveLogic } from '../../../sim/kernels/trust/subjective-logic.js';
import { trustGuard } from '../../../sim/kernels/trust/trust-guard.js';

describe('betaReputation and bayesianAverage', () => {
  it.each([
    [0, 0, 0.5],
    [1, 0, 2 / 3],
    [8, 1, 9 / 11],
    [40, 10, 41 / 52],
    [0, 5, 1 / 7],
  ])('of %i for and %i against', (positive, negative, expected) => {
    expect(betaReputation({ positive, negative })).toBeCloseTo(expected, 15);
    // a prior of one half that counts as two
    expect(bayesianAverage(positive, positive + negative, 0.5, 2)).toBeCloseTo(expected, 15);
  });

  it('without prior and observations there is no mean', () => {
    expect(bayesianAverage(0, 0, 0.9, 0)).toBeNaN();
    expect(bayesianAverage(0, 0, 0.9, 100)).toBeCloseTo(0.9, 15);
  });
});

describe('subjectiveLogic', () => {
  const { opinion, expectation, discounted, fused } = subjectiveLogic;
  const evidence = fc.tuple(fc.nat(100), fc.nat(100));

  it('expects what the Beta distribution does', () => {
    fc.assert(
      fc.property(evidence, ([positive, negative]) => {
        expect(expectation(opinion(positive, negative))).toBeCloseTo(betaReputation({ positive, negative }), 12);
      }),
      { seed: 1 },
    );
  });

  it('fuses to the opinion by all evidence, and parts have a sum of 1', () => {
    fc.assert(
      fc.property(evidence, evidence, ([r, s], [r2, s2]) => {
        const both = fused(opinion(r, s), opinion(r2, s2));
        const all = opinion(r + r2, s + s2);
        for (const part of ['belief', 'disbelief', 'uncertainty'] as const) {
          expect(both[part]).toBeCloseTo(all[part], 12);
        }
        const told = discounted(opinion(r, s), opinion(r2, s2));
        expect(told.belief + told.disbelief + told.uncertainty).toBeCloseTo(1, 12);
      }),
      { seed: 1 },
    );
  });

  it('passes on nothing of one who isn’t believed, and all of one who surely is', () => {
    const nobody = { belief: 0, disbelief: 1, uncertainty: 0, baseRate: 0.5 };
    expect(discounted(nobody, opinion(9, 0))).toMatchObject({ belief: 0, disbelief: 0, uncertainty: 1 });
    const sure = { belief: 1, disbelief: 0, uncertainty: 0, baseRate: 0.5 };
    expect(discounted(sure, opinion(9, 0))).toEqual(opinion(9, 0));
    expect(fused(sure, nobody)).toMatchObject({ belief: 0.5, disbelief: 0.5, uncertainty: 0 });
  });
});

describe('trustGuard', () => {
  const options = { alpha: 0.5, beta: 0.3, gammaRise: 0.1, gammaFall: 0.4 };

  it('is present, mean and change, by hand', () => {
    expect(trustGuard([0.4, 0.8], options)).toBeCloseTo(0.5 * 0.8 + 0.3 * 0.6 + 0.1 * 0.4, 15);
    expect(trustGuard([0.8, 0.4], options)).toBeCloseTo(0.5 * 0.4 + 0.3 * 0.6 - 0.4 * 0.4, 15);
    expect(trustGuard([0.5], options)).toBeCloseTo(0.5 * 0.5 + 0.3 * 0.5, 15);
    expect(trustGuard([], options)).toBeNaN();
  });

  it('falls faster than it rises', () => {
    const level = trustGuard([0.6, 0.6], options);
    expect(level - trustGuard([0.6, 0.5], options)).toBeGreaterThan(trustGuard([0.6, 0.7], options) - level);
  });

  it('stays from 0 to 1', () => {
    expect(trustGuard([1, 0], { ...options, gammaFall: 5 })).toBe(0);
    expect(trustGuard([0, 1], { ...options, gammaRise: 5 })).toBe(1);
  });
});

describe('peerTrust', () => {
  const options = { alpha: 1, beta: 0, initial: 0.5, rounds: 1 };

  it('is the mean of ratings where all raters are trusted alike', () => {
    const dealings = { peers: 3, rater: [0, 1], subject: [2, 2], satisfaction: [1, 0.5] };
    expect(Array.from(peerTrust(dealings, options))).toEqual([0.5, 0.5, 0.75]);
  });

  it('hears more of raters who are trusted themselves', () => {
    // 0 is praised and 1 is blamed by 2; then they disagree on 3
    const dealings = { peers: 4, rater: [2, 2, 0, 1], subject: [0, 1, 3, 3], satisfaction: [1, 0, 1, 0] };
    expect(peerTrust(dealings, options)[3]).toBe(0.5);
    expect(peerTrust(dealings, { ...options, rounds: 2 })[3]).toBe(1);
  });

  it('weighs dealings by their context, and adds what the community gives', () => {
    const dealings = { peers: 2, rater: [0, 0], subject: [1, 1], satisfaction: [1, 1], context: [1, 0.5] };
    const community = [0, 1];
    const trust = peerTrust(dealings, { alpha: 0.8, beta: 0.2, community, initial: 0.5, rounds: 1 });
    expect(trust[1]).toBeCloseTo(0.8 * 0.75 + 0.2, 15);
    expect(trust[0]).toBeCloseTo(0.8 * 0.5, 15);
  });
});

describe('liquidRank', () => {
  const options = { conservatism: 0.5, unrated: 0.5, isLogarithmic: false, isFullRange: true };

  it('weighs ratings by the ranks of those who give them, by hand', () => {
    const ratings = { peers: 4, rater: [0, 1, 0], subject: [2, 3, 3], value: [1, 1, 0.5] };
    const ranks = liquidRank(ratings, [1, 0.2, 0.4, 0.4], options);
    // dR: 2: 1·1 = 1; 3: (0.2 + 0.5)/2 = 0.35; normalised to 1 and 0
    expect(Array.from(ranks)).toEqual([0.75, 0.35, 0.7, 0.2]);
    const partly = liquidRank(ratings, [1, 0.2, 0.4, 0.4], { ...options, isFullRange: false });
    expect(partly[3]).toBeCloseTo(0.2 + 0.5 * 0.35, 15);
  });

  it('takes logarithms with the sign kept', () => {
    const ratings = { peers: 3, rater: [0, 0], subject: [1, 2], value: [9, -9] };
    const ranks = liquidRank(ratings, [1, 0, 0], { ...options, isLogarithmic: true, isFullRange: false });
    expect(ranks[1]).toBeCloseTo(0.5, 12);
    expect(ranks[2]).toBe(0);
  });

  it('stays from 0 to 1, whoever rates whom', () => {
    const some = fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: -10, max: 10 })), { maxLength: 20 });
    fc.assert(
      fc.property(some, fc.boolean(), fc.boolean(), (edges, isLogarithmic, isFullRange) => {
        const [rater, subject, value] = [0, 1, 2].map((part) => edges.map((edge) => edge[part]!)) as [
          number[],
          number[],
          number[],
        ];
        const ratings = { peers: 5, rater, subject, value };
        const ranks = liquidRank(ratings, [0, 0.3, 0.5, 0.9, 1], { ...options, isLogarithmic, isFullRange });
        for (const rank of ranks) {
          expect(rank).toBeGreaterThanOrEqual(0);
          expect(rank).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 1 },
    );
  });
});
