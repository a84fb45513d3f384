/** Type-7 quantile (Hyndman and Fan 1996) of ascending values; NaN without any. */
export function quantileSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (place - below);
}

/** Values seen one by one, kept for exact mean and quantiles. */
export class Sample {
  #values = new Float64Array(1_024);
  /** How many values were seen, those left out included. */
  #seen = 0;
  #first = 0;
  sum = 0;

  add(value: number): void {
    if (this.#seen === this.#values.length) {
      const larger = new Float64Array(this.#seen * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#seen++] = value;
    this.sum += value;
  }

  /** Leaves out what was seen so far, such as the warm-up, from everything but `since`. */
  startAnew(): void {
    this.#first = this.#seen;
    this.sum = 0;
  }

  get length(): number {
    return this.#seen - this.#first;
  }

  /** A mark for `since`: what is seen from now on. */
  get mark(): number {
    return this.#seen;
  }

  get mean(): number {
    return this.sum / this.length;
  }

  /** Type-7 quantile; NaN without values. */
  quantile(probability: number): number {
    return quantileOf(this.#values.subarray(this.#first, this.#seen), probability);
  }

  /** The values seen since the mark, which the caller may put in another order; valid until the next is added. */
  since(mark: number): Float64Array {
    // Across the start of what counts, another order would let in what was left out.
    if (mark < this.#first) return this.#values.slice(mark, this.#seen);
    return this.#values.subarray(mark, this.#seen);
  }
}

/** Type-7 quantile of values in any order, which is changed; NaN without any. */
export function quantileOf(values: Float64Array, probability: number): number {
  return quantilesOf(values, [probability])[0]!;
}

/** The same for several probabilities in ascending order: each is looked for behind the one before it. */
export function quantilesOf(values: Float64Array, probabilities: readonly number[]): number[] {
  if (values.length === 0) return probabilities.map(() => Number.NaN);
  let from = 0;
  return probabilities.map((probability) => {
    const place = (values.length - 1) * probability;
    const below = Math.floor(place);
    const low = select(values, from, below);
    from = below;
    if (below === place) return low;
    // everything behind the selected place is at least as large
    let high = Number.POSITIVE_INFINITY;
    for (let index = below + 1; index < values.length; index++) high = Math.min(high, values[index]!);
    return low + (high - low) * (place - below);
  });
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
