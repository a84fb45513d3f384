import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../sim/findings/answer/verdict.js';
import { checkExpectations } from '../../sim/findings/checked-expectations.js';
import { intervalInWords, rangeInWords, replicatedFigure, summariesOf } from '../../sim/findings/replications.js';
import { metrics } from '../../sim/record/metrics/index.js';
import type { Cell, Column } from '../../sim/record/tables/table.js';
import { loadText } from '../support/scenarios.js';
import { cellTable } from '../support/tables.js';

const valuesOf = (some: Record<string, number>) => ({
  ...Object.fromEntries(metrics.map(({ name }) => [name, Number.NaN])),
  ...some,
});
const summaryOf = (metric: string, values: readonly number[]) =>
  summariesOf(values.map((value) => valuesOf({ [metric]: value }))).get(metric)!;

const NAMES = [
  ...['replication', 'expectation', 'metric', 'unit', 'cohort', 'window', 'fromDays', 'toDays', 'value', 'isMet'],
  ...['comparedTo', 'comparedValue', 'over', 'below', 'above', 'atMost', 'atLeast'],
];
const columns = NAMES.map((name): Column => ({ name, unit: '', window: 'own', meaning: name }));

/** The expectation that a metric is below a bound, as several replications left it. */
function held(metric: string, unit: string, below: number, values: readonly number[]) {
  const rows = values.map((value, at): Cell[] => {
    return [at + 1, 1, metric, unit, null, null, 0, 1, value, value < below, null, null, null, below, null, null, null];
  });
  return checkExpectations(cellTable('expectations', columns, rows));
}

describe('an interval in words', () => {
  it('is that of the mean, within what the metric can be, and never rounds up to all', () => {
    // 0.9998 ± 4.303 · 0.0001 / √3 is up to 1.00005
    expect(intervalInWords(summaryOf('completedFraction', [0.9997, 0.9998, 0.9999]))).toBe('99.96 to 100 %');
    expect(rangeInWords(summaryOf('completedFraction', [0.9999, 0.99991, 0.99992]))).toBe('99.99 %');
    const { low, high, middle } = replicatedFigure(summaryOf('completedFraction', [0.9, 1]));
    expect([middle, high]).toEqual([0.95, 1]);
    // 0.95 − 12.706 · 0.0707 / √2
    expect(low).toBeCloseTo(0.3147, 4);
  });

  it('says where replications are too few for one, or all the same', () => {
    const few = summaryOf('latencyP50Seconds', [60, 90, 80]);
    expect(intervalInWords(few)).toBe('60 to 90 s in all, too few for an interval');
    expect(replicatedFigure(few)).toMatchObject({ middle: 80, low: Number.NaN, missing: 0 });
    expect(intervalInWords(summaryOf('nodesOnline', [7, 7, 7]))).toBe('the same in all');
    expect(intervalInWords(summaryOf('nodesOnline', [7, Number.NaN]))).toBe('of one replication alone');
  });
});

describe('an expectation over replications', () => {
  const { scenario } = loadText(
    'protocol: { extends: triangulated-mesh }\nhorizon: 1d\nfleet: { a: { nodes: 4 } }\n' +
      'workload: { batch: { arrivals: { perHour: 1 } } }\n',
  );
  const verdict = (expected: ReturnType<typeof held>, count: number) =>
    verdictOf([], expected, {
      scenario,
      replications: Array.from({ length: count }, () => valuesOf({})),
      table: (name) => cellTable(name, [], []),
    });

  it('of a quantile can’t be told where they are too few, and says from where to where it lies', () => {
    const [few] = held('latencyP50Seconds', 's', 100, [60, 90, 80]);
    expect(few).toMatchObject({ met: null, found: '60 to 90 s in all 3 replications', isTooFew: true });
    expect(verdict([few!], 3)).toBe(
      'Whether it is as expected can’t be told from these 3 runs: ' +
        'latency, half of the jobs: 60 to 90 s in all 3 replications, too few for an interval.',
    );
  });

  it('can’t be told where the interval crosses its bound', () => {
    const [crossing] = held('utilisation', 'fraction', 0.5, [0.4, 0.5, 0.6]);
    // 0.5 ± 4.303 · 0.1 / √3
    expect(crossing).toMatchObject({ met: null, found: '25.2 to 74.8 % (3 replications)' });
    expect(verdict([crossing!], 3)).toMatch(/^Whether it is as expected can’t be told from these 3 runs: utilisation /);
  });
});
