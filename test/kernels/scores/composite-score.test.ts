import { describe, expect, it } from 'vitest';
import { compositeScore } from '../../../sim/kernels/scores/composite-score.js';

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
