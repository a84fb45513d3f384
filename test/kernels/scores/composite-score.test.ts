import { describe, expect, it } from 'vitest';
import { bayesianAverage, compositeScore } from '../../../sim/kernels/scores/composite-score.js';

const usual = { success: 0.5, sla: 0.3, latency: 0.2 };

describe('the composite score', () => {
  it('of 0.962, 0.928 and 0.88 is 0.9354 with the usual weights', () => {
    expect(compositeScore(0.962, 0.928, 0.88, usual)).toBeCloseTo(0.9354, 12);
  });

  it('needs a latency rank of 0.75 for 0.95 when all else is perfect', () => {
    expect(compositeScore(1, 1, 0.75, usual)).toBeCloseTo(0.95, 12);
    expect(compositeScore(1, 1, 0.74, usual)).toBeLessThan(0.95);
  });
});

describe('the Bayesian average', () => {
  it.each([
    [0, 0, 0.9, 100, 0.9],
    [0, 100, 0.9, 100, 0.45],
    [50, 50, 0.9, 100, 140 / 150],
    [3, 4, 0.5, 0, 0.75],
  ])('(C · m + Σ)/(C + n): %d of %d, prior %d like %d of them', (sum, count, mean, weight, expected) => {
    expect(bayesianAverage(sum, count, mean, weight)).toBeCloseTo(expected, 12);
  });
});
