import { describe, expect, it } from 'vitest';
import { Limit } from '../../../sim/model/columns/limits.js';
import { runScenario } from '../../../sim/run.js';
import { openJobs, servableJobs } from '../../support/invariants.js';
import {
  buildLoaded,
  finalJobs,
  loadText,
  metricOf,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

/** Two nodes of equal speed; jobs of a minute that never expire. */
const plain = `
  horizon: 10h
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    acknowledgeWithin: unlimited
    publish: { every: 0 }
    slashing: { kind: fixed, fraction: 0 }
    stake: { minimum: 0, identityFee: 0 }
  fleet: { a: { nodes: 2, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, deadline: none } }
`;

describe('waiting jobs', () => {
  it('are served first come, first served', async () => {
    const loaded = loadText(plain, 'workload.w.arrivals.perHour=110');
    const jobs = finalJobs(await runScenario(loaded, { detail: true }));
    const assigned = jobs.sort((a, b) => Number(a.ordinal) - Number(b.ordinal));
    const times = assigned.map((job) => Number(job.assignedSeconds));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(assigned.filter((job) => job.assignedSeconds !== job.submittedSeconds).length).toBeGreaterThan(50);
  });

  it('expire at their deadline, reckoned on the reference card from submission', async () => {
    const loaded = loadText(plain, 'workload.w.arrivals.perHour=600', 'workload.w.deadline={times: 3, atLeast: 10s}');
    const result = await runScenario(loaded, { detail: true });
    const unserved = records(tableNamed(result, 'jobs')).filter((job) => job.outcome === 'unserved');
    expect(unserved.length).toBeGreaterThan(100);
    for (const job of unserved) {
      expect(Number(job.finalSeconds) - Number(job.submittedSeconds)).toBeCloseTo(180, 6);
      expect([job.assignedSeconds, job.node, job.attempts]).toEqual([null, null, 0]);
    }
  });

  it('are served when a node leaves jail', () => {
    const built = buildLoaded(
      loadText(plain, 'protocol.epoch=1h', 'fleet.a.nodes=1', 'workload.w.jobs=5', 'workload.w.arrivals.perHour=600'),
    );
    const { world, lives } = built;
    lives.nodeLife.jail(0, 1);
    runUntil(built, 7_199);
    expect(openJobs(world)).toHaveLength(5);
    runUntil(built, 7_201);
    expect(world.nodes.isActive[0]).toBe(1);
    expect(servableJobs(world)).toEqual([]);
  });

  it.each([2, 80])('that no free node fits, %d of them, don’t hold up those of another class', async (stuck) => {
    // the only node can't recompute its own work, so that jobs of class task wait for their recomputation for ever
    const loaded = loadText(
      plain,
      'protocol.verification={kind: recompute, share: 1}',
      'fleet.a.nodes=1',
      `workload.w.jobs=${stuck}`,
      'workload.t={class: tunnel, arrivals: {perHour: 25}, work: 1m, deadline: none}',
      'fleet.a.publicAddress=1',
    );
    const result = await runScenario(loaded, { detail: true });
    const done = records(tableNamed(result, 'jobs')).filter((job) => job.jobClass === 'tunnel');
    const times = done.sort((a, b) => Number(a.ordinal) - Number(b.ordinal)).map((job) => Number(job.assignedSeconds));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(done.map((job) => job.ordinal)).toEqual(done.map((_, place) => place));
  });

  it('are served when the verdict on another job returns its bond', () => {
    const built = buildLoaded(
      loadText(
        plain,
        'protocol.rewards={kind: fee-split, bondFraction: 1}',
        'protocol.verification={kind: peer-attestation, peers: 1, threshold: 1, replyDelay: 20s}',
        'fleet.a={nodes: 1, hardware: reference-cpu, funds: 0.2, slots: 2}',
        'fleet.witness={nodes: 1, hardware: reference-cpu, stake: 0}',
        'protocol.stake.minimum=10',
        'workload.w.arrivals.perHour=600',
        'workload.w.jobs=2',
      ),
    );
    const { world } = built;
    runUntil(built, 60);
    expect(world.ledger.bonds).toBe(200_000);
    expect(openJobs(world)).toHaveLength(2);
    while (openJobs(world).length === 2) runUntil(built, world.simulation.now + 1);
    expect(servableJobs(world)).toEqual([]);
  });

  it('for a recomputation that nobody can do are settled unchecked by the deadline of the recomputation', async () => {
    const loaded = loadText(
      plain,
      'protocol.verification={kind: recompute, share: 1}',
      'fleet.a.nodes=1',
      'workload.w={class: task, arrivals: {perHour: 60}, jobs: 3, work: 1m, deadline: {times: 6, atLeast: 60s}}',
    );
    const result = await runScenario(loaded);
    expect([metricOf(result, 'jobsOpen'), metricOf(result, 'jobsCompleted')]).toEqual([0, 3]);
  });

  it.each([
    ['nobody is left', []],
    ['nobody comes in time', ['fleet.b={nodes: 1, hardware: reference-cpu, joins: {at: 11h}}']],
  ])('for a recomputation are told as a limit where %s', async (_case, set) => {
    const loaded = loadText(
      plain,
      'protocol.verification={kind: recompute, share: 1}',
      'fleet.a.nodes=1',
      'workload.w={class: task, arrivals: {perHour: 60}, jobs: 3, work: 1m, deadline: {times: 6, atLeast: 60s}}',
      ...set,
    );
    const { finished, ...result } = await runFinished(loaded);
    const [limit, ...others] = records(tableNamed(result, 'limits'));
    expect(limit).toMatchObject({ limit: 'rechecks', times: 3 });
    expect(Number(limit!.sinceDays)).toBeCloseTo(finished.world.limits.since[Limit.rechecks]! / 86_400, 9);
    expect(others).toEqual([]);
  });

  it('for a recomputation are no limit where everybody is recomputed', async () => {
    const result = await runScenario(loadText(plain, 'protocol.verification={kind: recompute, share: 1}'));
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(100);
    expect(records(tableNamed(result, 'limits'))).toEqual([]);
  });
});

describe('a job that nobody is left for', () => {
  const failing = ['protocol.attempts=32', 'fleet.a.completion=0', 'workload.w.arrivals.perHour=20'];

  it('ends as unserved once every node that there is was tried, and none waits for ever', async () => {
    const result = await runScenario(loadText(plain, ...failing), { detail: true });
    expect(metricOf(result, 'jobsUnserved')).toBeGreaterThan(100);
    expect(metricOf(result, 'jobsOpen')).toBeLessThan(5);
    expect(new Set(finalJobs(result).map(({ attempts }) => attempts))).toEqual(new Set([2]));
  });

  it('ends at submission where no hardware of its class is there or comes', async () => {
    const result = await runScenario(loadText(plain, 'workload.w.class=tunnel', 'fleet.a.publicAddress=0'));
    expect([metricOf(result, 'jobsOpen'), metricOf(result, 'jobsCompleted')]).toEqual([0, 0]);
    expect(metricOf(result, 'jobsUnserved')).toBeGreaterThan(400);
  });

  it('waits while somebody untried is to come', async () => {
    const late = 'fleet.b={nodes: 1, hardware: reference-cpu, quality: 1, joins: {at: 8h}}';
    const result = await runScenario(loadText(plain, ...failing, late), { detail: true });
    const done = finalJobs(result);
    expect(new Set(done.map((job) => job.outcome))).toEqual(new Set(['completed']));
    for (const job of done) expect(job.finalSeconds).toBeGreaterThan(28_800);
  });

  it('ends by the end of the epoch in which the last one who could take it left', async () => {
    const left = ['protocol.epoch=1h', 'fleet.a.leaves={at: 3.5h}', 'workload.w.arrivals.perHour=600'];
    const result = await runScenario(loadText(plain, ...left), { detail: true });
    const unserved = records(tableNamed(result, 'jobs')).filter((job) => job.outcome === 'unserved');
    expect(metricOf(result, 'jobsOpen')).toBe(0);
    expect(unserved.filter((job) => job.finalSeconds === 14_400).length).toBeGreaterThan(100);
  });
});

describe('a job', () => {
  it('that its client can’t pay is refused and counted, and nothing else happens', async () => {
    const loaded = loadText(plain, 'money.clientBudget=1', 'workload.w.fee=0.3', 'workload.w.jobs=10');
    const result = await runScenario(loaded, { detail: true });
    expect([metricOf(result, 'jobsUnfunded'), metricOf(result, 'jobsCompleted')]).toEqual([7, 3]);
    const refused = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'unfunded');
    expect(refused).toHaveLength(7);
    for (const job of refused) {
      expect(job).toMatchObject({ feeTokens: 0.3, workSeconds: 60, attempts: 0, node: null, isWrong: null });
      expect(job.finalSeconds).toBe(job.submittedSeconds);
    }
  });

  it('gets another node after a failure, at most `attempts` in all, never the same one twice', async () => {
    const set = ['fleet.a={nodes: 3, hardware: reference-cpu, completion: 0}', 'workload.w.jobs=50'];
    const twice = await runScenario(loadText(plain, ...set, 'protocol.attempts=2'), { detail: true });
    expect(new Set(numbers(tableNamed(twice, 'jobs'), 'attempts'))).toEqual(new Set([2]));
    const thrice = await runScenario(loadText(plain, ...set, 'protocol.attempts=3'), { detail: true });
    expect(metricOf(thrice, 'jobsTimedOut')).toBe(50);
    expect(numbers(tableNamed(thrice, 'nodes'), 'attemptsFailed')).toEqual([50, 50, 50]);
  });

  it('of a class that a node’s hardware, memory or address doesn’t allow never goes there', async () => {
    const loaded = loadText(
      plain,
      'fleet={a: null, cpu: {nodes: 2, hardware: reference-cpu, publicAddress: 0}, gpu: {nodes: 2, publicAddress: 0},' +
        ' small: {nodes: 2, hardware: cpu-small, publicAddress: 1, throughput: 1}}',
      'workload={w: null, s: {class: simulation, arrivals: {perHour: 30}, work: 1m, deadline: none},' +
        ' t: {class: tunnel, arrivals: {perHour: 30}, work: 1m, deadline: none}}',
    );
    const result = await runScenario(loaded, { detail: true });
    const takers = (jobClass: string) =>
      new Set(
        records(tableNamed(result, 'jobs'))
          .filter((job) => job.jobClass === jobClass)
          .map((job) => job.node),
      );
    expect(takers('simulation')).toEqual(new Set([2, 3]));
    expect(takers('tunnel')).toEqual(new Set([4, 5]));
  });

  it('that a node can’t end in time is not assigned to it', async () => {
    const loaded = loadText(
      plain,
      'fleet={a: null, slow: {nodes: 3, hardware: reference-cpu, throughput: 0.1}}',
      'fleet.quick={nodes: 3, hardware: reference-cpu}',
      'workload.w.deadline={times: 0.5, atLeast: 2m}',
      'workload.w.arrivals.perHour=20',
    );
    const result = await runScenario(loaded, { detail: true });
    const takers = new Set(records(tableNamed(result, 'jobs')).map((job) => job.node));
    expect(takers).toEqual(new Set([3, 4, 5]));
  });
});

describe('a queue at each node', () => {
  it('without limit takes every job at once, with a limit so many beyond the slots', async () => {
    const crowded = ['workload.w.arrivals.perHour=600', 'horizon=1h'];
    const unlimited = buildLoaded(loadText(plain, ...crowded, 'protocol.queueLimit=unlimited'));
    runUntil(unlimited, 3_600);
    expect(openJobs(unlimited.world).every((job) => unlimited.world.jobs.isWaiting[job] === 0)).toBe(true);
    const limited = buildLoaded(loadText(plain, ...crowded, 'protocol.queueLimit=3', 'fleet.a.slots=2'));
    runUntil(limited, 3_600);
    expect([...limited.world.nodes.assigned]).toEqual([5, 5]);
    expect(openJobs(limited.world).filter((job) => limited.world.jobs.isWaiting[job] === 1).length).toBeGreaterThan(10);
  });
});
