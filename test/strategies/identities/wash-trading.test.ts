import { describe, expect, it } from 'vitest';
import { EventKind } from '../../../sim/model/events.js';
import { accountOf } from '../../../sim/record/economics.js';
import {
  buildLoaded,
  finalJobs,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const hour = 3_600;
const base = `
seed: wash
horizon: 10d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: none
  directedJobs: true
  reputation: { kind: step, checkInGain: 0, checkInLoss: 0 }
  checkIn: none
fleet:
  honest: { nodes: 8 }
  traders: { nodes: 2, funds: 100, strategy: { kind: wash-trading, jobsPerEpoch: 5 } }
workload:
  w: { class: task, arrivals: { perHour: 2 }, work: 10m, deadline: none, fee: 0.5 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });

describe('wash-trading', () => {
  it('pays the fees of its jobs, of which all but the protocol’s part comes back', async () => {
    const result = await run('protocol.rewards.emission=0');
    // nine ends of epochs before the horizon
    expect([metricOf(result, 'ownJobs'), metricOf(result, 'ownJobsCompleted')]).toEqual([90, 90]);
    const { ledger, jobKeys, jobs } = result.finished.world;
    const { ownJobsUsd, incomeUsd, identityFeesUsd, outlayUsd, computeUsd } = accountOf(result.finished, 1);
    expect(ownJobsUsd).toBeCloseTo(90 * 0.5, 9);
    expect(outlayUsd).toBeCloseTo(computeUsd + identityFeesUsd + 45, 9);
    let open = 0;
    jobs.eachOpen((job) => {
      if (!jobKeys.isClients(job)) open++;
    });
    expect(open).toBe(0);
    const clients = finalJobs(result).filter(({ node }) => Number(node) >= 8).length;
    expect(incomeUsd).toBeCloseTo((90 + clients) * 0.5 * 0.85, 6);
    expect(ledger.residue()).toBe(0);
  });

  it('farms reputation: its nodes come to be seen at work', async () => {
    const scoresOf = async (...set: readonly string[]) => {
      const result = await run(...set);
      const of = (cohort: string) =>
        records(tableNamed(result, 'nodes')).flatMap((row) => (row.cohort === cohort ? [Number(row.score)] : []));
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      return mean(of('traders')) - mean(of('honest'));
    };
    // 45 successes a node more, at 0.005 each
    expect(await scoresOf()).toBeGreaterThan(0.1);
    expect(await scoresOf('fleet.traders.strategy=honest', 'fleet.traders.attack=none')).toBeLessThan(0.1);
  });

  it('is no demand of clients’: their figures count none of its jobs', async () => {
    const result = await run();
    const idle = await run('fleet.traders.strategy=honest');
    const arrived = (one: typeof result) => metricOf(one, 'jobsFinal') + metricOf(one, 'jobsOpen');
    expect(arrived(result)).toBe(arrived(idle));
    expect(finalJobs(result).length).toBe(metricOf(result, 'jobsFinal'));
    // of the clients' work, two of ten nodes do about a fifth
    expect(Math.abs(metricOf(result, 'attackerWorkShare') - 0.2)).toBeLessThan(0.1);
    expect(records(tableNamed(result, 'job-classes'))[0]).toMatchObject({ jobsFinal: metricOf(result, 'jobsFinal') });
  });

  it('leaves to clients’ jobs what they are: the same work, luck and regions', async () => {
    const keys = ['ordinal', 'submittedSeconds', 'workSeconds', 'region'] as const;
    const rowsOf = (result: Awaited<ReturnType<typeof run>>) =>
      finalJobs(result)
        .map((job) => keys.map((key) => job[key]))
        .sort((a, b) => Number(a[0]) - Number(b[0]))
        .slice(0, 300);
    expect(rowsOf(await run())).toEqual(rowsOf(await run('fleet.traders.strategy=honest')));
  });

  it('is refused and counted where the protocol takes no jobs that name a node', async () => {
    const result = await run('protocol.directedJobs=false');
    expect([metricOf(result, 'ownJobs'), accountOf(result.finished, 1).ownJobsUsd]).toEqual([0, 0]);
    // one try an epoch and operator
    expect(records(tableNamed(result, 'limits'))).toEqual([{ limit: 'directedJobs', sinceDays: 1, times: 18 }]);
    const undirected = await run('protocol.directedJobs=false', 'fleet.traders.strategy.directs=false');
    expect(metricOf(undirected, 'ownJobs')).toBe(90);
  });

  it('ends where the purse does', async () => {
    const result = await run(
      'fleet.traders.funds=2',
      'protocol.rewards.emission=0',
      'protocol.rewards={ holdEpochs: 30, unbonding: 30d }',
    );
    // one token each: two jobs, and what they earn stays in escrow
    expect(metricOf(result, 'ownJobs')).toBe(4);
    expect(records(tableNamed(result, 'limits'))).toMatchObject([{ limit: 'operatorTokens', sinceDays: 1 }]);
  });
});

describe('a job that names a node', () => {
  const quiet = ['workload.w.arrivals.perHour=0', 'fleet.traders.strategy=honest', 'protocol.rewards.emission=0'];
  const built = (...set: readonly string[]) => buildLoaded(loadText(base, ...quiet, 'workload.w.work=2h', ...set));

  it('goes to that one, and waits for it while others are free', () => {
    const one = built();
    const { jobs, nodes } = one.world;
    const actions = one.lives.hands.actionsOf(8, 1);
    expect([actions.submit(0, 3), actions.submit(0, 3)]).toEqual([true, true]);
    expect([...nodes.assigned.subarray(0, 10)]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(jobs.waiting).toBe(1);
    runUntil(one, 3 * hour);
    expect([...nodes.assigned.subarray(0, 10)]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(jobs.waiting).toBe(0);
    runUntil(one, 5 * hour);
    expect([jobs.open, nodes.assigned[3]]).toEqual([0, 0]);
  });

  it('ends when that one has left, and the fee is the client’s again', () => {
    const one = built();
    const { jobs, ledger, operators } = one.world;
    const before = ledger.balance[8]!;
    const actions = one.lives.hands.actionsOf(8, 1);
    actions.submit(0, 3);
    actions.submit(0, 3);
    expect([before - ledger.balance[8]!, operators.ownJobFees[8]]).toEqual([1e6, 1e6]);
    one.world.simulation.schedule(hour, EventKind.nodeLeft, 3, 0);
    // what it works on it finishes; who waits for it is looked through at the end of the epoch
    runUntil(one, 25 * hour);
    expect([jobs.open, before - ledger.balance[8]!, operators.ownJobFees[8]]).toEqual([0, 0.5e6, 0.5e6]);
    expect(actions.submit(0, 3)).toBe(true);
    expect([jobs.open, before - ledger.balance[8]!]).toEqual([0, 0.5e6]);
  });

  it('asks the policy for what it wants besides', () => {
    const one = built('protocol.verification={kind: redundancy, replicas: 3, quorum: 2}');
    one.lives.hands.actionsOf(8, 1).submit(0, 3);
    const { nodes } = one.world;
    expect(nodes.assigned[3]).toBe(1);
    expect(nodes.assigned.reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});
