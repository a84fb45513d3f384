import { expect, test } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../../support/scenarios.js';

const scenario = `
  horizon: 10d
  warmUp: 1d
  network: single
  protocol: { verification: none }
  fleet:
    stays: { nodes: 4, hardware: reference-cpu }
    goes: { nodes: 3, hardware: reference-cpu, joins: { at: 2d }, leaves: { at: 7d } }
    liars: { nodes: 2, hardware: reference-cpu, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m } }
`;
const run = (...set: string[]) => runFinished(loadText(scenario, ...set));

test('the value of an identity is the honest income of thirty days, discounted', async () => {
  const free = await run('money.capitalCost=0');
  const cohorts = [...records(tableNamed(free, 'cohorts'))].filter(({ isAttacker }) => isAttacker === false);
  const income = cohorts.reduce((sum, { incomeUsd }) => sum + Number(incomeUsd), 0);
  // four for ten days, three from the second to the seventh
  const aDay = income / (4 * 10 + 3 * 5);
  expect(aDay).toBeGreaterThan(0);
  expect(metricOf(free, 'identityValueUsd') / (30 * aDay)).toBeCloseTo(1, 12);
  const dear = await run('money.capitalCost=1');
  const rate = 30 / 365.25;
  expect(metricOf(dear, 'identityValueUsd') / (30 * aDay)).toBeCloseTo((1 - Math.exp(-rate)) / rate, 12);
});

test('it is empty where nobody honest ever joined', async () => {
  const alone = await run(
    'fleet.stays.strategy=always-wrong',
    'fleet.goes.joins={ at: 11d }',
    'fleet.goes.leaves={ at: 12d }',
  );
  expect(metricOf(alone, 'identityValueUsd')).toBeNaN();
});
