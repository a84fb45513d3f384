/** A time to an event, or, if it was not seen to come, the time for which it has been waited. */
export interface TimeToEvent {
  /** 0 or more, in any unit. */
  readonly time: number;
  readonly isObserved: boolean;
}

/** From its time on, until that of the next, this share is estimated to be still waiting. */
export interface SurvivalStep {
  readonly time: number;
  /** 0 to 1, less than in the step before. */
  readonly surviving: number;
}

/**
 * Share still waiting for an event over time, 1 until the first step: a step for each time at which one had it, by the
 * estimate of those who were still waiting; no steps if none had it.
 *
 * Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53
 * (1958), 457-481.
 */
export function kaplanMeierCurve(durations: readonly TimeToEvent[]): readonly SurvivalStep[] {
  // who is censored at a time was still at risk at it
  const sorted = durations.toSorted((a, b) => a.time - b.time || Number(b.isObserved) - Number(a.isObserved));
  const steps: SurvivalStep[] = [];
  let surviving = 1;
  for (const [place, { time, isObserved }] of sorted.entries()) {
    if (!isObserved) continue;
    surviving *= 1 - 1 / (sorted.length - place);
    if (steps.at(-1)?.time === time) steps.pop();
    steps.push({ time, surviving });
  }
  return steps;
}

/**
 * Median time to an event from observed and censored times: the least time by which half have had it, by the estimate
 * of those who were still waiting; NaN if fewer than half had it, or without any times.
 */
export function kaplanMeierMedian(durations: readonly TimeToEvent[]): number {
  // the product of the fractions rounds
  const step = kaplanMeierCurve(durations).find(({ surviving }) => surviving <= 0.5 + 1e-12);
  return step === undefined ? Number.NaN : step.time;
}
