import { expect, test } from 'vitest';
import { metricNamed, metricNames, metrics } from '../../../sim/record/metrics/index.js';
import { isCounted, wholeOf } from '../../../sim/record/metrics/metric.js';
import { Tally } from '../../../sim/record/tally.js';
import { loadText, runFinished } from '../../support/scenarios.js';

const scenario = `
horizon: 2h
protocol: { extends: triangulated-mesh }
fleet: { honest: { nodes: 12 } }
workload: { batch: { arrivals: { perHour: 30 } } }
`;

test('a run has a value of every metric under its name, in the order of the columns of runs.csv', async () => {
  const { row, finished } = await runFinished(loadText(scenario));
  expect(Object.keys(row.values)).toEqual(metricNames);
  for (const metric of metrics) expect(row.values[metric.name]).toBe(wholeOf(metric, finished));
});

test('values can be handed to another thread', async () => {
  const { row } = await runFinished(loadText(scenario));
  expect(structuredClone(row)).toEqual(row);
});

test('metricNamed finds a metric by its name and refuses another', () => {
  expect(metricNamed('jobsFinal').unit).toBe('jobs');
  expect(() => metricNamed('jobsFnal')).toThrow('expected one of the metrics, found jobsFnal');
});

test('a counted metric adds up if it is twice as much where twice as much was counted, and only then', async () => {
  const { finished } = await runFinished(loadText(scenario, 'fleet.bad={ nodes: 12, strategy: always-wrong }'));
  const { counts } = finished.recorder;
  const tally = new Tally(2, counts.tally.unservedBy.length);
  // numbers that a short run has few of count, too
  for (const name of ['ended', 'completed', 'rejected', 'timedOut', 'unserved', 'unfunded'] as const) {
    counts.tally[name] += 10;
  }
  tally.add(counts.tally);
  tally.add(counts.tally);
  for (const metric of metrics.filter(isCounted)) {
    const once = metric.of(counts, () => true);
    if (Number.isNaN(once) || once === 0) continue;
    expect(metric.of({ ...counts, tally }, () => true) === 2 * once, metric.name).toBe(metric.addsUp === true);
  }
});
