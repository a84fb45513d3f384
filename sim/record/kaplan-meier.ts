/** A time to an event, or, if it was not seen to come, the time for which it has been waited. */
export interface TimeToEvent {
  /** 0 or more, in any unit. */
  readonly time: number;
  readonly isObserved: boolean;
}

/**
 * Median time to an event from observed and censored times: the least time by which half have had it, by the estimate
 * of those who were still waiting; NaN if fewer than half had it, or without any times.
 *
 * Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53
 * (1958), 457-481.
 */
export function kaplanMeierMedian(durations: readonly TimeToEvent[]): number {
  // who is censored at a time was still at risk at it
  const sorted = durations.toSorted((a, b) => a.time - b.time || Number(b.isObserved) - Number(a.isObserved));
  let surviving = 1;
  for (const [place, { time, isObserved }] of sorted.entries()) {
    if (!isObserved) continue;
    surviving *= 1 - 1 / (sorted.length - place);
    // the product of the fractions rounds
    if (surviving <= 0.5 + 1e-12) return time;
  }
  return Number.NaN;
}
