import { expect, test } from 'vitest';
import { loadText, records, runFinished, tableNamed } from '../support/scenarios.js';

const classes = async (text: string, ...set: readonly string[]) => {
  return records(tableNamed(await runFinished(loadText(text, ...set)), 'job-classes'));
};

// a job an hour fits on the one slot, whose job takes an hour; the rest of them is open by arithmetic
const queue = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol: { verification: none, queueLimit: 0 }
  fleet: { one: { nodes: 1, throughput: 1, slots: 1, completion: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 4 }, work: 1h, deadline: none } }
`;

test.each([
  ['before the network', 0],
  ['in the line of a node', 'unlimited'],
])('jobs that haven’t begun are counted %s', async (_where, queueLimit) => {
  const [row, ...others] = await classes(queue, `protocol.queueLimit=${queueLimit}`);
  expect(others).toEqual([]);
  const { jobsOpen, jobsNotBegun, jobsQueued, jobsOpenHalfway, jobsNotBegunHalfway, ...rest } = row!;
  expect(rest).toMatchObject({ jobClass: 'task', completedFraction: 1, halfwayDays: 5 });
  // one is worked on all the time, but for the first moments
  expect(rest.jobsFinal).toBe(239);
  expect(rest.jobsFinalSinceHalfway).toBe(120);
  expect(jobsNotBegun).toBe(Number(jobsOpen) - 1);
  expect(jobsNotBegunHalfway).toBe(Number(jobsOpenHalfway) - 1);
  expect(jobsQueued).toBe(queueLimit === 0 ? 0 : jobsNotBegun);
});

test('classes are counted apart, and add up to what the metrics say', async () => {
  const other = 'workload.v={class: simulation, arrivals: {perHour: 2}, work: 1m, deadline: {times: 10}}';
  const run = await runFinished(loadText(queue, other, 'warmUp=2d', 'fleet.two={nodes: 1, hardware: consumer-gpu}'));
  const rows = records(tableNamed(run, 'job-classes'));
  expect(rows.map(({ jobClass }) => jobClass).sort()).toEqual(['simulation', 'task']);
  const sum = (column: string) => rows.reduce((all, row) => all + Number(row[column]), 0);
  const { jobsFinal, jobsCompleted, jobsOpen } = run.row.values;
  expect([sum('jobsFinal'), sum('jobsCompleted'), sum('jobsOpen')]).toEqual([jobsFinal, jobsCompleted, jobsOpen]);
});
