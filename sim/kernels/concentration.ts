/** Gini coefficient of non-negative amounts, 0 (all equal) to 1; NaN if there are none or all are 0. */
export function gini(amounts: Float64Array): number {
  const sorted = amounts.slice().sort();
  let total = 0;
  let weighted = 0;
  for (let index = 0; index < sorted.length; index++) {
    total += sorted[index]!;
    weighted += (index + 1) * sorted[index]!;
  }
  if (total === 0) return Number.NaN;
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

/** Nakamoto coefficient: the fewest holders that have more than half together; NaN if there is nothing to hold. */
export function nakamotoCoefficient(amounts: Float64Array): number {
  const sorted = amounts.slice().sort().reverse();
  let total = 0;
  for (const amount of sorted) total += amount;
  if (total === 0) return Number.NaN;
  let held = 0;
  for (let index = 0; index < sorted.length; index++) {
    held += sorted[index]!;
    if (held > total / 2) return index + 1;
  }
  return sorted.length;
}

/** Share of all that the so many largest amounts have together, 0 to 1; NaN if there is nothing to have. */
export function shareOfLargest(amounts: Float64Array, count: number): number {
  const sorted = amounts.slice().sort().reverse();
  let total = 0;
  let largest = 0;
  for (let place = 0; place < sorted.length; place++) {
    total += sorted[place]!;
    if (place < count) largest += sorted[place]!;
  }
  return total === 0 ? Number.NaN : largest / total;
}
