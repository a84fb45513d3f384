import { rankValue } from './quantile.js';

/**
 * Times of events, and of some only how long they have been waited for: quantiles by the estimate of Kaplan and Meier.
 *
 * In O(n log m + m log m) for n events and m censored, and O(n) a quantile: between two censored times the product of
 * the estimate telescopes, so events needn't be sorted.
 *
 * Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53
 * (1958), 457-481.
 */
export class CensoredSample {
  readonly #events: Float64Array;
  readonly #ends: Float64Array;
  readonly #counts: Uint32Array;

  /** The events are kept, not copied; their order doesn't matter and may change later. */
  constructor(events: Float64Array, censored: Float64Array) {
    this.#events = events;
    this.#ends = censored.slice().sort();
    this.#counts = countBySpan(events, this.#ends);
  }

  /** The least event time by which at least a share `probability` have had the event; NaN if they never had. */
  quantile(probability: number): number {
    let surviving = 1;
    let atRisk = this.#events.length + this.#ends.length;
    for (let span = 0; span < this.#counts.length; span++) {
      const count = this.#counts[span]!;
      // so many events of the span bring the estimate down to what is asked; sums of fractions round
      const needed = Math.max(1, Math.ceil(atRisk * (1 - (1 - probability) / surviving) - 1e-9));
      if (needed <= count) return rankValue(eventsOfSpan(this.#events, this.#ends, span, count), needed - 1);
      surviving *= (atRisk - count) / atRisk;
      atRisk -= count + 1;
    }
    return Number.NaN;
  }
}

/** How many events lie before the first of the ascending times, between it and the next, …, behind the last. */
function countBySpan(events: Float64Array, ends: Float64Array): Uint32Array {
  const counts = new Uint32Array(ends.length + 1);
  for (let index = 0; index < events.length; index++) {
    const time = events[index]!;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // who is censored at a time was still at risk at it
      if (ends[middle]! < time) low = middle + 1;
      else high = middle;
    }
    counts[low]!++;
  }
  return counts;
}

function eventsOfSpan(events: Float64Array, ends: Float64Array, span: number, count: number): Float64Array {
  const after = span === 0 ? Number.NEGATIVE_INFINITY : ends[span - 1]!;
  const until = span === ends.length ? Number.POSITIVE_INFINITY : ends[span]!;
  const within = new Float64Array(count);
  let found = 0;
  for (let index = 0; index < events.length; index++) {
    const time = events[index]!;
    if (time > after && time <= until) within[found++] = time;
  }
  return within;
}
