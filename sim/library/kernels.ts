/** The public algorithms, with what they are given checked. */
import { z } from 'zod';
import { areaUnderCurve as area } from '../kernels/area-under-curve.js';
import { gini as giniOf, nakamotoCoefficient as nakamoto } from '../kernels/concentration.js';
import { quantileSorted as quantile } from '../kernels/quantile.js';
import { amounts, checkGiven, numbers } from './given.js';

/** Probability that a member of `low` scores below one of `high`, ties half: the area under the ROC curve. */
export function areaUnderCurve(low: Float64Array, high: Float64Array): number {
  checkGiven('areaUnderCurve', { low: amounts, high: amounts }, { low, high });
  return area(low, high);
}

/** Gini coefficient of non-negative amounts, 0 (all equal) to 1; NaN if there are none or all are 0. */
export function gini(held: Float64Array): number {
  checkGiven('gini', { amounts }, { amounts: held });
  return giniOf(held);
}

/** Nakamoto coefficient: the fewest holders that have more than half together; NaN if there is nothing to hold. */
export function nakamotoCoefficient(held: Float64Array): number {
  checkGiven('nakamotoCoefficient', { amounts }, { amounts: held });
  return nakamoto(held);
}

/** Type-7 quantile (Hyndman and Fan 1996) of ascending values; NaN without any. Probabilities lie from 0 to 1. */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number {
  const expected = 'expected a probability from 0 to 1';
  const share = z.number(expected).min(0, expected).max(1, expected);
  checkGiven('quantileSorted', { sorted: numbers, probability: share }, { sorted, probability });
  return quantile(sorted, probability);
}
