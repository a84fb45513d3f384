import { describe, expect, it } from 'vitest';
import type { Built } from '../../../sim/build/world.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { runScenario } from '../../../sim/run.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, finalJobs, loadText, numbers, records, runUntil, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

/** Six nodes that err at times, and jobs of two classes, in this order. */
const base = `
  seed: classes
  horizon: 30h
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: recompute, share: 1 }
    reputation: { kind: beta, forgetting: 1, byClass: true }
    slashing: none
    publish: { every: 0, delay: 0 }
    checkIn: none
  fleet: { a: { nodes: 6, hardware: consumer-gpu, quality: 0.8, slots: 8, publicAddress: 1 } }
  workload:
    w: { class: task, arrivals: { perHour: 40 }, work: 1s, deadline: none }
    v: { class: rendering, arrivals: { perHour: 20 }, work: 1s, deadline: none }
`;

/** Scores say only what a test sets. */
const still = 'protocol.reputation={kind: ema, alpha: 0, byClass: true}';

function build(...set: readonly string[]): Built {
  return buildLoaded(loadText(base, ...set), true);
}

/** Gives the node this score for a class, as a finding would. */
function setClassScore({ world: { nodes }, lives }: Built, node: number, jobClass: number, score: number): void {
  nodes.classScore[node * nodes.classCount + jobClass] = score;
  lives.publication.classScoreChanged(node * nodes.classCount + jobClass);
}

function classScoresOf({ world: { nodes } }: Built, node: number): number[] {
  return [...nodes.classScore.subarray(node * nodes.classCount, (node + 1) * nodes.classCount)];
}

describe('a model with scores by class', () => {
  it('moves by a job the score for its class, as nodes.csv tells, and the node’s own as if it kept none', async () => {
    const quiet = 'protocol.verification=none';
    const bad = ['fleet.a.completion=0.8', 'protocol.attempts=1'];
    const result = await runScenario(loadText(base, quiet, ...bad), { detail: true });
    const nodes = tableNamed(result, 'nodes');
    const jobs = finalJobs(result);
    for (const [workload, column] of [
      ['w', 'taskScore'],
      ['v', 'renderingScore'],
    ] as const) {
      const found = numbers(nodes, column);
      expect(numbers(nodes, column.replace('Score', 'PublishedScore'))).toEqual(found);
      found.forEach((score, node) => {
        const own = jobs.filter((job) => job.node === node && job.workload === workload);
        const successes = own.filter(({ outcome }) => outcome === 'completed').length;
        expect(own.length - successes).toBeGreaterThan(5);
        expect(score).toBeCloseTo((successes + 1) / (own.length + 2), 12);
      });
    }
    const without = await runScenario(loadText(base, quiet, ...bad, 'protocol.reputation.byClass=false'));
    expect(numbers(tableNamed(without, 'nodes'), 'score')).toEqual(numbers(nodes, 'score'));
    expect(tableNamed(without, 'nodes').columns.some(({ name }) => name.includes('taskScore'))).toBe(false);
    expect(without.trajectoryFingerprint).toBe(result.trajectoryFingerprint);
  });

  it('begins at the prior in a class of which nothing is known, whatever is known of others', () => {
    const built = build('workload.v.arrivals.perHour=0', 'protocol.reputation={kind: ema, byClass: true}');
    runUntil(built, 86_400);
    for (let node = 0; node < 6; node++) {
      const [, rendering] = classScoresOf(built, node);
      expect(rendering).toBe(0.5);
      expect(built.world.nodes.score[node]).not.toBe(0.5);
    }
    expect(breaches(built)).toEqual([]);
  });

  it('is what a minimum score asks for: that of the job’s class', () => {
    const built = build(still, 'workload.w.minimumScore=0.6');
    setClassScore(built, 2, 0, 0.7);
    setClassScore(built, 3, 1, 0.7);
    built.lives.nodeLife.scoreChanged(4, 0.9);
    runUntil(built, 20 * 3_600);
    const jobs = records(jobsTable(built.recorder.jobs));
    const nodesOf = (name: string) =>
      new Set(jobs.filter(({ workload }) => workload === name).map(({ node }) => Number(node)));
    expect(nodesOf('w')).toEqual(new Set([2]));
    expect(nodesOf('v')).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    expect(breaches(built)).toEqual([]);
  });

  it.each(['weighted-random', 'sortition', '{kind: multi-factor, scoreExponent: 1, stakeExponent: 0}'])(
    'weighs nodes by the class’s score under %s',
    (assignment) => {
      const built = build(
        still,
        'protocol.verification=none',
        `protocol.assignment=${assignment}`,
        'workload.w.arrivals.perHour=200',
        'workload.v.arrivals.perHour=200',
        'fleet.a.quality=1',
        'fleet.a.slots=4000',
      );
      setClassScore(built, 0, 0, 1);
      setClassScore(built, 0, 1, 0.1);
      runUntil(built, 20 * 3_600);
      const jobs = records(jobsTable(built.recorder.jobs));
      for (const [name, score] of [
        ['w', 1],
        ['v', 0.1],
      ] as const) {
        const all = jobs.filter(({ workload }) => workload === name);
        const own = all.filter(({ node }) => node === 0).length;
        // past performance in the class, (s + 1)/(s + 2) without a failure, is nearly the same for all
        const margin = assignment.includes('multi') ? 6 : 4;
        expect(Math.abs(binomialErrors(own, all.length, score / (score + 2.5)))).toBeLessThan(margin);
      }
    },
  );

  it('is what slashing rules see of a finding on a job', () => {
    const built = build('protocol.slashing={kind: progressive, neutral: 0.9, maxFraction: 0.01}');
    const { slashing } = built.world.roles;
    const penalize = slashing.penalize.bind(slashing);
    const seen: number[] = [];
    slashing.penalize = (evidence, score, penalty) => {
      const { nodes } = built.world;
      expect(evidence.jobClass).not.toBe(NONE);
      expect(score).toBe(nodes.classScore[evidence.subject * nodes.classCount + evidence.jobClass]);
      seen.push(score - nodes.score[evidence.subject]!);
      penalize(evidence, score, penalty);
    };
    runUntil(built, 86_400);
    expect(seen.some((difference) => Math.abs(difference) > 0.1)).toBe(true);
    expect(breaches(built)).toEqual([]);
  });

  it('becomes public as the node’s score does: read at the interval, after the delay', () => {
    const built = build('protocol.publish={every: 10m, delay: 1m}', still);
    const { nodes } = built.world;
    runUntil(built, 601);
    setClassScore(built, 1, 1, 0.9);
    setClassScore(built, 1, 0, 0.2);
    const published = () => [0, 1].map((jobClass) => nodes.publishedScoreFor(1, jobClass));
    runUntil(built, 1_259.9);
    expect(published()).toEqual([0.5, 0.5]);
    runUntil(built, 1_260);
    expect(published()).toEqual([0.2, 0.9]);
    expect(nodes.publishedScore[1]).toBe(0.5);
    expect(nodes.publishedScoreFor(2, 1)).toBe(0.5);
  });

  it('falls by a penalty for a job in that job’s class, and by one of an epoch in every class', () => {
    const numeric = [
      'workload.v={class: iot-oracle, arrivals: {perHour: 20}, value: {volatility: 0}}',
      'protocol.verification=none',
    ];
    const late = 'protocol.slashing={kind: matrix, leastQueries: 1, latency: {minor: 0.1, major: 10, end: 20}}';
    const built = build(still, ...numeric, late, 'workload.v.work=0s');
    runUntil(built, 86_400);
    for (let node = 0; node < 6; node++) {
      const [task, oracle] = classScoresOf(built, node);
      expect(task).toBeLessThan(0.5);
      expect(oracle).toBe(task);
      expect(built.world.nodes.score[node]).toBe(task);
    }
    const perJob = build(still, ...numeric, 'workload.v.work=0s');
    const { slashing } = perJob.world.roles;
    slashing.penalize = ({ jobClass }, _score, penalty) => {
      if (jobClass === 0) penalty.scoreChange = -0.1;
    };
    runUntil(perJob, 86_400);
    for (let node = 0; node < 6; node++) expect(classScoresOf(perJob, node)).toEqual([0.01, 0.5]);
  });

  it('is back at the prior where a penalty wiped out the history', () => {
    const built = build();
    const { slashing } = built.world.roles;
    slashing.assess = (node, penalty) => {
      penalty.cause = 1;
      penalty.resets = node < 3;
    };
    runUntil(built, 86_400);
    for (let node = 0; node < 6; node++) {
      const scores = [built.world.nodes.score[node]!, ...classScoresOf(built, node).slice(0, 2)];
      expect(scores.filter((score) => score === 0.5)).toHaveLength(node < 3 ? 3 : 0);
    }
  });
});

it('byClass can’t change in mid-run', () => {
  const changes = 'changes=[{at: 5h, set: {protocol.reputation.byClass: false}}]';
  expect(() => loadText(base, changes)).toThrow('kept from the start or not at all');
});
