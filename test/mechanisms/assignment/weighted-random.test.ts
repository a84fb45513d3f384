import { describe, expect, it } from 'vitest';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, records, runUntil } from '../../support/scenarios.js';

/** Four nodes, of which the last two are below 0.5; dear jobs and cheap ones. */
const base = `
  horizon: 20h
  warmUp: 0
  network: single
  protocol:
    assignment: { kind: weighted-random, probation: { below: 0.5, rest: 1h, feeMost: 0.1 } }
    reputation: { kind: ema, alpha: 0 }
    publish: { every: 0, delay: 0 }
    checkIn: none
  fleet: { a: { nodes: 4, hardware: reference-cpu, quality: 1 } }
  workload:
    dear: { class: task, fee: 1, arrivals: { perHour: 200 }, work: 1s, deadline: none }
    cheap: { class: task, fee: 0.1, arrivals: { perHour: 200 }, work: 1s, deadline: none }
`;

function runOf(scores: readonly number[], ...set: readonly string[]) {
  const loaded = loadText(base, ...set);
  const built = buildLoaded(loaded, true);
  for (const [node, score] of scores.entries()) built.lives.nodeLife.scoreChanged(node, score);
  runUntil(built, loaded.scenario.horizon);
  expect(breaches(built)).toEqual([]);
  return records(jobsTable(built.recorder.jobs));
}

describe('weighted-random with probation', () => {
  it('gives nodes below the score one job at a rest’s interval, and cheap ones only', () => {
    const jobs = runOf([0.6, 0.9, 0.49, 0.3]);
    for (const node of [2, 3]) {
      const own = jobs.filter((job) => job.node === node);
      const times = own.map(({ assignedSeconds }) => Number(assignedSeconds)).sort((a, b) => a - b);
      expect(own.every(({ workload }) => workload === 'cheap')).toBe(true);
      expect(times.length).toBeGreaterThan(15);
      times.forEach((time, index) => {
        if (index > 0) expect(time - times[index - 1]!).toBeGreaterThanOrEqual(3_600);
      });
    }
    expect(jobs.filter(({ node, workload }) => Number(node) < 2 && workload === 'dear').length).toBeGreaterThan(1_000);
  });

  it('serves who waits as a rest ends', () => {
    const jobs = runOf([0.4, 0.4, 0.4, 0.4], 'workload.dear.jobs=1', 'workload.cheap.jobs=40');
    const times = jobs
      .filter(({ workload, node }) => workload === 'cheap' && node !== null)
      .map(({ assignedSeconds }) => Number(assignedSeconds))
      .sort((a, b) => a - b);
    expect(times).toHaveLength(40);
    for (let place = 4; place < 40; place++) expect(times[place]).toBeCloseTo(times[place - 4]! + 3_600, 6);
  });

  it('tells of jobs that end while all rest that they did', () => {
    const deadline = 'workload.cheap.deadline={times: 1, atLeast: 10m}';
    const jobs = runOf([0.4, 0.4, 0.4, 0.4], deadline, 'workload.dear.jobs=1', 'workload.dear.arrivals.perHour=0.001');
    const unserved = jobs.filter(({ outcome, workload }) => outcome === 'unserved' && workload === 'cheap');
    expect(unserved.length).toBeGreaterThan(1_000);
    expect(new Set(unserved.map(({ unservedReason }) => unservedReason))).toEqual(new Set(['resting']));
  });
});
