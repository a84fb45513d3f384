import { describe, expect, it } from 'vitest';
import { trimmedMeanSorted } from '../../sim/kernels/trimmed-mean.js';

describe('trimmedMeanSorted(sorted, trim)', () => {
  it('cuts floor(trim · count) values off at each end', () => {
    expect(trimmedMeanSorted([1, 2, 3, 4, 100], 0.2)).toBe(3);
    expect(trimmedMeanSorted([1, 2, 3, 4, 100], 0.19)).toBe(22);
    expect(trimmedMeanSorted([1, 2, 3, 4, 5, 600], 0.4)).toBe(3.5);
    expect(trimmedMeanSorted([7], 0.49)).toBe(7);
  });

  it('is NaN without values', () => {
    expect(trimmedMeanSorted([], 0.2)).toBeNaN();
  });
});
