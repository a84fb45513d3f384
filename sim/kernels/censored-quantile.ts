import { rankValue } from './quantile.js';

/**
 * The time by which at least a share `probability` have had an event, where of some it is only known how long they have
 * waited: the least event time at which the estimate of Kaplan and Meier comes to it; NaN if it never does.
 *
 * The order of `events` changes. In O(n log m + m log m) for n events and m censored: between two censored times the
 * product of the estimate telescopes, so events needn't be sorted.
 *
 * Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53
 * (1958), 457-481.
 */
export function censoredQuantile(events: Float64Array, censored: Float64Array, probability: number): number {
  const ends = censored.slice().sort();
  const counts = new Float64Array(ends.length + 1);
  for (const time of events) counts[earlier(ends, time)]!++;
  let surviving = 1;
  let atRisk = events.length + ends.length;
  for (let span = 0; span < counts.length; span++) {
    const count = counts[span]!;
    // so many events of the span bring the estimate down to what is asked; sums of fractions round
    const needed = Math.max(1, Math.ceil(atRisk * (1 - (1 - probability) / surviving) - 1e-9));
    if (needed <= count) {
      const within = events.filter((time) => earlier(ends, time) === span);
      return rankValue(within, needed - 1);
    }
    surviving *= (atRisk - count) / atRisk;
    atRisk -= count + 1;
  }
  return Number.NaN;
}

/** How many of the ascending times lie before this one: who is censored at a time was still at risk at it. */
function earlier(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
