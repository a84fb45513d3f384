import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, numbers, records, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 2h
  warmUp: 0
  network: single
  protocol: { assignment: round-robin, checkIn: none }
  fleet: { a: { nodes: 5, hardware: reference-cpu } }
  workload: { w: { class: task, arrivals: { perHour: 600 }, work: 1ms } }
`;

const nodesOfJobs = async (...set: readonly string[]) =>
  numbers(tableNamed(await runScenario(loadText(base, ...set), { detail: true }), 'jobs'), 'node');

describe('round-robin', () => {
  it('gives free nodes their turns in the order in which they entered', async () => {
    const nodes = await nodesOfJobs();
    expect(nodes.length).toBeGreaterThan(1_000);
    expect(nodes.every((node, job) => node === job % 5)).toBe(true);
  });

  it('goes by entry, not by the order in which the scenario declares the nodes', async () => {
    const late = 'fleet.late={nodes: 3, hardware: reference-cpu, joins: {at: 1m, over: 5m}}';
    const early = 'fleet.early={nodes: 3, hardware: reference-cpu}';
    const result = await runScenario(loadText(base.replace(/fleet: .*/, 'fleet: {}'), late, early), { detail: true });
    const joined = numbers(tableNamed(result, 'nodes'), 'joinedDays');
    const byEntry = joined.map((_, node) => node).sort((a, b) => joined[a]! - joined[b]! || a - b);
    expect(byEntry.slice(0, 3)).toEqual([3, 4, 5]);
    expect(byEntry.slice(3)).not.toEqual([0, 1, 2]);
    const nodes = numbers(tableNamed(result, 'jobs'), 'node');
    const settled = nodes.slice(nodes.indexOf(byEntry.at(-1)!) + 1);
    expect(settled.length).toBeGreaterThan(1_000);
    expect(settled.every((node, job) => node === byEntry[job % 6])).toBe(true);
  });

  it('passes over nodes whose class isn’t allowed, and keeps the order of the others', async () => {
    const nodes = await nodesOfJobs(
      'fleet.a.nodes=2',
      'fleet.b={nodes: 3, hardware: consumer-gpu}',
      'workload.w.class=simulation',
    );
    expect(nodes.every((node, job) => node === 2 + (job % 3))).toBe(true);
  });

  it('keeps a turn for each class', async () => {
    const other = 'workload.other={class: validation, arrivals: {perHour: 600}, work: 1ms}';
    const result = await runScenario(loadText(base, other), { detail: true });
    const jobs = records(tableNamed(result, 'jobs'));
    for (const name of ['w', 'other']) {
      const nodes = jobs.filter(({ workload }) => workload === name).map(({ node }) => node);
      expect(nodes.length).toBeGreaterThan(1_000);
      expect(nodes.every((node, job) => node === job % 5)).toBe(true);
    }
  });

  it('gives the next turn to the next free one when nodes are busy', async () => {
    // work as long as two arrivals: a node is busy when its turn would come again only if others are, too
    const nodes = await nodesOfJobs('workload.w.work=20s', 'workload.w.deadline=none', 'fleet.a.nodes=3');
    const counts = [0, 1, 2].map((node) => nodes.filter((each) => each === node).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(0.1 * nodes.length);
  });
});
