import { describe, expect, it } from 'vitest';
import type { Built } from '../../../sim/build/world.js';
import { AttemptState } from '../../../sim/model/columns/attempts.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { runScenario } from '../../../sim/run.js';
import { breaches } from '../../support/invariants.js';
import { linesOf } from '../../support/refusals.js';
import { buildLoaded, finalJobs, loadText, numbers, records, runUntil, tableNamed } from '../../support/scenarios.js';

const day = 86_400;

/** Nobody asks for anything unless a test says so. */
const base = `
  seed: composite
  horizon: 30d
  warmUp: 0
  network: single
  protocol:
    epoch: 1d
    assignment: uniform
    verification: none
    reputation: window-composite
    slashing: none
    attempts: 1
    publish: { every: 0, delay: 0 }
    checkIn: none
  fleet: { a: { nodes: 4, hardware: reference-cpu, quality: 1, slots: 100 } }
  workload: { w: { class: task, arrivals: { perHour: 0 }, work: 10s, deadline: none } }
`;

const evidence = new Evidence();

/** What the handler does with a finding on an attempt that took so long [s], at work of 10 s. */
function present({ world, lives }: Built, node: number, kind: number, seconds: number, acknowledgedAfter = 0): void {
  const { attempts, jobs, nodes, roles, simulation } = world;
  const job = jobs.take();
  jobs.work[job] = 10;
  jobs.rulesVersion[job] = 0;
  const attempt = attempts.take();
  attempts.node[attempt] = node;
  attempts.job[attempt] = job;
  attempts.assignedAt[attempt] = simulation.now;
  roles.reputation.acknowledged!(attempt, simulation.now + acknowledgedAfter);
  attempts.returnedAt[attempt] = simulation.now + seconds;
  attempts.state[attempt] = AttemptState.returned;
  evidence.about(node, kind, 1, job, 0);
  evidence.attempt = attempt;
  lives.nodeLife.scoreChanged(node, roles.reputation.scoreAfter(evidence, nodes.score[node]!));
  attempts.recycle(attempt);
  jobs.recycle(job);
}

function presentMany(built: Built, node: number, times: number, kind: number, seconds: number): void {
  for (let one = 0; one < times; one++) present(built, node, kind, seconds);
}

const { success, invalid } = EvidenceKind;

function measure({ world }: Built, name: string, node: number): number {
  return world.measures.column(name)[node]!;
}

describe('window-composite', () => {
  it('of 0.962 success, 0.928 service level and a latency rank of 0.88 is 0.9354', () => {
    const built = buildLoaded(loadText(base, 'fleet.a.nodes=26'));
    // limit 40 s: 928 of 1,000 keep it; older jobs, which all failed, have left the window
    presentMany(built, 0, 500, invalid, 1_000);
    presentMany(built, 0, 900, success, 20);
    presentMany(built, 0, 62, success, 50);
    presentMany(built, 0, 28, invalid, 30);
    presentMany(built, 0, 10, invalid, 50);
    for (let node = 1; node < 26; node++) present(built, node, success, node <= 3 ? 5 : 60 + node);
    runUntil(built, day);
    const { nodes } = built.world;
    expect(measure(built, 'successRate', 0)).toBe(0.962);
    expect(measure(built, 'slaRate', 0)).toBe(0.928);
    expect(measure(built, 'latencyRank', 0)).toBe(0.88);
    expect(nodes.score[0]).toBeCloseTo(0.9354, 12);
    expect(nodes.publishedScore[0]).toBe(nodes.score[0]);
    expect(measure(built, 'tier', 0)).toBe(1);
  });

  it('is what its jobs in jobs.csv come to, with the ranks of the last epoch’s end', async () => {
    const result = await runScenario(
      loadText(
        base,
        'horizon=3d',
        'fleet.a={nodes: 6, completion: 0.9, throughput: {lognormal: {median: 0.4, sigma: 1.5}}}',
        'workload.w={arrivals: {perHour: 60}, jobs: 2000, work: {exponential: {mean: 30s}}}',
      ),
      { detail: true },
    );
    const nodes = tableNamed(result, 'nodes');
    const byNode = numbers(nodes, 'node').map((node) => finalJobs(result).filter((job) => job.node === node));
    const rates = byNode.map((jobs) => {
      const returned = jobs.filter(({ outcome }) => outcome === 'completed');
      const latencies = returned.map((job) => Number(job.deliveredSeconds) - Number(job.assignedSeconds));
      const works = returned.map(({ workSeconds }) => Number(workSeconds));
      const kept = latencies.filter((latency, place) => latency <= Math.max(1, 4 * works[place]!)).length;
      const relative = latencies.map((latency, place) => latency / works[place]!);
      const mean = relative.reduce((sum, one) => sum + one, 0) / relative.length;
      return { success: returned.length / jobs.length, sla: kept / jobs.length, mean };
    });
    const expected = rates.map(({ success, sla, mean }) => {
      const rank = rates.filter((other) => other.mean > mean).length / 5;
      return 0.5 * success + 0.3 * sla + 0.2 * rank;
    });
    expect(byNode.every((jobs) => jobs.length > 200)).toBe(true);
    expect(rates.some(({ success, sla }) => sla < success / 2)).toBe(true);
    expect(rates.some(({ success, sla }) => sla === success)).toBe(true);
    const [scores, successRates, held] = ['score', 'successRate', 'windowJobs'].map((name) => numbers(nodes, name));
    for (const [node, jobs] of byNode.entries()) {
      expect(scores![node]).toBeCloseTo(expected[node]!, 9);
      expect(successRates![node]).toBeCloseTo(rates[node]!.success, 12);
      expect(held![node]).toBe(jobs.length);
    }
  });

  it('averages with the prior below the least number of jobs, and is of the standard tier until then', () => {
    const built = buildLoaded(loadText(base, 'protocol.reputation={minJobs: 20, window: 50, priorWeight: 10}'));
    const { nodes } = built.world;
    expect(nodes.score[0]).toBe(0.9);
    for (let failures = 1; failures < 20; failures++) {
      present(built, 0, invalid, 1_000);
      // until the first epoch's end the latency is the prior's
      expect(nodes.score[0]).toBeCloseTo(0.8 * (9 / (10 + failures)) + 0.2 * 0.9, 12);
      expect(measure(built, 'tier', 0)).toBe(1);
    }
    present(built, 0, invalid, 1_000);
    expect(nodes.score[0]).toBeCloseTo(0.2 * 0.9, 12);
    expect(measure(built, 'tier', 0)).toBe(0);
  });

  it('counts a job that is late, or whose acknowledgement is, against the service level alone', () => {
    const rateAfter = (seconds: number, acknowledgedAfter: number, ...set: readonly string[]) => {
      const built = buildLoaded(loadText(base, ...set));
      present(built, 0, success, seconds, acknowledgedAfter);
      expect(measure(built, 'successRate', 0)).toBe(1);
      return measure(built, 'slaRate', 0);
    };
    expect([rateAfter(40, 0), rateAfter(40.1, 0)]).toEqual([1, 0]);
    expect([rateAfter(40, 0.4), rateAfter(40, 0.4, 'protocol.reputation.sla.measureAt=orchestrator')]).toEqual([1, 0]);
    const loose = 'protocol.reputation.sla={measureAt: orchestrator, acknowledgeWithin: 500ms}';
    expect(rateAfter(40, 0.4, loose)).toBe(1);
    // no slots: whoever is given a job is loaded
    const loaded = (seconds: number) => {
      const built = buildLoaded(loadText(base));
      built.world.nodes.assigned[0] = 101;
      present(built, 0, success, seconds);
      return measure(built, 'slaRate', 0);
    };
    expect([loaded(60), loaded(60.1)]).toEqual([1, 0]);
  });

  it('keeps the level at the very limit, whatever time of the run it is', () => {
    const built = buildLoaded(
      loadText(base, 'protocol.reputation.sla={measureAt: orchestrator, acknowledgeWithin: 300ms, times: 1}'),
    );
    for (let hour = 0; hour < 60; hour++) {
      runUntil(built, 3_600 * hour + hour / 7);
      present(built, 0, success, 10, 0.3);
    }
    expect(measure(built, 'slaRate', 0)).toBe(1);
    present(built, 0, success, 10.001, 0.3);
    expect(measure(built, 'slaRate', 0)).toBeLessThan(1);
  });

  it('is not wiped out by a fall of a tenth that rounding makes a hair larger: 0.4 less 0.3', () => {
    expect(0.4 - 0.3).toBeGreaterThan(0.1);
    const built = buildLoaded(loadText(base, 'protocol.reputation.weights={success: 1, sla: 0, latency: 0}'));
    presentMany(built, 0, 600, invalid, 1);
    presentMany(built, 0, 400, success, 1);
    runUntil(built, day);
    expect(built.world.nodes.score[0]).toBeCloseTo(0.4, 12);
    // of the latest thousand 500 failed in the first place, then these 200
    presentMany(built, 0, 200, invalid, 1);
    presentMany(built, 0, 500, invalid, 1);
    expect(measure(built, 'successRate', 0)).toBe(0.3);
    runUntil(built, 2 * day);
    expect(measure(built, 'windowJobs', 0)).toBe(1_000);
  });

  it('is wiped out by a fall of more than 0.1 between two epochs’ ends, and by no smaller one', () => {
    for (const [failures, isReset] of [
      [100, false],
      [150, true],
    ] as const) {
      const built = buildLoaded(loadText(base, 'protocol.reputation.weights={success: 1, sla: 0, latency: 0}'));
      presentMany(built, 0, 1_000, success, 1);
      runUntil(built, day);
      expect(built.world.nodes.score[0]).toBe(1);
      presentMany(built, 0, failures, invalid, 1);
      runUntil(built, 2 * day);
      expect(built.world.nodes.score[0]).toBeCloseTo(isReset ? 0.9 : 1 - failures / 1_000, 12);
      expect(measure(built, 'windowJobs', 0)).toBe(isReset ? 0 : 1_000);
      expect(measure(built, 'tier', 0)).toBe(1);
    }
  });

  it('decays by 1 % a day once check-ins were missed for 72 h, and each success gives a day back', () => {
    const built = buildLoaded(
      loadText(
        base,
        'protocol.checkIn={every: 1h}',
        'fleet.a.outages={up: 2d, down: 1000d}',
        'fleet.b={nodes: 1, hardware: reference-cpu}',
      ),
    );
    const { nodes } = built.world;
    for (const node of [0, 4]) presentMany(built, node, 200, success, 10);
    runUntil(built, 2 * day);
    const before = nodes.score[0]!;
    for (const [at, days] of [
      [5, 0],
      [6, 1],
      [9, 4],
    ] as const) {
      runUntil(built, at * day);
      expect(nodes.score[0]).toBeCloseTo(before * 0.99 ** days, 12);
    }
    for (const days of [3, 2, 1, 0, 0]) {
      present(built, 0, success, 10);
      expect(nodes.score[0]).toBeCloseTo(before * 0.99 ** days, 12);
    }
    expect(nodes.score[4]).toBeCloseTo(before, 12);
  });

  it('lets a penalty on the score fade as the window turns over, and forgets it with the window', () => {
    const built = buildLoaded(loadText(base, 'protocol.reputation={window: 100, minJobs: 100}'));
    const { lives, world } = built;
    const { nodes, roles } = world;
    presentMany(built, 0, 100, success, 10);
    const before = nodes.score[0]!;
    lives.nodeLife.scoreChanged(0, roles.reputation.scoreMoved(0, -0.3));
    expect(nodes.score[0]).toBeCloseTo(before - 0.3, 12);
    presentMany(built, 0, 50, success, 10);
    expect(nodes.score[0]).toBeCloseTo(before - 0.3 * 0.99 ** 50, 12);
    expect(roles.reputation.historyReset(0)).toBe(0.9);
    presentMany(built, 0, 100, success, 10);
    expect(nodes.score[0]).toBeCloseTo(before, 12);
  });
});

describe('window-composite grants', () => {
  const tiers = [
    'horizon=8d',
    'protocol.reputation={minJobs: 50, window: 200, priorWeight: 50, resetDrop: 1}',
    'fleet.a={nodes: 10, completion: 1, throughput: 1}',
    'fleet.b={nodes: 5, hardware: reference-cpu, completion: 0.6, slots: 100}',
    'fleet.fast={nodes: 2, hardware: reference-cpu, quality: 1, throughput: 2, slots: 100}',
    'workload.w={arrivals: {perHour: 200}, work: 1s}',
    'workload.standard={class: task, tier: 1, arrivals: {perHour: 60}, work: 1s, deadline: none}',
    'workload.premium={class: task, tier: 2, arrivals: {perHour: 60}, work: 1s, deadline: none}',
  ];

  it('tiers by score and success rate: nodes of 60 % have jobs of tier 0 alone, the fastest those of tier 2', () => {
    const built = buildLoaded(loadText(base, ...tiers), true);
    runUntil(built, 8 * day);
    expect(breaches(built)).toEqual([]);
    const jobs = records(jobsTable(built.recorder.jobs));
    const late = jobs.filter(({ submittedSeconds }) => Number(submittedSeconds) > 3 * day);
    const nodesOf = (workload: string) =>
      new Set(late.filter((job) => job.workload === workload && job.node !== null).map(({ node }) => Number(node)));
    const standard = nodesOf('standard');
    expect([...standard].filter((node) => node >= 10 && node < 15)).toEqual([]);
    expect(standard.size).toBe(12);
    expect(nodesOf('premium')).toEqual(new Set([15, 16]));
    expect(nodesOf('w').size).toBe(17);
  });

  it('no real-time jobs above a median latency of 500 ms, and others still', () => {
    const built = buildLoaded(
      loadText(
        base,
        'horizon=6d',
        'protocol.reputation={minJobs: 50, window: 200}',
        'fleet.a={nodes: 4, throughput: 1, hardware: consumer-gpu}',
        'fleet.slow={nodes: 2, hardware: consumer-gpu, throughput: 0.3, slots: 100}',
        // so few that a day's don't push the real-time ones out of the window
        'workload.w={arrivals: {perHour: 6}, work: 1s}',
        'workload.live={class: inference, arrivals: {perHour: 200}, work: 200ms, deadline: none}',
      ),
      true,
    );
    runUntil(built, 6 * day);
    expect(breaches(built)).toEqual([]);
    const jobs = records(jobsTable(built.recorder.jobs));
    const late = jobs.filter(({ submittedSeconds }) => Number(submittedSeconds) > day);
    const nodesOf = (workload: string) =>
      new Set(late.filter((job) => job.workload === workload).map(({ node }) => Number(node)));
    expect(nodesOf('live')).toEqual(new Set([0, 1, 2, 3]));
    expect(nodesOf('w').size).toBe(6);
    expect(measure(built, 'realTimeLatencyMedianSeconds', 0)).toBeCloseTo(0.2, 6);
  });
});

describe('settings of window-composite', () => {
  it.each([
    ['weights.success=0.6', 'expected weights that sum to 1'],
    ['minJobs=1001', 'expected at most as many jobs as the window holds'],
    ['tiers.premiumFrom=0.7', 'expected a score above standardAbove'],
    ['stale.perDay=1', 'below 1'],
  ])('refuse %s', (setting, reason) => {
    expect(linesOf(() => loadText(base, `protocol.reputation.${setting}`)).join('\n')).toContain(reason);
  });

  it('warn of real-time classes that don’t exist', () => {
    const { warnings } = loadText(base, 'protocol.reputation.realTime.classes=[inferrence]');
    expect(warnings.map(({ why }) => why)).toContain('so that it stands for no job');
  });
});
