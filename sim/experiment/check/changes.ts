import type { Interval } from '../../kernels/intervals.js';
import { pairedFigure } from '../compare/paired.js';
import { isFailure, type UnitResult } from '../work/outcome.js';
import { type Baseline, rounded } from './baseline.js';

/** How a metric differs from the baseline, replication by replication. */
export interface MetricChange {
  readonly metric: string;
  /** Means over the replications of the baseline, and over those now. */
  readonly before: number;
  readonly now: number;
  /** The interval of the mean difference; NaN where the metric can be told of one side only. */
  readonly difference: Interval;
  /** Whether the difference is none that chance explains, nor one within the margin. */
  readonly isChanged: boolean;
}

/**
 * Each metric that both know, against the baseline. Replication k of one is paired with replication k of the other,
 * which have the same seed: what a change didn't touch is the same, and what it did touch differs by little but the
 * change.
 *
 * @param outcomes as many as the baseline has replications
 * @param level confidence of each interval, in (0, 1)
 * @param margin share of the metric's value that is no change, at least 0
 */
export function changesSince(
  baseline: Baseline,
  outcomes: readonly UnitResult[],
  level: number,
  margin: number,
): readonly MetricChange[] {
  const valuesOf = (metric: string) => {
    return outcomes.map((outcome) => (isFailure(outcome) ? Number.NaN : rounded(outcome.values[metric]!)));
  };
  const isKnown = (metric: string) => outcomes.every((one) => isFailure(one) || metric in one.values);
  // a metric that this version hasn't got, or that the baseline's hadn't, can't be compared
  const metrics = Object.keys(baseline.metrics).filter(isKnown);
  return metrics.map((metric): MetricChange => {
    const [earlier, later] = [baseline.metrics[metric]!.map((value) => value ?? Number.NaN), valuesOf(metric)];
    const { before, now, interval: difference } = pairedFigure(earlier, later, level);
    const free = margin * Math.abs(before);
    const isChanged = isOneSided(earlier, later) || difference.low > free || difference.high < -free;
    return { metric, before, now, difference, isChanged };
  });
}

/** Whether it can be told of every replication of one side, and of none of the other. */
function isOneSided(...sides: readonly (readonly number[])[]): boolean {
  const told = sides.map((values) => values.filter(Number.isFinite).length);
  return told.includes(0) && told.some((many, side) => many > 0 && many === sides[side]!.length);
}
