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
 * The interval of the median of independent draws between two of their order statistics; needs six draws for 95 %.
 *
 * @param level confidence, in (0, 1)
 */
export function medianInterval(values: readonly number[], level = 0.95): Interval {
  const { low, high } = quantileInterval(values, 0.5, level);
  return Number.isFinite(low) ? { low, high } : untold;
}

/**
 * The interval of a quantile of independent draws between two of their order statistics: the narrowest that leaves at
 * most half of 1 − level on each side, whatever the distribution. An end that the draws are too few for is infinite.
 *
 * Of n draws X ~ binomial(n, q) lie below the quantile q: the k-th least exceeds it with P(X < k), the k-th greatest
 * falls short with the same of 1 − q. Source: H. A. David, H. N. Nagaraja, Order Statistics (2003), 7.1.
 *
 * @param probability of the quantile, in (0, 1)
 * @param level confidence, in (0, 1)
 */
export function quantileInterval(values: readonly number[], probability: number, level = 0.95): Interval {
  if (values.length === 0) return untold;
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  const fromBelow = rankWithin(n, probability, (1 - level) / 2);
  const fromAbove = rankWithin(n, 1 - probability, (1 - level) / 2);
  return {
    low: fromBelow === 0 ? Number.NEGATIVE_INFINITY : sorted[fromBelow - 1]!,
    high: fromAbove === 0 ? Number.POSITIVE_INFINITY : sorted[n - fromAbove]!,
  };
}

/** The greatest k with P(X < k) of at most the tail, X ~ binomial(n, probability); 0 for none. */
function rankWithin(n: number, probability: number, tail: number): number {
  let below = 0;
  let rank = 0;
  for (const each of binomial(n, probability)) {
    below += each;
    if (below > tail || rank === n) break;
    rank++;
  }
  return rank;
}

/**
 * The interval of a probability by how many of n independent trials succeeded, whatever the probability: the ends are
 * where as many, or as few, have half of 1 − level. Source: C. Clopper, E. Pearson, Biometrika 26 (1934), 404.
 *
 * @param level confidence, in (0, 1)
 */
export function shareInterval(successes: number, n: number, level = 0.95): Interval {
  if (n === 0) return untold;
  const tail = (1 - level) / 2;
  // as many or more, as few or fewer
  const [many, few] = [(p: number) => 1 - atMost(successes - 1, n, p), (p: number) => atMost(successes, n, p)];
  return {
    low: successes === 0 ? 0 : turningPoint((p) => many(p) < tail),
    high: successes === n ? 1 : turningPoint((p) => few(p) > tail),
  };
}

/** P(X ≤ k), X ~ binomial(n, p). */
function atMost(k: number, n: number, p: number): number {
  let sum = 0;
  let rank = 0;
  for (const each of binomial(n, p)) {
    if (rank++ > k) break;
    sum += each;
  }
  return sum;
}

/** P(X = 0), P(X = 1) …, X ~ binomial(n, p); by their logarithms, as powers underflow from a thousand trials on. */
function* binomial(n: number, p: number): Iterable<number> {
  let logarithm = n * log(1 - p);
  const odds = log(p) - log(1 - p);
  for (let k = 0; k <= n; k++) {
    yield exp(logarithm);
    logarithm += log((n - k) / (k + 1)) + odds;
  }
}

/** Where in (0, 1) the condition, true at its start, turns false. */
function turningPoint(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (holds(middle)) low = middle;
    else high = middle;
  }
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
