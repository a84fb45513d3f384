/** Type-7 quantile (Hyndman and Fan 1996) of ascending values; NaN without any. */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number {
  return typeSeven(
    sorted.length,
    probability,
    (rank) => sorted[rank]!,
    (rank) => sorted[rank + 1]!,
  );
}

/** Type-7 quantile of values in any order, which is changed; NaN without any. */
export function quantileOf(values: Float64Array, probability: number): number {
  return quantilesOf(values, [probability])[0]!;
}

/** The same for several probabilities in ascending order: each is looked for behind the one before it. */
export function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  let from = 0;
  const selected = (rank: number) => {
    const value = select(values, from, rank);
    from = rank;
    return value;
  };
  return probabilities.map((probability) =>
    typeSeven(values.length, probability, selected, (rank) => leastBehind(values, rank)),
  );
}

/** Linear between the values of the two ranks, from 0, around (count − 1) · probability. */
function typeSeven(
  count: number,
  probability: number,
  valueAt: (rank: number) => number,
  valueAfter: (rank: number) => number,
): number {
  if (count === 0) return Number.NaN;
  const place = (count - 1) * probability;
  const below = Math.floor(place);
  const low = valueAt(below);
  return below === place ? low : low + (valueAfter(below) - low) * (place - below);
}

/** The value of the next rank, once that of this one is selected: everything behind it is at least as large. */
function leastBehind(values: Float64Array, rank: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = rank + 1; index < values.length; index++) least = Math.min(least, values[index]!);
  return least;
}

/** The value of that rank, from 0, of values in any order, which is changed. */
export function rankValue(values: Float64Array, rank: number): number {
  return select(values, 0, rank);
}

/**
 * Quickselect (Hoare 1961): the value of rank `rank`, moved to its place with the smaller ones before it; those before
 * `from` must be the smallest already.
 */
function select(values: Float64Array, from: number, rank: number): number {
  let left = from;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1]!;
    let low = left;
    let high = right;
    while (low <= high) {
      while (values[low]! < pivot) low++;
      while (values[high]! > pivot) high--;
      if (low <= high) {
        const swapped = values[low]!;
        values[low++] = values[high]!;
        values[high--] = swapped;
      }
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return values[rank]!;
}
