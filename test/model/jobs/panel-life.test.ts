import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { finalJobs, loadText, metricOf, records, tableNamed } from '../../support/scenarios.js';

/** Thirty-two machines, of which thirty are down from 1 h on; a job asks four witnesses for three signatures. */
const mostlyDown = `
  horizon: 8h
  warmUp: 61m
  network: single
  protocol:
    checkIn: none
    verification: { kind: peer-attestation, peers: 4, threshold: 3, among: any }
  fleet:
    up: { nodes: 2, hardware: reference-cpu, quality: 1 }
    down: { nodes: 30, hardware: reference-cpu, quality: 1, outages: { up: 1h, down: 10h } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, deadline: none } }
`;

describe('witnesses', () => {
  it.each(['any', 'online'])('among: %s that can’t be reached don’t reply, which leaves too few', async (among) => {
    const result = await runScenario(loadText(mostlyDown, `protocol.verification.among=${among}`));
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(50);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(1);
  });

  it('among: any whose machines work through outages reply through them', async () => {
    const result = await runScenario(loadText(mostlyDown, 'fleet.down.outages.running=finish'));
    expect(metricOf(result, 'inconclusiveFraction')).toBe(0);
  });

  it('among: any that left meanwhile don’t reply', async () => {
    const leaving = ['fleet.down.outages=none', 'fleet.down.leaves={after: 1h}', 'warmUp=0', 'workload.w.jobs=10'];
    const late = ['protocol.verification.replyDelay=70m', 'protocol.verification.replyWithin=2h'];
    const result = await runScenario(loadText(mostlyDown, ...leaving, ...late));
    expect(metricOf(result, 'jobsCompleted')).toBe(10);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(1);
  });

  it('among: any sign while they can be reached', async () => {
    const result = await runScenario(loadText(mostlyDown, 'warmUp=0', 'horizon=1h'));
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(10);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(0);
  });
});

describe('witnesses among neighbours', () => {
  it('are of the client’s region, and fewer are asked where there are fewer', async () => {
    const spread = 'fleet.up={nodes: 30, regions: world}';
    const settings = ['protocol.verification.among=neighbours', 'fleet.down=null', 'network=world', 'horizon=1d'];
    const result = await runScenario(loadText(mostlyDown, ...settings, spread, 'warmUp=0'), { detail: true });
    const regionOf = new Map(records(tableNamed(result, 'nodes')).map((node) => [node.node, node.region]));
    const clients = new Map(records(tableNamed(result, 'jobs')).map((job) => [job.ordinal, job.region]));
    const asked = records(tableNamed(result, 'attestations'));
    expect(asked.length).toBeGreaterThan(500);
    expect(asked.every(({ observer, ordinal }) => regionOf.get(observer) === clients.get(ordinal))).toBe(true);
    expect(new Set(clients.values()).size).toBeGreaterThan(2);
  });
});

describe('a witness whose reply has no limit', () => {
  /** One job, whose verdict waits for three witnesses. */
  const waiting = (replyDelay: string) => `
    horizon: 60d
    warmUp: 0
    network: single
    protocol:
      checkIn: none
      verification:
        { kind: peer-attestation, peers: 3, threshold: 2, replyDelay: ${replyDelay}, replyWithin: unlimited }
    fleet: { a: { nodes: 9, hardware: reference-cpu, quality: 1 } }
    workload: { w: { class: task, arrivals: { perHour: 10 }, jobs: 1, work: 10m, deadline: none } }
  `;

  async function verdictDays(replyDelay: string, ...set: readonly string[]) {
    const result = await runScenario(loadText(waiting(replyDelay), ...set), { detail: true });
    const days = finalJobs(result).map((job) => (Number(job.finalSeconds) - Number(job.deliveredSeconds)) / 86_400);
    return { days, inconclusive: metricOf(result, 'inconclusiveFraction') };
  }

  it.each([
    ['after a week by default', [], 7],
    ['after that time', ['protocol.giveUpAfter=1d'], 1],
    ['whatever the job’s own deadline', ['workload.w.deadline={times: 6, atLeast: 60s}'], 7],
  ])('is given up %s, and the job ends inconclusive', async (_when, set, days) => {
    const found = await verdictDays('100d', ...set);
    expect(found.inconclusive).toBe(1);
    expect(found.days).toHaveLength(1);
    expect(found.days[0]).toBeCloseTo(days, 9);
  });

  it('is given up while the replies of others count', async () => {
    // of delays of 0 to 10 d some are longer than 5
    const few = ['protocol.verification.peers=8', 'protocol.verification.threshold=1'];
    const found = await verdictDays('{ uniform: { low: 0, high: 10d } }', ...few, 'protocol.giveUpAfter=5d');
    expect(found).toEqual({ days: [expect.closeTo(5, 9)], inconclusive: 0 });
  });

  it('is waited for while it comes in that time', async () => {
    expect((await verdictDays('6d')).days).toEqual([expect.closeTo(6, 9)]);
  });

  it('is waited for without end where the network is', async () => {
    expect((await verdictDays('100d', 'protocol.giveUpAfter=unlimited')).days).toEqual([]);
  });
});
