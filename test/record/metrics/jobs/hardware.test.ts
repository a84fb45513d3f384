import { expect, test } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../../support/scenarios.js';

/** A card with more work than it can do, and two processors that can do none of it. */
const scenario = `
  horizon: 40h
  warmUp: 0
  network: single
  protocol: { checkIn: none, verification: none, attempts: 1 }
  fleet:
    used: { nodes: 1, hardware: t4 }
    idle: { nodes: 2, hardware: reference-cpu }
  workload:
    w:
      class: rendering
      arrivals: { perHour: 600 }
      work: 10h
      jobs: 100
      fee: 1
      deadline: none
`;

test('utilisation is told by true hardware class, whoever stands behind it', async () => {
  const run = await runFinished(loadText(scenario));
  const rows = records(tableNamed(run, 'hardware'));
  expect(rows.map(({ hardware, machines }) => [hardware, machines])).toEqual([
    ['NVIDIA T4', 1],
    ['One slot at reference throughput', 2],
  ]);
  const [used, idle] = rows;
  expect([idle!.slotHoursUp, idle!.slotHoursWorked, idle!.utilisationFraction]).toEqual([80, 0, 0]);
  expect(used!.slotHoursUp).toBe(40);
  // from the first job on, some minutes after the start, for as long as there are more
  expect(used!.slotHoursWorked).toBeGreaterThan(39.5);
  expect(metricOf(run, 'utilisationLeast')).toBe(0);
  expect(metricOf(run, 'utilisationMost')).toBe(used!.utilisationFraction);
  const sum = (name: 'slotHoursUp' | 'slotHoursWorked') => rows.reduce((all, row) => all + Number(row[name]), 0);
  expect(sum('slotHoursWorked') / sum('slotHoursUp')).toBeCloseTo(metricOf(run, 'utilisation'), 12);
});

test('a class of which nobody ever joined has no row', async () => {
  const run = await runFinished(loadText(scenario, 'fleet.idle.joins={ at: 50h }'));
  expect(records(tableNamed(run, 'hardware'))).toHaveLength(1);
  expect(metricOf(run, 'utilisationLeast')).toBe(metricOf(run, 'utilisationMost'));
});
