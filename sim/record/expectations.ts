import { metrics } from './metrics.js';

/** A bound on a metric, as a scenario states it. */
export interface Bounds {
  readonly metric: string;
  readonly below?: number | undefined;
  readonly above?: number | undefined;
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
}

/** An expectation held against a run's figures. */
export interface Verdict {
  /** Such as `attackerWorkShare below 0.1`. */
  readonly text: string;
  readonly value: number;
  /** null where the metric doesn't apply. */
  readonly met: boolean | null;
}

/** Holds each expectation against the metrics' values, which stand in the order of `metrics`. */
export function checkExpectations(expectations: readonly Bounds[], values: readonly number[]): readonly Verdict[] {
  return expectations.map((bounds) => {
    const { metric, below, above, atMost, atLeast } = bounds;
    const value = values[metrics.findIndex((entry) => entry.name === metric)]!;
    const parts: string[] = [];
    let met = true;
    const hold = (word: string, bound: number | undefined, isMet: (limit: number) => boolean) => {
      if (bound === undefined) return;
      parts.push(`${word} ${bound}`);
      met &&= isMet(bound);
    };
    hold('below', below, (limit) => value < limit);
    hold('above', above, (limit) => value > limit);
    hold('at most', atMost, (limit) => value <= limit);
    hold('at least', atLeast, (limit) => value >= limit);
    return { text: `${metric} ${parts.join(', ')}`, value, met: Number.isNaN(value) ? null : met };
  });
}
