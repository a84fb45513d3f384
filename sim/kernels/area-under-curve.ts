/** Probability that a member of `low` scores below one of `high`, ties half: the area under the ROC curve. */
export function areaUnderCurve(low: Float64Array, high: Float64Array): number {
  const lower = low.slice().sort();
  const upper = high.slice().sort();
  let below = 0;
  let upTo = 0;
  let pairs = 0;
  for (const value of upper) {
    while (below < lower.length && lower[below]! < value) below++;
    while (upTo < lower.length && lower[upTo]! <= value) upTo++;
    pairs += below + (upTo - below) / 2;
  }
  return pairs / (lower.length * upper.length);
}
