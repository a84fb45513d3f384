import { quantileSorted } from '../../sim/kernels/quantile.js';

/** Where the replications of a figure lie. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** From so many replications on a band leaves out a tenth of them on either side; of fewer it takes in all. */
const quantilesFrom = 10;
const tail = 0.1;

/** Whether bands of so many replications reach from quantile to quantile, rather than from the least to the most. */
export function isBandOfQuantiles(replicationCount: number): boolean {
  return replicationCount >= quantilesFrom;
}

/**
 * The median of a figure over those replications that have it, and the band around it: the 10th to the 90th percentile
 * (type 7) of ten replications and more, the least and the most of fewer; null of none.
 *
 * @param values one a replication, null where it has none
 */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const sorted = Float64Array.from(known).sort();
  const outer = isBandOfQuantiles(values.length) ? tail : 0;
  return {
    low: quantileSorted(sorted, outer),
    middle: quantileSorted(sorted, 0.5),
    high: quantileSorted(sorted, 1 - outer),
  };
}
