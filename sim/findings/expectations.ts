import { metricNamed } from '../record/metrics/index.js';
import type { MetricValues } from '../record/metrics/metric.js';

/** A bound on a metric, as a scenario states it. */
export interface Bounds {
  readonly metric: string;
  readonly below?: number | undefined;
  readonly above?: number | undefined;
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
}

/** An expectation held against a run's figures. */
interface HeldExpectation {
  /** Such as `attackerWorkShare below 0.1`. */
  readonly text: string;
  readonly value: number;
  /** What the value is to be told from: the bounds, and all of it where it is a share. */
  readonly limits: readonly number[];
  /** null where the metric doesn't apply. */
  readonly met: boolean | null;
}

/** Holds each expectation against the metrics' values; throws when it is about none of the metrics. */
export function checkExpectations(expectations: readonly Bounds[], values: MetricValues): readonly HeldExpectation[] {
  return expectations.map((bounds) => {
    const { metric, below, above, atMost, atLeast } = bounds;
    const value = values[metric]!;
    const parts: string[] = [];
    const limits = metricNamed(metric).unit === 'fraction' ? [1] : [];
    let met = true;
    const hold = (word: string, bound: number | undefined, isMet: (limit: number) => boolean) => {
      if (bound === undefined) return;
      parts.push(`${word} ${bound}`);
      limits.push(bound);
      met &&= isMet(bound);
    };
    hold('below', below, (limit) => value < limit);
    hold('above', above, (limit) => value > limit);
    hold('at most', atMost, (limit) => value <= limit);
    hold('at least', atLeast, (limit) => value >= limit);
    return { text: `${metric} ${parts.join(', ')}`, value, limits, met: Number.isNaN(value) ? null : met };
  });
}
