import { exp, log } from '../engine/math.js';
import { quantileSorted } from './quantile.js';
import { studentQuantile } from './student-t.js';

/** Where a figure lies, by independent draws of it. */
export interface Interval {
  /** NaN where too few draws are there to tell, as is `high`. */
  readonly low: number;
  readonly high: number;
}

const untold: Interval = { low: Number.NaN, high: Number.NaN };

/** Arithmetic mean, summed in the order given; NaN of none. */
export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Standard deviation of a sample, n − 1 in the denominator; NaN of fewer than two. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * The t interval of the mean of independent draws: mean ± t(1 − α/2, n − 1) s / √n; needs at least two.
 *
 * @param level confidence, in (0, 1)
 */
export function meanInterval(values: readonly number[], level = 0.95): Interval {
  if (values.length < 2) return untold;
  const half = halfWidth(deviationOf(values), values.length, level);
  const mean = meanOf(values);
  return { low: mean - half, high: mean + half };
}

function halfWidth(deviation: number, count: number, level: number): number {
  return (studentQuantile((1 + level) / 2, count - 1) * deviation) / Math.sqrt(count);
}

/**
 * The interval of the median of independent draws between two of their order statistics: the narrowest symmetric one
 * that holds it with at least the level, whatever the distribution; needs six draws for 95 %.
 *
 * With X ~ binomial(n, 1/2), the k-th least and the k-th greatest hold the median with probability 1 − 2 P(X < k).
 * Source: H. A. David, H. N. Nagaraja, Order Statistics (2003), 7.1.
 *
 * @param level confidence, in (0, 1)
 */
export function medianInterval(values: readonly number[], level = 0.95): Interval {
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  let below = 0;
  // of P(X = 0), which underflows from a thousand draws on
  let logProbability = -n * Math.LN2;
  let rank = 0;
  for (let k = 0; 2 * k < n; k++) {
    below += exp(logProbability);
    if (2 * below > 1 - level) break;
    rank = k + 1;
    logProbability += log((n - k) / (k + 1));
  }
  if (rank === 0) return untold;
  return { low: sorted[rank - 1]!, high: sorted[n - rank]! };
}

interface Quartiles {
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
}

/** The quantiles of values in any order, type 7; NaN of none. */
export function quartilesOf(values: readonly number[]): Quartiles {
  const sorted = Float64Array.from(values).sort();
  const [q25, median, q75] = [0.25, 0.5, 0.75].map((probability) => quantileSorted(sorted, probability));
  return { q25: q25!, median: median!, q75: q75! };
}
