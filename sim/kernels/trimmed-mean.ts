/**
 * The mean of what is left of ascending values once `floor(trim · count)` are cut off at each end; NaN without any.
 *
 * @param trim 0 (included) to 0.5 (excluded)
 */
export function trimmedMeanSorted(sorted: ArrayLike<number>, trim: number): number {
  const cut = Math.floor(trim * sorted.length);
  let sum = 0;
  for (let rank = cut; rank < sorted.length - cut; rank++) sum += sorted[rank]!;
  return sum / (sorted.length - 2 * cut);
}
