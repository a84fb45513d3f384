import { describe, expect, it } from 'vitest';
import { exogenousTrace } from '../../../sim/scenario/plan/exogenous-trace.js';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { breaches, servableJobs } from '../../support/invariants.js';
import {
  buildLoaded,
  finalJobs,
  loadText,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const hour = 3_600;
const [from, to] = [10 * hour, 16 * hour];
const base = `
seed: apart
horizon: 1d
warmUp: 0
network: world
protocol: { assignment: uniform, verification: none, checkIn: none, slashing: none }
fleet:
  west: { nodes: 10, hardware: reference-cpu, quality: 1, regions: north-america }
  east: { nodes: 10, hardware: reference-cpu, quality: 1, regions: europe }
  far: { nodes: 4, hardware: reference-cpu, quality: 1, regions: japan }
workload:
  american: { class: task, arrivals: { perHour: 30 }, work: 10m, deadline: none, regions: north-america }
  european: { class: task, arrivals: { perHour: 30 }, work: 10m, deadline: none, regions: europe }
stress: { partitions: { cable: { at: 10h, for: 6h, sides: [[europe], [north-america]] } } }
`;
const whole = 'stress.partitions=null';
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });
type Result = Awaited<ReturnType<typeof run>>;

/** Cohorts whose nodes jobs of a region were assigned to within those times [s]. */
function cohortsOf(result: Result, region: string, since: number, until: number): string[] {
  const { cohorts, ownership } = result.finished.world;
  const found = new Set<string>();
  for (const job of finalJobs(result)) {
    if (job.region !== region || Number(job.assignedSeconds) < since || Number(job.assignedSeconds) >= until) continue;
    found.add(cohorts[ownership.cohort[Number(job.node)]!]!.name);
  }
  return [...found].sort();
}

describe('a partition', () => {
  it('keeps jobs from nodes on the other side while it lasts, and no longer', async () => {
    const result = await run();
    const all = ['east', 'far', 'west'];
    for (const [region, inReach] of [
      ['europe', ['east', 'far']],
      ['north-america', ['far', 'west']],
    ] as const) {
      expect(cohortsOf(result, region, 0, from)).toEqual(all);
      expect(cohortsOf(result, region, from, to)).toEqual(inReach);
      expect(cohortsOf(result, region, to, 24 * hour)).toEqual(all);
    }
  });

  it('holds back the replies that are due while it lasts, to the moment when it ends', async () => {
    const result = await run(
      'workload.american.work=2h',
      'workload.european.jobs=1',
      'workload.american.arrivals.perHour=6',
    );
    const { cohorts, network, ownership } = result.finished.world;
    const latency = network.latency(1, 0);
    let held = 0;
    for (const { node, region, assignedSeconds, deliveredSeconds } of finalJobs(result)) {
      const isAcross = region === 'north-america' && cohorts[ownership.cohort[Number(node)]!]!.name === 'east';
      const due = Number(assignedSeconds) + 2 * hour + 2 * latency;
      if (!isAcross || due < from || due > to) continue;
      held++;
      expect(Number(deliveredSeconds)).toBeCloseTo(to + latency, 6);
    }
    expect(held).toBeGreaterThan(1);
  });

  it('lets deadlines pass: what would have been in time is a timeout', async () => {
    const set = ['workload.american.deadline={times: 2, atLeast: 1s}', 'workload.american.arrivals.perHour=6'];
    set.push('workload.american.work=1h', 'workload.european.jobs=1');
    const late = finalJobs(await run(...set)).filter(({ outcome }) => outcome === 'timedOut' || outcome === 'unserved');
    const intact = finalJobs(await run(...set, whole));
    expect(late.length).toBeGreaterThan(0);
    expect(late.every(({ region }) => region === 'north-america')).toBe(true);
    expect(late.every(({ submittedSeconds }) => Number(submittedSeconds) > from - 2 * hour)).toBe(true);
    expect(intact.length).toBeGreaterThan(100);
    expect(new Set(intact.map(({ outcome }) => outcome))).toEqual(new Set(['completed']));
  });

  it('makes jobs wait that have nodes on the other side alone, which are served as soon as it ends', async () => {
    const alone = ['fleet.east=null', 'fleet.far=null', 'workload.american.arrivals.perHour=0'];
    const result = await run(...alone);
    const waited = finalJobs(result).filter(({ submittedSeconds }) => {
      return Number(submittedSeconds) > from && Number(submittedSeconds) < to;
    });
    expect(waited.length).toBeGreaterThan(100);
    // at once as many as there are nodes, those last whose replies the partition held back
    const soon = waited.filter(({ assignedSeconds }) => Number(assignedSeconds) < to + 1);
    expect(soon.some(({ assignedSeconds }) => assignedSeconds === to)).toBe(true);
    expect(soon.length).toBe(10);
    expect(waited.every(({ assignedSeconds }) => Number(assignedSeconds) >= to)).toBe(true);
    const unserved = await run(...alone, 'workload.european.deadline={times: 2, atLeast: 1s}');
    const reasons = finalJobs(unserved).flatMap((job) =>
      job.outcome === 'unserved' && Number(job.finalSeconds) < to ? [job.unservedReason] : [],
    );
    expect(reasons.length).toBeGreaterThan(100);
    expect(new Set(reasons)).toEqual(new Set(['noneOnline']));
  });

  it('leaves no job waiting that somebody could take, and all accounts in order', () => {
    const built = buildLoaded(loadText(base, 'workload.american.arrivals.perHour=120'));
    for (const at of [9.9, 10, 12, 15.9, 16, 16.1, 20]) {
      runUntil(built, at * hour);
      expect(breaches(built)).toEqual([]);
      expect(servableJobs(built.world)).toEqual([]);
    }
  });

  it('keeps witnesses and checkers to those within reach', async () => {
    const observersOf = async (verification: string) => {
      const result = await run(`protocol.verification=${verification}`);
      const { cohorts, ownership } = result.finished.world;
      const jobs = new Map(finalJobs(result).map((job) => [`${job.workload} ${job.ordinal}`, job]));
      const found = new Set<string>();
      for (const { workload, ordinal, observer } of records(tableNamed(result, 'attestations'))) {
        const job = jobs.get(`${workload} ${ordinal}`);
        // asked when the job was done, ten minutes after its assignment
        if (job?.region !== 'europe' || Number(job.assignedSeconds) < from) continue;
        if (Number(job.assignedSeconds) > to - hour) continue;
        found.add(cohorts[ownership.cohort[Number(observer)]!]!.name);
      }
      return [...found].sort();
    };
    expect(await observersOf('{kind: peer-attestation, peers: 3, threshold: 2}')).toEqual(['east', 'far']);
    expect(await observersOf('{kind: peer-attestation, peers: 3, threshold: 2, among: any}')).toEqual(['east', 'far']);
  });

  it('goes by where machines say that they are, and holds messages by where they are', () => {
    const built = buildLoaded(loadText(base));
    const { network, nodes } = built.world;
    runUntil(built, 12 * hour);
    expect([network.isCut(0, 1, 12 * hour), network.isCut(1, 0, 12 * hour), network.isCut(0, 4, 12 * hour)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(network.travelSeconds(0, 1, 12 * hour)).toBeCloseTo(4 * hour + network.latency(0, 1), 9);
    expect(network.travelSeconds(0, 4, 12 * hour)).toBe(network.latency(0, 4));
    expect(network.isCut(0, 1, to)).toBe(false);
    expect(nodes.region[0]).toBe(0);
  });

  it('of which two lap over one another lasts until the later one ends', () => {
    const second = 'stress.partitions.storm={ at: 12h, for: 2h, sides: [[europe], [north-america, japan]] }';
    const built = buildLoaded(loadText(base, second));
    const { network } = built.world;
    runUntil(built, 13 * hour);
    expect([network.isCut(0, 1, 13 * hour), network.isCut(1, 4, 13 * hour)]).toEqual([true, true]);
    runUntil(built, 15 * hour);
    expect([network.isCut(0, 1, 15 * hour), network.isCut(1, 4, 15 * hour)]).toEqual([true, false]);
  });

  it('holds a message until none is under way, however many follow on one another', () => {
    // each begins while the one before lasts, or as it ends; a day later there is another
    const storm = 'stress.partitions.storm={ at: [15h, 20h, 2d], for: 3h, sides: [[europe], [north-america]] }';
    const ship = 'stress.partitions.ship={ at: 18h, for: 2h, sides: [[north-america, japan], [europe]] }';
    const { network } = buildLoaded(loadText(base, storm, ship, 'horizon=3d')).world;
    const latency = network.latency(0, 1);
    for (const at of [from, 12 * hour, 17 * hour, 19 * hour, 22 * hour]) {
      expect(at + network.travelSeconds(0, 1, at)).toBeCloseTo(23 * hour + latency, 6);
      expect(at + network.travelSeconds(1, 0, at)).toBeCloseTo(23 * hour + latency, 6);
    }
    // japan is apart from europe for one of them alone, and what is sent before passes
    expect(17 * hour + network.travelSeconds(4, 1, 19 * hour)).toBeCloseTo(18 * hour + network.latency(4, 1), 6);
    for (const at of [9 * hour, 23 * hour, 47 * hour]) expect(network.travelSeconds(0, 1, at)).toBe(latency);
    expect(network.travelSeconds(0, 1, 2 * 24 * hour)).toBeCloseTo(3 * hour + latency, 6);
    // asked in any order
    expect(network.travelSeconds(0, 1, 12 * hour)).toBeCloseTo(11 * hour + latency, 6);
  });

  it('delivers held results when the last of those that follow on one another is over', async () => {
    const storm = 'stress.partitions.storm={ at: 15h, for: 3h, sides: [[europe], [north-america]] }';
    const set = ['workload.american.work=2h', 'workload.european.jobs=1', 'workload.american.arrivals.perHour=6'];
    const result = await run(...set, storm);
    const { cohorts, network, ownership } = result.finished.world;
    const latency = network.latency(1, 0);
    const held = finalJobs(result).filter(({ node, region, assignedSeconds }) => {
      const isAcross = region === 'north-america' && cohorts[ownership.cohort[Number(node)]!]!.name === 'east';
      const due = Number(assignedSeconds) + 2 * hour + 2 * latency;
      return isAcross && due > from && due < to + 2 * hour;
    });
    expect(held.length).toBeGreaterThan(1);
    for (const { deliveredSeconds } of held) expect(Number(deliveredSeconds)).toBeCloseTo(18 * hour + latency, 6);
  });

  it('holds the replies of witnesses that are due while it lasts, though they were asked before', async () => {
    const delay = 'replyDelay: 2h, replyWithin: unlimited';
    const witnesses = `protocol.verification={kind: peer-attestation, peers: 3, threshold: 2, ${delay}}`;
    const result = await run(witnesses, 'workload.european.arrivals.perHour=6', 'fleet.west.nodes=30');
    const late = finalJobs(result).filter(({ region, assignedSeconds }) => {
      const asked = Number(assignedSeconds) + hour / 6;
      return region === 'europe' && asked > from - 1.9 * hour && asked < from - 0.1 * hour;
    });
    expect(late.length).toBeGreaterThan(5);
    const held = late.filter(({ finalSeconds }) => Number(finalSeconds) >= to);
    // nearly every panel has a member of the thirty in America, and all replies are taken with the last
    expect(held.length).toBeGreaterThan(late.length / 2);
    for (const { finalSeconds } of held) expect(Number(finalSeconds)).toBeLessThan(to + 1);
  });

  it('is among the episodes and in the exogenous trace; one that never comes changes nothing', async () => {
    const loaded = loadText(base);
    const trace = records(exogenousTrace(loaded)).filter(({ source }) => source === 'stress/partitions/cable');
    expect(trace.map(({ purpose, value }) => [purpose, value])).toEqual([
      ['start', from],
      ['end', to],
    ]);
    const result = await run();
    expect(records(tableNamed(result, 'episodes'))).toEqual([
      {
        kind: 'partition',
        scope: 'europe from north-america',
        startDays: 10 / 24,
        endDays: 16 / 24,
        label: 'partition cable',
      },
    ]);
    const late = loadText(base, 'stress.partitions.cable.at=2d');
    expect(late.warnings.map(({ path, why }) => `${path} ${why}`)).toEqual([
      'stress.partitions.cable.at so that it never happens',
    ]);
    const intact = await run(whole);
    expect((await runFinished(late)).trajectoryFingerprint).toBe(intact.trajectoryFingerprint);
    expect(intact.trajectoryFingerprint).not.toBe(result.trajectoryFingerprint);
  });

  it('has two sides of the network’s regions, none of them on both', () => {
    const faultsOf = (sides: string) => {
      try {
        loadText(base, `stress.partitions.cable.sides=${sides}`);
      } catch (error) {
        if (error instanceof InvalidInput) return error.faults.map(({ path, expected }) => `${path}: ${expected}`);
      }
      return [];
    };
    expect(faultsOf('[[europe], [japan]]')).toEqual([]);
    expect(faultsOf('[[europe], [europe]]')[0]).toContain('each region once');
    expect(faultsOf('[[europe]]')[0]).toContain('two lists of regions');
    expect(faultsOf('[[europe], []]')[0]).toContain('at least one region');
    expect(faultsOf('[[europe], [here]]')[0]).toContain('a region of the network world');
    expect(faultsOf('[[europe], [mars]]')[0]).toContain('one of');
  });
});
