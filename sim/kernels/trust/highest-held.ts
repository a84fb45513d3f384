/**
 * The highest weight that so much of the stake holds at least, the weighted median for a half of it; 0 where not even
 * the lowest is held by so much. Of whole stakes it is exact, as they are added and never divided.
 *
 * @param weights by holder
 * @param stakes by holder, 0 or more
 * @param needed of the same unit as stakes
 */
export function highestHeld(weights: Float64Array, stakes: Float64Array, needed: number): number {
  const ascending = Float64Array.from(weights).sort();
  let [low, high] = [-1, ascending.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stakeAtLeast(weights, stakes, ascending[middle]!) >= needed) low = middle;
    else high = middle - 1;
  }
  return low < 0 ? 0 : ascending[low]!;
}

function stakeAtLeast(weights: Float64Array, stakes: Float64Array, weight: number): number {
  let sum = 0;
  for (let holder = 0; holder < weights.length; holder++) if (weights[holder]! >= weight) sum += stakes[holder]!;
  return sum;
}
