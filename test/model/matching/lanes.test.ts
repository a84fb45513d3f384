import { describe, expect, it } from 'vitest';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { runScenario } from '../../../sim/run.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, finalJobs, loadText, metricOf, records, runUntil, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

/** Eight nodes with time to spare, whose scores say only what a test sets. */
const base = `
  horizon: 50h
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: none
    reputation: { kind: ema, alpha: 0, initial: 0.5 }
    publish: { every: 0, delay: 0 }
    checkIn: none
  fleet: { a: { nodes: 8, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 100 }, work: 1s, deadline: none } }
`;

/** A run in which the nodes have these scores from the start; the node of each job. */
function nodesOfJobs(scores: readonly number[], ...set: readonly string[]) {
  const loaded = loadText(base, ...set);
  const built = buildLoaded(loaded, true);
  for (const [node, score] of scores.entries()) built.lives.nodeLife.scoreChanged(node, score);
  runUntil(built, loaded.scenario.horizon);
  expect(breaches(built)).toEqual([]);
  return { built, nodes: records(jobsTable(built.recorder.jobs)).map(({ node }) => Number(node)) };
}

const countsOf = (nodes: readonly number[]) =>
  Array.from({ length: 8 }, (_, one) => nodes.filter((n) => n === one).length);

describe('a job that states a minimum score', () => {
  const scores = [0.1, 0.3, 0.499, 0.5, 0.6, 0.2, 0.9, 0.01];

  it('goes to nodes whose published score is at least that, equally often under uniform', () => {
    const counts = countsOf(nodesOfJobs(scores, 'workload.w.minimumScore=0.5').nodes);
    const jobs = counts.reduce((sum, count) => sum + count, 0);
    expect(jobs).toBeGreaterThan(4_000);
    scores.forEach((score, node) => {
      if (score < 0.5) expect(counts[node]).toBe(0);
      else expect(Math.abs(binomialErrors(counts[node]!, jobs, 1 / 3))).toBeLessThan(4);
    });
  });

  it('is the share of the jobs that the workload says; the others go to anybody', () => {
    const { built, nodes } = nodesOfJobs(scores, 'workload.w.minimumScore=0.5', 'workload.w.gatedShare=0.8');
    const low = nodes.filter((node) => scores[node]! < 0.5).length;
    expect(Math.abs(binomialErrors(low, nodes.length, 0.2 * (5 / 8)))).toBeLessThan(4);
    const [workload] = built.world.workloads;
    const gated = Array.from({ length: nodes.length }, (_, ordinal) => workload!.isGated(ordinal));
    expect(Math.abs(binomialErrors(gated.filter(Boolean).length, gated.length, 0.8))).toBeLessThan(4);
    expect(nodes.some((node, job) => gated[job]! && scores[node]! < 0.5)).toBe(false);
  });

  it('goes by the score that is public, not by the current one', () => {
    const publish = ['protocol.publish={every: 10h, delay: 1h}', 'workload.w.minimumScore=0.5'];
    const loaded = loadText(base, ...publish);
    const built = buildLoaded(loaded, true);
    for (let node = 1; node < 8; node++) built.lives.nodeLife.scoreChanged(node, 0.1);
    runUntil(built, loaded.scenario.horizon);
    const jobs = records(jobsTable(built.recorder.jobs));
    const late = jobs.filter(({ submittedSeconds }) => Number(submittedSeconds) > 11 * 3_600);
    expect(countsOf(jobs.map(({ node }) => Number(node))).every((count) => count > 0)).toBe(true);
    expect(new Set(late.map(({ node }) => node))).toEqual(new Set([0]));
  });

  it('waits while nobody’s score is enough, and is served as soon as one’s is', () => {
    const built = buildLoaded(loadText(base, 'workload.w.minimumScore=0.7'), true);
    runUntil(built, 3_600);
    const { jobs } = built.world;
    expect(jobs.waiting).toBe(jobs.open);
    expect(jobs.waiting).toBeGreaterThan(50);
    built.lives.nodeLife.scoreChanged(3, 0.7);
    built.lives.serving.serve();
    expect(jobs.waiting).toBe(jobs.open - 1);
    runUntil(built, 7_200);
    expect(jobs.waiting).toBe(0);
    expect(new Set(records(jobsTable(built.recorder.jobs)).map(({ node }) => node))).toEqual(new Set([3]));
    expect(breaches(built)).toEqual([]);
  });

  it('is unserved for lowScore when its deadline passes, and capacity is counted so', async () => {
    const deadline = 'workload.w.deadline={times: 1, atLeast: 10m}';
    const result = await runScenario(loadText(base, 'workload.w.minimumScore=0.7', deadline), { detail: true });
    const rows = records(tableNamed(result, 'unserved'));
    expect(rows.map(({ reason }) => reason)).toEqual(['lowScore']);
    expect(rows[0]!.jobs).toBe(metricOf(result, 'jobsUnserved'));
    expect(records(tableNamed(result, 'capacity'))).toMatchObject([{ state: 'lowScore', nodesMean: 8 }]);
  });
});

describe('a job of a tier', () => {
  /** Lanes of tier 1 are granted to nodes from 6 on, of which 7 loses them at an epoch's end. */
  function runGranting(...set: readonly string[]) {
    const loaded = loadText(
      base,
      'workload.w.tier=1',
      'workload.v={class: task, arrivals: {perHour: 100}, work: 1s}',
      ...set,
    );
    const built = buildLoaded(loaded, true);
    const { lanes, roles, simulation } = built.world;
    roles.reputation.lanes = (node) => {
      const isGranted = node === 6 || (node === 7 && simulation.now < 86_400);
      return lanes.reduce((mask, { index, tier }) => (tier === 0 || isGranted ? mask | (1 << index) : mask), 0);
    };
    for (let node = 0; node < 8; node++) built.lives.nodeLife.scoreChanged(node, 0.4);
    runUntil(built, loaded.scenario.horizon);
    expect(breaches(built)).toEqual([]);
    return built;
  }

  it('goes to nodes that the reputation model grants it, asked anew at the end of an epoch', () => {
    const jobs = records(jobsTable(runGranting('protocol.epoch=1d').recorder.jobs));
    const [tiered, others] = ['w', 'v'].map((name) => jobs.filter(({ workload }) => workload === name));
    const [early, late] = [0, 1].map((day) =>
      tiered!.filter((job) => Math.floor(Number(job.submittedSeconds) / 86_400) === day),
    );
    expect(new Set(early!.map(({ node }) => node))).toEqual(new Set([6, 7]));
    expect(new Set(late!.map(({ node }) => node))).toEqual(new Set([6]));
    expect(new Set(others!.map(({ node }) => node)).size).toBe(8);
  });

  it('is unserved for lowTier where those who were granted it are gone', () => {
    const built = runGranting('fleet.a.nodes=6', 'workload.w.deadline={times: 1, atLeast: 10m}');
    const jobs = records(jobsTable(built.recorder.jobs)).filter(({ outcome }) => outcome === 'unserved');
    expect(jobs.length).toBeGreaterThan(1_000);
    expect(new Set(jobs.map(({ unservedReason, workload }) => `${workload} ${unservedReason}`))).toEqual(
      new Set(['w lowTier']),
    );
  });
});

describe('lanes', () => {
  it('change no job’s node where no job asks for more than its class', async () => {
    const byItself = await runScenario(loadText(base, 'workload.w.work=20m'), { detail: true });
    // everybody's score is above this
    const gated = await runScenario(
      loadText(base, 'workload.w.work=20m', 'workload.w.minimumScore=0.4', 'workload.w.gatedShare=0.5'),
      { detail: true },
    );
    const nodesOf = (result: typeof gated) => finalJobs(result).map(({ ordinal, node }) => [ordinal, node]);
    expect(nodesOf(gated)).toEqual(nodesOf(byItself));
  });
});
