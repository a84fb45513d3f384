import { describe, expect, it } from 'vitest';
import { epochBeacon, recomputeSortition } from '../../../sim/index.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { acceptedByNode } from '../../support/accepted.js';
import { attemptsOf } from '../../support/invariants.js';
import { buildLoaded, candidatesOf, loadText, numbers, records, runUntil } from '../../support/scenarios.js';
import { chiSquared } from '../../support/statistics.js';

const scores = [1, 0.5, 0.25, 0.2, 0.75, 0.9, 0.1, 0.02];

/** Nodes that are always open, and scores that stay as they are set. */
const base = `
  seed: sortition-1
  horizon: 4h
  warmUp: 0
  network: single
  protocol:
    assignment: { kind: sortition, floor: 0.05 }
    reputation: { kind: ema, alpha: 0 }
    publish: { every: 0, delay: 0 }
    checkIn: none
    epoch: 1h
    queueLimit: unlimited
  fleet: { a: { nodes: ${scores.length}, hardware: reference-cpu, quality: 1 } }
  workload:
    v: { class: task, arrivals: { perHour: 150 }, work: 1ms, deadline: none }
    w: { class: task, arrivals: { perSecond: 0.25 }, work: 1ms, deadline: none }
`;

function runOf(...set: readonly string[]) {
  const loaded = loadText(base, ...set);
  const built = buildLoaded(loaded, true);
  for (const [node, score] of scores.entries()) built.lives.nodeLife.scoreChanged(node, score);
  return { loaded, built };
}

describe('sortition', () => {
  it('draws in proportion to the published score, and to the floor below it', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { built } = runOf(`seed=${seed}`);
      runUntil(built, 3_600);
      const weights = scores.map((score) => Math.max(0.05, score));
      expect(Math.abs(chiSquared(acceptedByNode(built), weights).errors)).toBeLessThan(4);
    }
  });

  it('can be recomputed by anyone from jobs.csv and the scores: every draw of a run', () => {
    const { built } = runOf();
    runUntil(built, 14_400);
    const table = jobsTable(built.recorder.jobs);
    const jobs = records(table);
    expect(jobs.length).toBeGreaterThan(4_000);
    expect(new Set(numbers(table, 'attempts'))).toEqual(new Set([1]));
    const weights = scores.map((score) => Math.max(0.05, score));
    for (const { workload, ordinal, assignedSeconds, node } of jobs) {
      const epoch = Math.floor(Number(assignedSeconds) / 3_600);
      const draw = { workload: workload === 'v' ? 0 : 1, ordinal: Number(ordinal), attempt: 0 };
      expect(recomputeSortition({ beacon: epochBeacon('sortition-1', epoch), ...draw }, weights)).toBe(node);
    }
  });

  it('can be recomputed where nodes are busy, scores move, jobs are gated, and attempts fail', () => {
    const moving = ['protocol.reputation={kind: ema}', 'protocol.queueLimit=0', 'protocol.attempts=3'];
    const { loaded, built } = runOf(
      ...[...moving, 'fleet.a.completion=0.7', 'workload.w.work=3s', 'workload.v.minimumScore=0.5'],
    );
    const { assignment } = built.world.roles;
    const { jobs, nodes, simulation } = built.world;
    const candidates = candidatesOf(built.world);
    const answer = assignment.assign.bind(assignment);
    let [drawn, retried] = [0, 0];
    const wrong: unknown[] = [];
    assignment.assign = (job, lane) => {
      const node = answer(job, lane);
      const tried = attemptsOf(built.world, job).map((attempt) => built.world.attempts.node[attempt]!);
      const weights = scores.map((_, one) =>
        candidates.isOpen(one, lane) && !tried.includes(one) ? Math.max(0.05, nodes.publishedScore[one]!) : 0,
      );
      const attempt = jobs.attemptsMade[job]!;
      const draw = { workload: jobs.workload[job]!, ordinal: jobs.number[job]!, attempt };
      const beacon = epochBeacon(loaded.scenario.seed, Math.floor(simulation.now / 3_600));
      const recomputed = recomputeSortition({ beacon, ...draw }, weights, (one) => candidates.fits(job, one));
      if (recomputed !== node) wrong.push([simulation.now, draw, node, recomputed]);
      if (node !== NONE) drawn++;
      if (attempt > 0) retried++;
      return node;
    };
    runUntil(built, loaded.scenario.horizon);
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(drawn).toBeGreaterThan(3_000);
    expect(retried).toBeGreaterThan(100);
  });

  it('has other draws in another epoch, and tells nothing of the run’s other ones', () => {
    expect(new Set(Array.from({ length: 20 }, (_, epoch) => epochBeacon('a', epoch))).size).toBe(20);
    expect(epochBeacon('a', 1)).not.toBe(epochBeacon('b', 1));
    expect(epochBeacon('a secret', 1)).not.toContain('secret');
  });

  it('is −1 where nobody is open or nobody fits', () => {
    const draw = { beacon: epochBeacon('a', 0), workload: 0, ordinal: 0, attempt: 0 };
    expect(recomputeSortition(draw, [0, 0])).toBe(-1);
    expect(recomputeSortition(draw, [1, 2], () => false)).toBe(-1);
    expect(recomputeSortition(draw, [0, 2, 1], (node) => node === 2)).toBe(2);
  });
});
