/** The public algorithms, with what they are given checked. */
import { z } from 'zod';
import { areaUnderCurve as area } from '../kernels/area-under-curve.js';
import { gini as giniOf, nakamotoCoefficient as nakamoto } from '../kernels/concentration.js';
import { quantileSorted as quantile } from '../kernels/quantile.js';
import { epochBeacon as beacon, recomputeSortition as recompute, type SortitionDraw } from '../kernels/sortition.js';
import { amounts, checkGiven, func, numbers } from './given.js';

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

const whole = (most: number) => {
  const expected = `expected a whole number from 0 to ${most}`;
  return z.number(expected).int(expected).min(0, expected).max(most, expected);
};

/** Public randomness of an epoch, from 0, of a run with that seed: what sortition draws by. */
export function epochBeacon(seed: string, epoch: number): string {
  checkGiven('epochBeacon', { seed: z.string('expected a text'), epoch: whole(1e9) }, { seed, epoch });
  return beacon(seed, epoch);
}

/**
 * Recomputes a draw by the assignment policy `sortition` from public values: the node, or −1 if none that fits has
 * weight.
 *
 * @param weights of all nodes in their order, 0 for those that aren't open to the job or have had it
 * @param fits whether a node may have the job, such as to be fast enough for its deadline; absent: all
 */
export function recomputeSortition(
  draw: SortitionDraw,
  weights: readonly number[],
  fits: (node: number) => boolean = () => true,
): number {
  const asked = z.strictObject(
    {
      beacon: z.string('expected a text'),
      workload: whole(4_294_967_295),
      ordinal: whole(Number.MAX_SAFE_INTEGER),
      attempt: whole(65_535),
    },
    'expected beacon, workload, ordinal and attempt',
  );
  const least = 'expected a weight of 0 or more';
  const line = z.array(z.number(least).min(0, least), 'expected a list of weights');
  checkGiven('recomputeSortition', { draw: asked, weights: line, fits: func }, { draw, weights, fits });
  return recompute(draw, weights, fits);
}
