import { describe, expect, it } from 'vitest';
import { kaplanMeierMedian } from '../../sim/record/kaplan-meier.js';

const times = (observed: readonly number[], censored: readonly number[] = []) => [
  ...censored.map((time) => ({ time, isObserved: false })),
  ...observed.map((time) => ({ time, isObserved: true })),
];

describe('the median time to an event', () => {
  // remission in weeks with and without 6-mercaptopurine: Freireich et al., Blood 21 (1963), 699-716
  it('is that of the textbook’s clinical trial: 23 weeks with treatment, 8 without', () => {
    const treated = times([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
    expect(kaplanMeierMedian(treated)).toBe(23);
    const placebo = times([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]);
    expect(kaplanMeierMedian(placebo)).toBe(8);
  });

  it('is the lower median of times that were all observed, in any order', () => {
    expect(kaplanMeierMedian(times([9, 1, 5]))).toBe(5);
    expect(kaplanMeierMedian(times([4, 3, 2, 1]))).toBe(2);
    expect(kaplanMeierMedian(times([0]))).toBe(0);
  });

  it('isn’t known if fewer than half had the event, or of nothing', () => {
    expect(kaplanMeierMedian(times([1, 2], [5, 5, 5]))).toBeNaN();
    expect(kaplanMeierMedian([])).toBeNaN();
  });
});
