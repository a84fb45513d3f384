import { describe, expect, it } from 'vitest';
import { sharedError } from '../../sim/kernels/shared-errors.js';

describe('sharedError(share, common, own)', () => {
  it('is the own error at share 0, and the common one at share 1', () => {
    expect(sharedError(0, 1.5, -0.7)).toBe(-0.7);
    expect(sharedError(1, 1.5, -0.7)).toBe(1.5);
  });

  it('has variance 1 whatever the share, of which the share is common', () => {
    for (const share of [0.1, 0.5, 0.9]) {
      const [common, own] = [sharedError(share, 1, 0), sharedError(share, 0, 1)];
      expect(common * common + own * own).toBeCloseTo(1, 12);
      expect(common * common).toBeCloseTo(share, 12);
    }
  });
});
