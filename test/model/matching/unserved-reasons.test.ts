import { describe, expect, it } from 'vitest';
import { UnservedReason } from '../../../sim/model/columns/unserved-reason.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { runScenario } from '../../../sim/run.js';
import { buildLoaded, loadText, metricOf, records, runUntil, tableNamed } from '../../support/scenarios.js';

/** Five nodes that could do every job, and jobs of a minute that wait for ten at most. */
const easy = `
  horizon: 5h
  warmUp: 0
  network: single
  protocol: { checkIn: none, attempts: 3 }
  fleet: { a: { nodes: 5, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, deadline: { times: 1, atLeast: 10m } } }
`;

/** One node, which the only job of the first workload takes for that long before the others come. */
const taken = (work: string) => `
  horizon: 5h
  warmUp: 0
  network: single
  protocol: { checkIn: none }
  fleet: { a: { nodes: 1, hardware: reference-cpu, throughput: 1, quality: 1 } }
  workload:
    first: { class: task, arrivals: { perSecond: 1 }, jobs: 1, work: ${work}, deadline: none }
    w: { class: task, arrivals: { perHour: 60 }, jobs: 1, work: 5m, deadline: { times: 1, atLeast: 10m } }
`;

const beta = 'protocol.reputation=beta';

async function run(text: string, ...set: readonly string[]) {
  const result = await runScenario(loadText(text, ...set), { detail: true });
  const reasons = records(tableNamed(result, 'unserved')).map(({ reason }) => reason);
  return { result, reasons };
}

describe('a job that nobody served', () => {
  it('is not there where everybody can', async () => {
    const { result, reasons } = await run(easy);
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(50);
    expect(reasons).toEqual([]);
  });

  it.each([
    ['noHardware where no machine has a GPU', 'noHardware', ['workload.w.class=simulation']],
    [
      'noHardware where nobody has a public address',
      'noHardware',
      ['workload.w.class=tunnel', 'fleet.a.publicAddress=0'],
    ],
    ['noneOnline before anybody joined', 'noneOnline', ['fleet.a.joins={at: 6h}']],
    ['noneOnline in an outage of all', 'noneOnline', ['stress.outages.x={region: here, at: 0, for: 6h}']],
    ['noneOnline where those who could have left', 'noneOnline', ['fleet.a.leaves={after: 1s}']],
    ['lowStake below the minimum', 'lowStake', ['protocol.stake.minimum=10', 'fleet.a.stake=9']],
    [
      'noBond where operators have nothing left to lock',
      'noBond',
      ['protocol.rewards={kind: fee-split, bondFraction: 1}', 'fleet.a.funds=0'],
    ],
    ['tried where the only operator had it', 'tried', ['fleet.a.nodes=1', 'fleet.a.completion=0']],
    [
      'tooSlow where no machine can be in time',
      'tooSlow',
      ['workload.w.class=rendering', 'workload.w.deadline={times: 1, atLeast: 1m}', 'fleet.a.hardware=consumer-gpu'],
    ],
    [
      'tooSlow where a machine that could isn’t there yet',
      'tooSlow',
      [
        'workload.w.class=rendering',
        'workload.w.work=30m',
        'fleet.a.hardware=consumer-gpu',
        'fleet.b={nodes: 1, hardware: consumer-gpu, throughput: 10, joins: {at: 6h}}',
      ],
    ],
    [
      'noWeight where stake is what counts, and nobody has any',
      'noWeight',
      ['protocol.assignment=stake-weighted', 'protocol.stake.minimum=0', 'fleet.a.stake=0'],
    ],
    [
      'noWeight where more is at risk than any score covers',
      'noWeight',
      [
        'protocol.reputation={ kind: bonding-curve, initialScore: 0.6 }',
        'protocol.assignment={ kind: sortition, valueCap: 0.1 }',
        'workload.w.valueAtRisk=20',
      ],
    ],
  ])('is told as %s', async (_case, reason, set) => {
    const { result, reasons } = await run(easy, ...set);
    expect(reasons).toEqual([reason]);
    const [row] = records(tableNamed(result, 'unserved'));
    expect(row).toMatchObject({ jobs: metricOf(result, 'jobsUnserved'), jobsFraction: 1 });
    expect(row!.jobs).toBe(metricOf(result, 'jobsFinal'));
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome !== 'open');
    expect(new Set(jobs.map(({ unservedReason }) => unservedReason))).toEqual(new Set([reason]));
  });

  it.each([
    ['score', ['protocol.assignment={kind: weighted-random, minimumScore: 0.6}', beta]],
    [
      'score',
      ['protocol.assignment={kind: sortition, floor: 0}', 'protocol.reputation={kind: ema, floor: 0, initial: 0}'],
    ],
    [
      'score',
      [
        'protocol.assignment={kind: multi-factor, stakeExponent: 0}',
        'protocol.reputation={kind: ema, floor: 0, initial: 0}',
      ],
    ],
    ['stake', ['protocol.assignment=stake-weighted', 'protocol.stake.minimum=0', 'fleet.a.stake=0']],
    [
      'risk',
      [
        'protocol.reputation={ kind: bonding-curve, initialScore: 0.6 }',
        'protocol.assignment={ kind: sortition, valueCap: 0.1 }',
        'workload.w.valueAtRisk=20',
      ],
    ],
    ['fee', ['protocol.assignment={kind: weighted-random, probation: {below: 0.6, feeMost: 0.001}}', beta]],
    ['quality', ['protocol.assignment=central', 'fleet.a.strategy={kind: always-wrong}']],
  ])('is told with %s as what the policy goes by: %j', async (cause, set) => {
    const { result } = await run(easy, ...set);
    const rows = records(tableNamed(result, 'unserved'));
    expect(rows.map((row) => [row.reason, row.cause])).toEqual([['noWeight', cause]]);
    expect(Number(rows[0]!.jobs)).toBe(metricOf(result, 'jobsUnserved'));
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'unserved');
    expect(new Set(jobs.map(({ unservedCause }) => unservedCause))).toEqual(new Set([cause]));
  });

  it('is told with stake where a price that weighs nothing is all that they have', async () => {
    const bids = 'protocol.assignment={kind: weighted-bids, scoreWeight: 0, priceWeight: 0}';
    const { result } = await run(easy, bids, 'protocol.stake.minimum=0', 'fleet.a.stake=0');
    const rows = records(tableNamed(result, 'unserved'));
    expect(rows.map((row) => [row.reason, row.cause])).toContainEqual(['noWeight', 'stake']);
  });

  it('is told with seat where nobody there was elected, and with no cause of other reasons', async () => {
    const seated = ['protocol.assignment={kind: elected, seats: 1}', 'protocol.epoch=1h'];
    // the only one who was elected leaves, and nobody has its seat before the next election
    const { result } = await run(
      easy,
      ...seated,
      'fleet.a.leaves={at: 70m}',
      'fleet.b={nodes: 2, hardware: reference-cpu}',
    );
    const rows = records(tableNamed(result, 'unserved'));
    expect(rows.map((row) => [row.reason, row.cause])).toContainEqual(['noWeight', 'seat']);
    expect(rows.filter(({ reason }) => reason !== 'noWeight').every(({ cause }) => cause === null)).toBe(true);
  });

  it('is told as busy where the only node works until the deadline', async () => {
    expect((await run(taken('10h'))).reasons).toEqual(['busy']);
  });

  it('is told as tooLate where the only node is free before the deadline, but not long enough', async () => {
    expect((await run(taken('7m'))).reasons).toEqual(['tooLate']);
  });

  it('is told as jailed while all are in jail', () => {
    const built = buildLoaded(loadText(easy), true);
    for (let node = 0; node < 5; node++) built.lives.nodeLife.jail(node, 1_000);
    runUntil(built, 18_000);
    const jobs = records(jobsTable(built.recorder.jobs));
    expect(new Set(jobs.map(({ unservedReason }) => unservedReason))).toEqual(new Set(['jailed']));
  });

  it('is told by what keeps the nearest: of nodes to come, below the minimum and at work the last', async () => {
    const { reasons } = await run(
      taken('10h'),
      'protocol.stake.minimum=10',
      'fleet.b={nodes: 3, hardware: reference-cpu, stake: 1}',
      'fleet.c={nodes: 3, hardware: reference-cpu, joins: {at: 6h}}',
    );
    expect(reasons).toEqual(['busy']);
  });

  it('counts from the end of the warm-up on, by class', async () => {
    const set = ['+workload.v={class: simulation, arrivals: {perHour: 40}, work: 1m}', 'fleet.a.joins={at: 6h}'];
    const all = await run(easy, ...set);
    const late = await run(easy, ...set, 'warmUp=4h');
    const rows = records(tableNamed(late.result, 'unserved'));
    expect(rows.map(({ jobClass, reason }) => [jobClass, reason])).toEqual([
      ['task', 'noneOnline'],
      ['simulation', 'noHardware'],
    ]);
    const sum = rows.reduce((sum, { jobs }) => sum + Number(jobs), 0);
    expect(sum).toBe(metricOf(late.result, 'jobsUnserved'));
    expect(sum).toBeLessThan(metricOf(all.result, 'jobsUnserved') / 2);
    expect(rows.reduce((sum, { jobsFraction }) => sum + Number(jobsFraction), 0)).toBeCloseTo(1, 12);
  });
});

describe('a job that waits for a first node when the run ends', () => {
  it('has its reason in a row of its own, without any that ended', async () => {
    const { result } = await run(easy, 'fleet.a.joins={at: 6h}', 'workload.w.deadline=none');
    expect(metricOf(result, 'jobsOpen')).toBeGreaterThan(50);
    expect(records(tableNamed(result, 'unserved'))).toEqual([
      {
        jobClass: 'task',
        reason: 'noneOnline',
        cause: null,
        jobs: 0,
        jobsFraction: null,
        openJobs: metricOf(result, 'jobsOpen'),
      },
    ]);
  });

  it('is counted beside those that ended for that reason, and without those at work', async () => {
    const { result } = await run(taken('10h'), 'workload.w.deadline.atLeast=3h', 'workload.w.jobs=1000');
    const [row, ...others] = records(tableNamed(result, 'unserved'));
    expect(others).toEqual([]);
    const [unserved, open] = [metricOf(result, 'jobsUnserved'), metricOf(result, 'jobsOpen')];
    expect(unserved).toBeGreaterThan(50);
    // the only node is at work on one of those that are open
    expect(row).toEqual({
      jobClass: 'task',
      reason: 'busy',
      cause: null,
      jobs: unserved,
      jobsFraction: 1,
      openJobs: open - 1,
    });
    expect(open).toBeGreaterThan(50);
  });

  it('is told as jailed while all are in jail', () => {
    const built = buildLoaded(loadText(easy, 'workload.w.deadline=none'));
    for (let node = 0; node < 5; node++) built.lives.nodeLife.jail(node, 1_000);
    runUntil(built, 18_000);
    built.lives.endRun();
    built.recorder.finish();
    const { unserved, waitingBy } = built.recorder.total;
    expect(unserved).toBe(0);
    expect(waitingBy.reduce((sum, count) => sum + count, 0)).toBe(built.world.jobs.open);
    expect(waitingBy[UnservedReason.jailed]).toBe(built.world.jobs.open);
    expect(built.world.jobs.open).toBeGreaterThan(50);
  });
});
