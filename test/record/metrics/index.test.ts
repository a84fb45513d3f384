import { expect, test } from 'vitest';
import { metricNamed, metricNames, metrics } from '../../../sim/record/metrics/index.js';
import { wholeOf } from '../../../sim/record/metrics/metric.js';
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
