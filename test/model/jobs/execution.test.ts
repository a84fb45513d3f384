import { describe, expect, it } from 'vitest';
import { AttemptState } from '../../../sim/model/columns/attempts.js';
import { withheldAnswer } from '../../../sim/model/truth/answers.js';
import { WorkState } from '../../../sim/model/truth/secrets.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { runScenario } from '../../../sim/run.js';
import { attemptsOf, openJobs } from '../../support/invariants.js';
import { buildLoaded, loadText, numbers, records, runUntil, tableNamed } from '../../support/scenarios.js';

/** One machine that is up for the first hour and down for the next two; one job of 50 min, at 48 min. */
const outage = (running: string, deadline: string) => `
  seed: outage-30
  horizon: 9h
  warmUp: 0
  network: single
  protocol: { attempts: 1, checkIn: none, acknowledgeWithin: unlimited }
  fleet:
    a: { nodes: 1, hardware: reference-cpu, quality: 1, outages: { up: 1h, down: 2h, running: ${running} } }
  workload:
    w: { class: task, arrivals: { perHour: 2 }, jobs: 1, work: 50m, deadline: ${deadline} }
`;

async function onlyJob(text: string) {
  const result = await runScenario(loadText(text), { detail: true });
  const found = records(tableNamed(result, 'jobs'));
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('an attempt that runs when its machine fails', () => {
  it('begins before the outage and would end in it, or the following cases say nothing', async () => {
    const job = await onlyJob(outage('finish', 'none'));
    expect(job.assignedSeconds).toBeGreaterThan(600);
    expect(job.assignedSeconds).toBeLessThan(3_600);
  });

  it('goes on with `finish`', async () => {
    const job = await onlyJob(outage('finish', 'none'));
    expect(job.outcome).toBe('completed');
    expect(Number(job.deliveredSeconds) - Number(job.submittedSeconds)).toBeCloseTo(3_000, 6);
  });

  it('ends at the outage with `lose`', async () => {
    const job = await onlyJob(outage('lose', 'none'));
    expect([job.outcome, job.finalSeconds]).toEqual(['timedOut', 3_600]);
  });

  it('with `pause` ends two hours later: the work done before isn’t lost', async () => {
    const job = await onlyJob(outage('pause', 'none'));
    expect(job.outcome).toBe('completed');
    expect(Number(job.deliveredSeconds) - Number(job.submittedSeconds)).toBeCloseTo(3_000 + 7_200, 6);
  });

  it('with `pause` still times out at its deadline', async () => {
    const job = await onlyJob(outage('pause', '{ times: 2, atLeast: 1s }'));
    expect(job.outcome).toBe('timedOut');
    expect(Number(job.finalSeconds) - Number(job.submittedSeconds)).toBeCloseTo(6_000, 6);
  });
});

describe('identities on one machine', () => {
  const swarm = `
    horizon: 3h
    network: single
    protocol: { checkIn: none }
    fleet:
      a: { nodes: 3, hardware: reference-cpu, quality: 1, strategy: { kind: sybil-swarm, machines: 1 } }
    workload: { w: { class: task, arrivals: { perSecond: 1 }, jobs: 3, work: 1h, deadline: none } }
  `;

  it('share its slots: surplus attempts wait there, first come, first served', async () => {
    const result = await runScenario(loadText(swarm, 'horizon=4h'), { detail: true });
    const jobs = tableNamed(result, 'jobs');
    const delivered = numbers(jobs, 'deliveredSeconds').map((at) => at - numbers(jobs, 'assignedSeconds')[0]!);
    expect(numbers(jobs, 'ordinal')).toEqual([0, 1, 2]);
    for (const [place, at] of delivered.entries()) expect(at).toBeCloseTo(3_600 * (place + 1), 6);
  });

  it('each take a job although only one slot is there: the network sees only lateness', () => {
    const built = buildLoaded(loadText(swarm));
    runUntil(built, 600);
    const { attempts, nodes, machines, secrets } = built.world;
    const states = openJobs(built.world).flatMap((job) => attemptsOf(built.world, job));
    expect(states.map((attempt) => secrets.state(attempt)).sort()).toEqual([
      WorkState.queued,
      WorkState.queued,
      WorkState.running,
    ]);
    expect(states.map((attempt) => attempts.state[attempt])).toEqual(states.map(() => AttemptState.open));
    expect([...nodes.assigned]).toEqual([1, 1, 1]);
    expect(machines.busy[0]).toBe(1);
  });
});

describe('an answer that is withheld from a job without a deadline', () => {
  const silent = `
    horizon: 9d
    warmUp: 0
    network: single
    protocol: { attempts: 1, checkIn: none, slashing: { kind: fixed, fraction: 0 } }
    fleet: { a: { nodes: 1, hardware: reference-cpu, quality: 1 } }
    workload: { w: { class: task, arrivals: { perHour: 10 }, jobs: 2, work: 10m, deadline: none } }
  `;

  it.each([
    ['by default after 7 d', [], [7 * 86_400]],
    ['as soon as the work is done, if that takes longer', ['protocol.giveUpAfter=1m'], [600, 600]],
    ['never, if the network waits for ever', ['protocol.giveUpAfter=unlimited'], []],
  ])('times out %s, and frees its slot', (_when, set, seconds) => {
    const built = buildLoaded(loadText(silent, ...set), true);
    Object.assign(built.world.cohorts[0]!.strategy, { answer: () => withheldAnswer });
    runUntil(built, 9 * 86_400);
    const jobs = records(jobsTable(built.recorder.jobs));
    expect(jobs.map(({ outcome }) => outcome)).toEqual(seconds.map(() => 'timedOut'));
    jobs.forEach((job, place) => {
      expect(Number(job.finalSeconds) - Number(job.assignedSeconds)).toBeCloseTo(seconds[place]!, 6);
    });
    expect(built.world.nodes.assigned[0]).toBe(seconds.length === 2 ? 0 : 1);
  });
});

describe('a request to a node that left while it travelled', () => {
  const far = `
    seed: left
    horizon: 6h
    warmUp: 0
    network: world
    protocol: { checkIn: none, attempts: 3, slashing: { kind: fixed, fraction: 0.5 } }
    fleet: { a: { nodes: 5, hardware: reference-cpu, quality: 1, regions: asia-pacific } }
    workload: { w: { class: task, arrivals: { perSecond: 1 }, jobs: 1, work: 10m, regions: europe, deadline: none } }
  `;

  it('is no failure of the node’s, and the job goes to another one', () => {
    const built = buildLoaded(loadText(far), true);
    const { attempts, ledger, nodes, onlineNodes, simulation } = built.world;
    const prior = nodes.score[0]!;
    let job: number | undefined;
    for (let at = 0.01; job === undefined; at += 0.01) {
      runUntil(built, at);
      job = openJobs(built.world)[0];
    }
    const node = attempts.node[attemptsOf(built.world, job)[0]!]!;
    expect([nodes.assigned[node], onlineNodes.size]).toEqual([1, 5]);
    built.lives.nodeLife.nodeLeft(node);
    runUntil(built, simulation.now + 5 * 3_600);
    expect([nodes.score[node], ledger.unbonding[node], nodes.assigned[node]]).toEqual([prior, 100e6, 0]);
    expect(records(jobsTable(built.recorder.jobs))).toMatchObject([{ outcome: 'completed', attempts: 2 }]);
  });
});
