import { describe, expect, it } from 'vitest';
import { groupCredibility } from '../../../sim/kernels/voting/group-credibility.js';

/** Groups of results that are right with these probabilities, independently. */
const groups = (...answers: readonly (readonly number[])[]) =>
  answers.map((credibilities) => ({
    good: credibilities.reduce((all, one) => all * one, 1),
    bad: credibilities.reduce((all, one) => all * (1 - one), 1),
  }));

describe('groupCredibility', () => {
  it('of a lone result is the credibility of who gave it', () => {
    expect(groupCredibility(groups([0.8]), 0)).toBeCloseTo(0.8, 12);
  });

  it('of answers that differ or agree is what a reckoning by hand gives', () => {
    // 0.64 of 0.64 + 0.04
    expect(groupCredibility(groups([0.8, 0.8]), 0)).toBeCloseTo(16 / 17, 12);
    // right and wrong 0.8·0.4, wrong and right 0.2·0.6, both wrong 0.2·0.4
    expect(groupCredibility(groups([0.8], [0.6]), 0)).toBeCloseTo(0.32 / 0.52, 12);
    expect(groupCredibility(groups([0.8], [0.6]), 1)).toBeCloseTo(0.12 / 0.52, 12);
    // 0.72·0.3 of that, 0.02·0.7, and 0.02·0.3
    expect(groupCredibility(groups([0.9, 0.8], [0.7]), 0)).toBeCloseTo(0.216 / 0.236, 12);
  });

  it('is 0 where two that can’t be wrong differ', () => {
    expect(groupCredibility(groups([1], [1]), 0)).toBe(0);
  });
});
