import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreedWeights } from '../../../sim/kernels/trust/agreed-weights.js';
import { consensusWeights } from '../../../sim/kernels/trust/consensus-weights.js';

const peers = 5;
const network = fc.record({
  weights: fc.array(fc.constantFrom(0, 0, 0.2, 0.5, 1), { minLength: peers * peers, maxLength: peers * peers }),
  stake: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: peers, maxLength: peers }),
  kappa: fc.constantFrom(0.3, 0.5, 0.7),
  beta: fc.constantFrom(0, 0.4, 1),
});

/** The pairs of a matrix that aren't 0, by subject. */
function pairsOf(weights: readonly number[]) {
  const pairs = { peers, validator: [] as number[], subject: [] as number[], weight: [] as number[] };
  for (let subject = 0; subject < peers; subject++) {
    for (let validator = 0; validator < peers; validator++) {
      const weight = weights[validator * peers + subject]!;
      if (weight === 0) continue;
      pairs.validator.push(validator);
      pairs.subject.push(subject);
      pairs.weight.push(weight);
    }
  }
  return pairs;
}

describe('agreedWeights', () => {
  it('among all validators is what the matrix with zeros comes to', () => {
    fc.assert(
      fc.property(network, ({ weights, stake, kappa, beta }) => {
        const dense = consensusWeights(
          { validators: peers, subjects: peers, stake, weights },
          { kappa, beta, alpha: 1 },
        );
        const pairs = pairsOf(weights);
        const sparse = agreedWeights(pairs, { stake, kappa, beta, among: 'all' });
        for (let peer = 0; peer < peers; peer++) {
          expect(sparse.incentive[peer]).toBeCloseTo(dense.incentive[peer]!, 12);
        }
        for (const [place, share] of sparse.bonded.entries()) {
          const at = pairs.validator[place]! * peers + pairs.subject[place]!;
          expect(share).toBeCloseTo(dense.bonds[at]!, 12);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('among raters is the same where everybody weighs everybody', () => {
    fc.assert(
      fc.property(network, ({ weights, stake, kappa, beta }) => {
        const full = weights.map((weight) => weight + 0.1);
        const [all, raters] = (['all', 'raters'] as const).map((among) =>
          agreedWeights(pairsOf(full), { stake, kappa, beta, among }),
        );
        for (let peer = 0; peer < peers; peer++) {
          expect(raters!.incentive[peer]).toBeCloseTo(all!.incentive[peer]!, 12);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('among raters asks those who weigh a subject alone, by hand', () => {
    // of three validators with equal stake two weigh subject 3, and one of them subject 4
    const pairs = { peers, validator: [0, 1, 1], subject: [3, 3, 4], weight: [1, 1, 1] };
    const options = { stake: [1, 1, 1, 0, 0], kappa: 0.5, beta: 1 };
    expect([...agreedWeights(pairs, { ...options, among: 'raters' }).incentive]).toEqual([0, 0, 0, 0.5, 0.5]);
    // a third of the stake isn't enough for subject 4
    expect([...agreedWeights(pairs, { ...options, among: 'all' }).incentive]).toEqual([0, 0, 0, 1, 0]);
  });
});
