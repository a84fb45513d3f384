import { describe, expect, it } from 'vitest';
import { consensusWeights } from '../../../sim/kernels/trust/consensus-weights.js';

const options = { kappa: 0.5, alpha: 0.1, beta: 1 };
const rounded = (values: Float64Array) => Array.from(values, (one) => Number(one.toFixed(6)));

describe('consensusWeights', () => {
  it('clips to what half of the stake holds at least, by hand', () => {
    // stakes 0.5, 0.3, 0.2; for subject 0 weights 0.8, 0.2, 0: half of the stake holds 0.8
    const matrix = { validators: 3, subjects: 2, stake: [5, 3, 2], weights: [8, 2, 2, 8, 0, 1] };
    const { consensus, incentive, bonds, dividends } = consensusWeights(matrix, options);
    // subject 1: 0.2, 0.8, 1 by stakes 0.5, 0.3, 0.2: those with 0.8 and more have half
    expect(rounded(consensus)).toEqual([0.8, 0.8]);
    // clipped: subject 0: 0.5·0.8 + 0.3·0.2 = 0.46; subject 1: 0.5·0.2 + 0.3·0.8 + 0.2·0.8 = 0.5
    expect(rounded(incentive)).toEqual([0.479167, 0.520833]);
    expect(rounded(bonds)).toEqual([0.086957, 0.02, 0.013043, 0.048, 0, 0.032]);
    const total = dividends.reduce((all, one) => all + one, 0);
    expect(total).toBeCloseTo(0.1, 12);
    expect(dividends[0]).toBeCloseTo(0.086957 * 0.479167 + 0.02 * 0.520833, 6);
  });

  it('pays a cabal with less than half of the stake nothing for what it alone holds', () => {
    const matrix = { validators: 2, subjects: 2, stake: [60, 40], weights: [1, 0, 0, 1] };
    const { consensus, incentive } = consensusWeights(matrix, options);
    expect(rounded(consensus)).toEqual([1, 0]);
    expect(rounded(incentive)).toEqual([1, 0]);
  });

  it('moves bonds by alpha towards the new ones', () => {
    const matrix = { validators: 2, subjects: 1, stake: [1, 1], weights: [1, 1] };
    const first = consensusWeights(matrix, options).bonds;
    expect(rounded(first)).toEqual([0.05, 0.05]);
    expect(rounded(consensusWeights({ ...matrix, bonds: first }, options).bonds)).toEqual([0.095, 0.095]);
  });

  it('gives bonds by what was set with beta 0, by what was clipped with 1', () => {
    const matrix = { validators: 3, subjects: 2, stake: [1, 1, 1], weights: [1, 0, 1, 1, 1, 1] };
    const share = (beta: number) => {
      const { bonds } = consensusWeights(matrix, { kappa: 0.5, alpha: 1, beta });
      return bonds[0]!;
    };
    expect(share(0)).toBeCloseTo(1 / 2, 12);
    expect(share(1)).toBeCloseTo(1 / 3, 12);
  });

  it('has zeros where nobody holds anything', () => {
    const { incentive, dividends } = consensusWeights(
      { validators: 1, subjects: 2, stake: [1], weights: [0, 0] },
      options,
    );
    expect([...incentive, ...dividends]).toEqual([0, 0, 0]);
  });
});
