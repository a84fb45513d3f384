import { type Interval, meanInterval, meanOf } from '../../kernels/intervals.js';

/** A figure of two sides, replication by replication. */
export interface PairedFigure {
  /** Means over the pairs that both sides can tell; over all that the one can tell where there is no such pair. */
  readonly before: number;
  readonly now: number;
  /** Mean of the differences, now less before; NaN without a pair. */
  readonly difference: number;
  /** Where it lies; NaN where the pairs are too few to tell. */
  readonly interval: Interval;
  /** Pairs. */
  readonly n: number;
}

/**
 * Compares a figure of two sides, of which the same place is the same seed: what a change doesn't touch is the same in
 * both, so that the differences vary far less than the figures do. What comes of rounding sums is no difference.
 *
 * The interval is the t interval of their mean, of at least two pairs. Differences that are all the same and not 0 tell
 * nothing of how far they vary: of a figure that is one of two numbers by the toss of a coin they come by chance with
 * 2 / 4ⁿ, and only where that is at most 1 − level do they have an interval, of no width.
 *
 * @param before values of one side, and of the other; NaN where it can't be told
 * @param level confidence of the interval, in (0, 1)
 */
export function pairedFigure(before: readonly number[], now: readonly number[], level: number): PairedFigure {
  const pairs = before
    .map((one, place) => ({ one, other: now[place] ?? Number.NaN }))
    .filter(({ one, other }) => Number.isFinite(one) && Number.isFinite(other));
  const differences = pairs.map(({ one, other }) => differenceOf(one, other));
  const told = (values: readonly number[]) => values.filter(Number.isFinite);
  const isPaired = pairs.length > 0;
  return {
    before: meanOf(isPaired ? pairs.map(({ one }) => one) : told(before)),
    now: meanOf(isPaired ? pairs.map(({ other }) => other) : told(now)),
    difference: meanOf(differences),
    interval: isByChance(differences, level) ? untold : meanInterval(differences, level),
    n: pairs.length,
  };
}

/** So near to one another two values can come by rounding sums alone. */
const rounding = 1e-12;

function differenceOf(one: number, other: number): number {
  const difference = other - one;
  return Math.abs(difference) <= rounding * Math.max(Math.abs(one), Math.abs(other)) ? 0 : difference;
}

const untold: Interval = { low: Number.NaN, high: Number.NaN };

function isByChance(differences: readonly number[], level: number): boolean {
  const [first = 0] = differences;
  if (first === 0 || differences.some((one) => one !== first)) return false;
  const chance = differences.reduce((product) => product / 4, 2);
  return chance > 1 - level;
}
