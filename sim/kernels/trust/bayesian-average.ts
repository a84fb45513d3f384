/**
 * Mean of observations and of a prior that counts as so many of them: (C·m + Σx)/(C + n).
 *
 * @param sum Σx of `count` observations, n of 0 or more
 * @param priorMean m
 * @param priorCount C of 0 or more; without prior and observations there is no mean, and it is NaN
 */
export function bayesianAverage(sum: number, count: number, priorMean: number, priorCount: number): number {
  return (priorCount * priorMean + sum) / (priorCount + count);
}
