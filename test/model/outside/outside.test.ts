import { describe, expect, it } from 'vitest';
import { AttemptState } from '../../../sim/model/columns/attempts.js';
import { Limit } from '../../../sim/model/columns/limits.js';
import { NodeState } from '../../../sim/model/columns/nodes.js';
import { handleStep } from '../../../sim/model/columns/rows/side-by-side.js';
import { rightAnswer } from '../../../sim/model/truth/answers.js';
import { attemptsOf, openJobs } from '../../support/invariants.js';
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
import { binomialErrors } from '../../support/statistics.js';

const hour = 3_600;
const day = 86_400;

const quiet = `
  horizon: 10d
  warmUp: 0
  protocol: { epoch: 1h, checkIn: { every: 1h }, reputation: { kind: step } }
  fleet: { a: { nodes: 40, hardware: reference-cpu, providers: { acme: 0.5 } } }
  workload: { w: { class: task, arrivals: { perDay: 0 } } }
`;

const build = (...set: readonly string[]) => buildLoaded(loadText(quiet, ...set));
type Built = ReturnType<typeof build>;

/** Ordinals of the machines that are down. */
function down({ world }: Built): number[] {
  const found: number[] = [];
  for (let machine = 0; machine < world.machines.end; machine += handleStep) {
    if (world.machines.isUp[machine] === 0) found.push(machine / handleStep);
  }
  return found;
}

describe('an outage that machines share', () => {
  it('takes down all machines of its region and no other, for its time', () => {
    const built = build('stress.outages.blackout={region: europe, at: 1d, for: 6h}');
    const { nodes, network } = built.world;
    const inEurope = Array.from({ length: 40 }, (_, node) => node).filter(
      (node) => network.regions[nodes.region[node]!] === 'europe',
    );
    expect(inEurope.length).toBeGreaterThan(10);
    expect(inEurope.length).toBeLessThan(30);
    runUntil(built, day - 1);
    expect(down(built)).toEqual([]);
    runUntil(built, day);
    expect(down(built)).toEqual(inEurope);
    runUntil(built, day + 6 * hour - 1);
    expect(down(built)).toEqual(inEurope);
    runUntil(built, day + 6 * hour);
    expect(down(built)).toEqual([]);
  });

  it('takes down the machines of a provider, of a provider within a region, or a share of them', () => {
    const at = (settings: string) => {
      const built = build(`stress.outages.x={${settings}, at: 1d, for: 6h}`);
      runUntil(built, day);
      return down(built);
    };
    const [provider, region] = [at('provider: acme'), at('region: europe')];
    expect(Math.abs(binomialErrors(provider.length, 40, 0.5))).toBeLessThan(4);
    expect(at('provider: acme, region: europe')).toEqual(provider.filter((machine) => region.includes(machine)));
    expect(at('hardware: reference-cpu')).toHaveLength(40);
    expect(at('hardware: reference-cpu, share: 0')).toEqual([]);
    const half = at('hardware: reference-cpu, share: 0.5');
    expect(Math.abs(binomialErrors(half.length, 40, 0.5))).toBeLessThan(4);
  });

  it('strikes others each time, where it strikes a share', () => {
    const built = build('stress.outages.x={hardware: reference-cpu, at: [1d, 2d, 3d], for: 6h, share: 0.5}');
    const seen = [1, 2, 3].map((at) => {
      runUntil(built, at * day);
      return down(built).join();
    });
    expect(new Set(seen).size).toBe(3);
  });

  it('ends for a machine when the last reason for its being down does', () => {
    const set = [
      'stress.outages.long={hardware: reference-cpu, at: 1d, for: 10h}',
      'stress.outages.inner={region: europe, at: 26h, for: 2h}',
      'stress.outages.later={region: europe, at: 33h, for: 5h}',
    ];
    const built = build(...set);
    const count = (at: number) => {
      runUntil(built, at * hour);
      return down(built).length;
    };
    const europe = build(set[1]!);
    runUntil(europe, 26 * hour);
    const inEurope = down(europe).length;
    expect([24, 26, 28, 33, 34, 38].map(count)).toEqual([40, 40, 40, 40, inEurope, 0]);
  });

  it('meets a machine that enters meanwhile: it comes up when the outage is over', () => {
    const built = build('stress.outages.x={hardware: reference-cpu, at: 1d, for: 6h}', 'fleet.a.joins={at: 26h}');
    const { presentNodes, onlineNodes } = built.world;
    runUntil(built, 26 * hour);
    expect([presentNodes.size, onlineNodes.size]).toEqual([40, 0]);
    runUntil(built, 30 * hour);
    expect(onlineNodes.size).toBe(40);
  });

  it('costs check-ins unless it is announced', async () => {
    const scores = async (announced: boolean) => {
      const outage = `{hardware: reference-cpu, at: 24.5h, for: 10h, announced: ${announced}}`;
      const set = ['protocol.reputation={kind: step, checkInGain: 0, checkInLoss: 0.01}', 'horizon=4d'];
      const result = await runFinished(loadText(quiet, `stress.outages.x=${outage}`, ...set));
      return numbers(tableNamed(result, 'nodes'), 'score');
    };
    for (const score of await scores(false)) expect(score).toBeCloseTo(0.9, 9);
    expect(new Set(await scores(true))).toEqual(new Set([1]));
  });

  it('loses, pauses or leaves alone what runs, as the cohort says, and blames nobody if it was announced', async () => {
    const outcome = async (running: string, announced: boolean) => {
      const set = [
        'network=single',
        `fleet.a.outages={pattern: none, running: ${running}}`,
        `stress.outages.x={hardware: reference-cpu, at: 30m, for: 1h, announced: ${announced}}`,
        'workload.w={class: task, arrivals: {perSecond: 1}, jobs: 20, work: 1h, deadline: none}',
        'protocol.attempts=1',
      ];
      const result = await runFinished(loadText(quiet, ...set), { detail: true });
      const jobs = records(tableNamed(result, 'jobs'));
      const failed = numbers(tableNamed(result, 'nodes'), 'attemptsFailed').reduce((sum, count) => sum + count, 0);
      const took = jobs.map((job) => Math.round((Number(job.deliveredSeconds) - Number(job.submittedSeconds)) / hour));
      return { outcomes: [...new Set(jobs.map((job) => job.outcome))], failed, took: [...new Set(took)] };
    };
    expect(await outcome('lose', false)).toMatchObject({ outcomes: ['timedOut'], failed: 20 });
    expect(await outcome('lose', true)).toMatchObject({ outcomes: ['timedOut'], failed: 0 });
    expect(await outcome('pause', false)).toEqual({ outcomes: ['completed'], failed: 0, took: [2] });
    expect(await outcome('finish', false)).toEqual({ outcomes: ['completed'], failed: 0, took: [1] });
  });

  it('has a request that it crosses on its way fail, unless it was announced', async () => {
    const failed = async (announced: boolean) => {
      const set = [
        'horizon=20m',
        `stress.outages.x={hardware: reference-cpu, at: 10m, for: 2h, announced: ${announced}}`,
        'workload.w={class: task, arrivals: {perSecond: 100}, work: 0, regions: australia, fee: 0}',
        'protocol.attempts=1',
        'protocol.queueLimit=unlimited',
      ];
      const result = await runFinished(loadText(quiet, ...set));
      return numbers(tableNamed(result, 'nodes'), 'attemptsFailed').reduce((sum, count) => sum + count, 0);
    };
    // a hundred requests a second are under way for about a quarter of a second
    expect(await failed(false)).toBeGreaterThan(10);
    expect(await failed(true)).toBe(0);
  });
});

describe('maintenance in a run', () => {
  it('keeps machines from new work in their windows, costs no check-ins, and counts as time down', async () => {
    const set = [
      'fleet.a.maintenance={every: 1d, for: 6h}',
      'protocol.reputation={kind: step, gain: 0, loss: 0.1, checkInGain: 0, checkInLoss: 0.01}',
      'workload.w={class: task, arrivals: {perHour: 100}, work: 30s}',
    ];
    const result = await runFinished(loadText(quiet, ...set), { detail: true });
    const nodes = tableNamed(result, 'nodes');
    expect(new Set(numbers(nodes, 'score'))).toEqual(new Set([1]));
    const { maintenance } = result.finished.world.cohorts[0]!.stresses;
    const delivered = records(tableNamed(result, 'jobs')).filter((job) => job.node !== null);
    expect(delivered.length).toBeGreaterThan(10_000);
    const within = delivered.filter((job) => {
      const at = Number(job.deliveredSeconds);
      const number = maintenance!.firstFrom(Number(job.node), at) - 1;
      const [start, end] = [maintenance!.start(Number(job.node), number), maintenance!.end(Number(job.node), number)];
      // a result sent before is a fraction of a second on its way
      return number >= 0 && at > start + 1 && at < end;
    });
    expect(within).toEqual([]);
    for (const share of numbers(nodes, 'machineUpFraction')) expect(Math.abs(share - 0.75)).toBeLessThan(0.026);
  });
});

describe('a bug of the client', () => {
  const bug = 'stress.bugs.driver={hardware: reference-cpu, region: europe, at: 1d, for: 1d}';

  it('makes every honest answer on its machines wrong, the same wrong answer, for its time', async () => {
    const built = buildLoaded(
      loadText(
        quiet,
        bug,
        'workload.w={class: task, arrivals: {perHour: 500}, work: 30m, deadline: none}',
        'fleet.a.quality=1',
        'fleet.a.slots=20',
        'protocol.verification={kind: peer-attestation, replyDelay: 10m, replyWithin: unlimited}',
      ),
    );
    const { truth, attempts, nodes, network } = built.world;
    const answers = (at: number, isBuggy: boolean) => {
      runUntil(built, at);
      const returned = openJobs(built.world)
        .flatMap((job) => attemptsOf(built.world, job))
        .filter((attempt) => attempts.state[attempt] === AttemptState.returned)
        .filter((attempt) => (network.regions[nodes.region[attempts.node[attempt]!]!] === 'europe') === isBuggy);
      expect(returned.length).toBeGreaterThan(10);
      return new Set(returned.map((attempt) => truth.answer(attempt)));
    };
    expect(answers(0.9 * day, true)).toEqual(new Set([rightAnswer]));
    const during = answers(1.5 * day, true);
    expect(during.size).toBe(1);
    expect(during).not.toContain(rightAnswer);
    expect(answers(1.6 * day, false)).toEqual(new Set([rightAnswer]));
    expect(answers(2.5 * day, true)).toEqual(new Set([rightAnswer]));
  });

  it('lasts until its own end when another one comes meanwhile', () => {
    const built = build(bug, 'stress.bugs.other={hardware: reference-cpu, at: 30h, for: 2h}');
    const { truth } = built.world;
    const values = (at: number) => {
      runUntil(built, at * hour);
      return new Set(truth.bugs.subarray(0, 40));
    };
    expect([23, 24, 30, 32, 48].map((at) => [...values(at)].sort())).toEqual([[0], [0, 1], [2, 3], [0, 1], [0]]);
  });
});

describe('newcomers in a run', () => {
  const newcomers = 'fleet.a.joins.newcomers={perDay: 12, from: 1d, most: 30}';

  it('pay the fee, lock their stake and start at the prior, each on a machine of its own', () => {
    const built = build(newcomers, 'protocol.checkIn=none');
    const { nodes, ledger, presentNodes, operators, rules } = built.world;
    runUntil(built, day);
    expect(presentNodes.size).toBe(40);
    runUntil(built, 2.5 * day);
    const entered = presentNodes.size - 40;
    expect(entered).toBeGreaterThan(5);
    expect(entered).toBeLessThan(30);
    for (let node = 40; node < 40 + entered; node++) {
      expect([nodes.state[node], nodes.stake[node], nodes.score[node]]).toEqual([NodeState.present, 100e6, 1]);
      expect(operators.identityFees[node]).toBe(rules.now.identityFee);
      expect(nodes.joinedAt[node]).toBeGreaterThan(day);
    }
    expect(nodes.state[40 + entered]).toBe(NodeState.absent);
    expect(ledger.treasury).toBe((10_000 + 40 + entered) * 1e6);
  });

  it('beyond those that there is room for are refused, and counted', () => {
    const built = build(newcomers);
    runUntil(built, 10 * day);
    expect(built.world.presentNodes.size).toBe(70);
    const newcomersRefused = built.world.limits.times[Limit.newcomers]!;
    expect(Math.abs(newcomersRefused + 30 - 108) / Math.sqrt(108)).toBeLessThan(4);
  });

  it('find room by default', async () => {
    const result = await runFinished(loadText(quiet, 'fleet.a.joins.newcomers={perDay: 12}'));
    expect(result.finished.world.limits.times[Limit.newcomers]).toBe(0);
    expect(metricOf(result, 'nodesPresent')).toBeGreaterThan(140);
  });

  it('leave after their time with their stake unbonding, and get it back', () => {
    const built = build(
      'fleet.a.joins.newcomers={perDay: 12, most: 50}',
      'fleet.a.leaves={after: 36h}',
      'protocol.rewards={kind: fee-split, emission: 0, unbonding: 1d}',
    );
    const { nodes, ledger } = built.world;
    runUntil(built, 9 * day);
    let left = 0;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] === NodeState.absent) continue;
      const stays = nodes.joinedAt[node]! + 36 * hour > 9 * day;
      expect(nodes.state[node]).toBe(stays ? NodeState.present : NodeState.left);
      if (stays) continue;
      left++;
      const isBack = nodes.joinedAt[node]! + 60 * hour <= 9 * day;
      expect([ledger.balance[node], ledger.unbonding[node]]).toEqual(isBack ? [100e6, 0] : [0, 100e6]);
    }
    expect(left).toBeGreaterThan(60);
    expect(ledger.residue()).toBe(0);
  });
});

describe('wear', () => {
  it('takes its share of the true throughput at each interval’s end, and leaves what was declared', () => {
    const built = build('fleet.a.wear={every: 2d, loss: 0.1}', 'fleet.a.throughput=2');
    const { machines, nodes } = built.world;
    const at = (time: number) => {
      runUntil(built, time * day);
      return machines.throughput[8 * 7]!;
    };
    expect(at(1.9)).toBe(2);
    expect(at(2)).toBeCloseTo(1.8, 12);
    expect(at(9)).toBeCloseTo(2 * 0.9 ** 4, 12);
    expect(nodes.throughput[7]).toBe(2);
  });

  it('spares machines that haven’t entered, and those outside its share', () => {
    const built = build('fleet.a.wear={every: 1d, loss: 0.5, share: 0.5}', 'fleet.a.joins={at: 36h}');
    const { machines } = built.world;
    runUntil(built, day);
    expect(machines.throughput[0]).toBe(1);
    runUntil(built, 2 * day);
    let worn = 0;
    for (let machine = 0; machine < machines.end; machine += handleStep) {
      if (machines.throughput[machine] === 0.5) worn++;
      else expect(machines.throughput[machine]).toBe(1);
    }
    expect(Math.abs(binomialErrors(worn, 40, 0.5))).toBeLessThan(4);
  });

  it('makes the same work take longer', async () => {
    const set = ['network=single', 'workload.w={class: task, arrivals: {perHour: 20}, work: 10m, deadline: none}'];
    const result = await runFinished(loadText(quiet, ...set, 'fleet.a.wear={every: 1d, loss: 0.2}'), { detail: true });
    for (const job of finalJobs(result)) {
      const took = Number(job.deliveredSeconds) - Number(job.assignedSeconds);
      const days = Math.floor(Number(job.assignedSeconds) / day);
      expect(took).toBeCloseTo(600 / 0.8 ** days, 6);
    }
  });
});
