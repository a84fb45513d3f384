import { toNumber, toPhrase, toPhraseBeside, toRange } from '../../reports/figure.js';
import { type Interval, meanInterval, meanOf, quantileInterval, shareInterval } from '../kernels/intervals.js';
import { quantileOf } from '../kernels/quantile.js';
import type { Bounds } from '../record/expectations.js';
import type { Over } from '../record/over.js';

/** What independent replications of a figure say of its bounds. */
export interface JudgedBounds {
  /** What the bounds are on, by the replications at hand: their mean, quantile or share. */
  readonly value: number;
  /** Where it lies, with the confidence asked for; an end is infinite where the replications are too few for it. */
  readonly interval: Interval;
  /** true if all of the interval keeps within the bounds, false if none of it does, null if more may decide. */
  readonly met: boolean | null;
}

/** What values are held against. */
export interface JudgedBy {
  readonly bounds: Bounds;
  /** undefined for the mean, or for the median of what is a quantile itself. */
  readonly over: Over | undefined;
  readonly isQuantile: boolean;
}

/**
 * Judges the values of replications, without those that can't be told.
 *
 * @param level confidence of the interval, in (0, 1)
 */
export function judgeBounds(values: readonly number[], by: JudgedBy, level: number): JudgedBounds {
  const { bounds, isQuantile } = by;
  const over = by.over ?? (isQuantile ? 'median' : 'mean');
  if (typeof over === 'object' && 'share' in over) {
    const inside = values.filter((value) => keeps(value, bounds)).length;
    const interval = shareInterval(inside, values.length, level);
    return { value: inside / values.length, interval, met: isMet(interval, { atLeast: over.share }) };
  }
  if (over === 'low95' || over === 'high95') {
    const { low, high } = meanInterval(values);
    const end = over === 'low95' ? low : high;
    // not by chance alone: the mean itself must lie outside
    const isOutside = isMet(meanInterval(values, level), bounds) === false;
    return { value: end, interval: { low: end, high: end }, met: keeps(end, bounds) ? true : isOutside ? false : null };
  }
  if (over === 'mean') {
    const interval = meanInterval(values, level);
    return { value: meanOf(values), interval, met: isMet(interval, bounds) };
  }
  const probability = over === 'median' ? 0.5 : over.quantile;
  const interval = quantileInterval(values, probability, level);
  return { value: quantileOf(Float64Array.from(values), probability), interval, met: isMet(interval, bounds) };
}

/** Whether a value keeps within the bounds. */
export function keeps(value: number, { above, atLeast, below, atMost }: Bounds): boolean {
  return (
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (below === undefined || value < below) &&
    (atMost === undefined || value <= atMost)
  );
}

/** null where the interval crosses a bound, or can't be told: more replications may decide. */
function isMet({ low, high }: Interval, bounds: Bounds): boolean | null {
  if (Number.isNaN(low)) return null;
  if (keeps(low, bounds) && keeps(high, bounds)) return true;
  const { above, atLeast, below, atMost } = bounds;
  const isBelow = (above !== undefined && high <= above) || (atLeast !== undefined && high < atLeast);
  const isAbove = (below !== undefined && low >= below) || (atMost !== undefined && low > atMost);
  return isBelow || isAbove ? false : null;
}

/**
 * What was found, as people read it: the interval, and over how many replications.
 *
 * @param unit of the values
 * @param count of all replications, those that can't be told included
 */
export function foundInWords(
  judged: JudgedBounds,
  { bounds, over }: JudgedBy,
  unit: string,
  values: readonly number[],
  count: number,
): string {
  const missing = values.length < count ? `, in ${toNumber(count - values.length)} of which it can’t be told` : '';
  const many = `(${toNumber(count)} replication${count === 1 ? '' : 's'}${missing})`;
  const { low, high } = judged.interval;
  if (typeof over === 'object' && 'share' in over) {
    return `${toPhrase(judged.value, 'fraction')} of them, ${toRange(judged.interval, 'fraction')} ${many}`;
  }
  const limits = Object.values(bounds).filter((bound) => typeof bound === 'number');
  const [isLow, isHigh] = [Number.isFinite(low), Number.isFinite(high)];
  if (isLow === isHigh) return `${toRange(isLow ? judged.interval : untold, unit, limits)} ${many}`;
  const end = toPhraseBeside(isLow ? low : high, unit, limits);
  return `${isLow ? 'at least' : 'at most'} ${end} ${many}`;
}

const untold: Interval = { low: Number.NaN, high: Number.NaN };
