/**
 * Percentile rank of a value that is one of the ascending ones, where less is better: the share of the others that are
 * greater, equal ones half; NaN without others.
 */
export function percentileRank(ascending: Float64Array, value: number): number {
  const below = firstFrom(ascending, value);
  const upTo = firstAbove(ascending, value);
  return (ascending.length - upTo + (upTo - below - 1) / 2) / (ascending.length - 1);
}

/** Place of the first that is at least the value. */
function firstFrom(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of the first that is greater than the value. */
function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
