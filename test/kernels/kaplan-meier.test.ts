import { describe, expect, it } from 'vitest';
import { kaplanMeierCurve, kaplanMeierMedian } from '../../sim/kernels/kaplan-meier.js';

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

describe('the share still waiting for an event', () => {
  const rounded = (durations: ReturnType<typeof times>) =>
    kaplanMeierCurve(durations).map(({ time, surviving }) => [time, Number(surviving.toFixed(9))]);

  it('falls by those who had it of those still watched: who is censored counts up to then, and at that time', () => {
    // 5 of 6 after 1; one leaves at 2; of four two go at 3, where another leaves; of the last one at 5, none is left
    const sixths = times([1, 3, 3, 5], [2, 3]);
    expect(rounded(sixths)).toEqual([
      [1, 0.833333333],
      [3, 0.416666667],
      [5, 0],
    ]);
    expect(rounded(sixths.toReversed())).toEqual(rounded(sixths));
  });

  it('is that of the textbook’s clinical trial with treatment', () => {
    const treated = times([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
    // 18/21, × 16/17, × 14/15, × 11/12, × 10/11, × 6/7, × 5/6
    expect(rounded(treated).map(([time, share]) => [time, Number(share!.toFixed(3))])).toEqual([
      [6, 0.857],
      [7, 0.807],
      [10, 0.753],
      [13, 0.69],
      [16, 0.627],
      [22, 0.538],
      [23, 0.448],
    ]);
  });

  it('has no steps if none had it', () => {
    expect(kaplanMeierCurve(times([], [1, 2]))).toEqual([]);
    expect(kaplanMeierCurve([])).toEqual([]);
  });
});
