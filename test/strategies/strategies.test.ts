import { describe, expect, it } from 'vitest';
import { buildLoaded, loadText, metricOf, numbers, records, runFinished, tableNamed } from '../support/scenarios.js';
import { binomialErrors } from '../support/statistics.js';

const base = `
  horizon: 4d
  warmUp: 0
  network: single
  protocol: { checkIn: none, slashing: { kind: fixed, fraction: 0 }, publish: { every: 0 } }
  fleet: { a: { nodes: 10, hardware: reference-cpu } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m } }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });

describe('honest', () => {
  it('errs with its hardware’s fault probability', async () => {
    const result = await run('fleet.a.quality=0.9');
    const done = metricOf(result, 'jobsCompleted');
    expect(Math.abs(binomialErrors(metricOf(result, 'wrongAcceptedRate') * done, done, 0.1))).toBeLessThan(4);
    expect(metricOf(await run('fleet.a.quality=1'), 'wrongAcceptedRate')).toBe(0);
  });

  it('signs what it saw: a witness that errs refuses what was right', async () => {
    const verification = '{kind: peer-attestation, peers: 1, threshold: 1, observes: result, errorProbability: 0.2}';
    const result = await run('fleet.a.quality=1', `protocol.verification=${verification}`);
    const total = metricOf(result, 'jobsFinal');
    expect(Math.abs(binomialErrors(metricOf(result, 'jobsRejected'), total, 0.2))).toBeLessThan(4);
    const replies = records(tableNamed(result, 'attestations')).map(({ reply }) => reply);
    expect(new Set(replies)).toEqual(new Set(['signed', 'refused']));
    expect(replies.filter((reply) => reply === 'refused')).toHaveLength(metricOf(result, 'jobsRejected'));
  });
});

describe('always-wrong', () => {
  it('answers wrong with its probability, besides its hardware’s faults', async () => {
    const result = await run('fleet.a.strategy={kind: always-wrong, wrongProbability: 0.3}', 'fleet.a.quality=0.9');
    const done = metricOf(result, 'jobsCompleted');
    const wrong = metricOf(result, 'wrongAcceptedRate') * done;
    expect(Math.abs(binomialErrors(wrong, done, 1 - 0.7 * 0.9))).toBeLessThan(4);
  });

  it('without computing answers at once what it falsifies, and saves that work', async () => {
    const result = await run('fleet.a.strategy={kind: always-wrong, computes: false}', 'horizon=1d');
    const { machines } = result.finished.world;
    const jobs = records(tableNamed(result, 'jobs'));
    const total = (column: Float64Array) =>
      column.reduce((sum, value, place) => (place % 8 === 0 ? sum + value : sum), 0);
    expect(total(machines.busySeconds)).toBe(0);
    expect(total(machines.savedSeconds)).toBeCloseTo(60 * jobs.length, 6);
    expect(jobs.every((job) => job.deliveredSeconds === job.assignedSeconds)).toBe(true);
  });

  it('is off by its shift where answers are numeric', async () => {
    const asked = 'workload.w={class: iot-oracle, tolerance: 0.05}';
    const by = async (shift: number) => {
      const strategy = `fleet.a.strategy={kind: always-wrong, shift: ${shift}}`;
      const exact = 'fleet.a.answers={noise: 0, hallucination: 0}';
      const result = await runFinished(loadText(base, asked, strategy, exact, 'fleet.a.quality=1'));
      return [metricOf(result, 'wrongAcceptedRate'), metricOf(result, 'answerErrorP95')];
    };
    expect(await by(0.04)).toEqual([0, expect.closeTo(0.04, 9)]);
    expect(await by(-0.5)).toEqual([1, expect.closeTo(0.5, 9)]);
  });

  it('is paid the value at risk of what nobody detected, and of nothing else', async () => {
    const set = ['workload.w.valueAtRisk=2', 'fleet.b={nodes: 10, hardware: reference-cpu, strategy: always-wrong}'];
    const result = await run(...set, 'protocol.verification={kind: recompute, share: 0.5}', 'fleet.a.quality=1');
    const byOperator = result.finished.recorder.stolen;
    const stolen = byOperator.reduce((sum, amount) => sum + amount, 0) / 1e6;
    const wrong = metricOf(result, 'wrongAcceptedRate') * metricOf(result, 'jobsCompleted');
    expect(wrong).toBeGreaterThan(500);
    expect(stolen).toBeCloseTo(2 * wrong, 6);
    expect(byOperator.slice(0, 10).every((amount) => amount === 0)).toBe(true);
  });
});

describe('collusion-ring', () => {
  const ring = (more = '') => `fleet.a.strategy={kind: collusion-ring${more}}`;
  const three = 'protocol.verification={kind: redundancy, replicas: 3, quorum: 2}';

  it('returns one agreed answer where enough members got the job, and the right one elsewhere', async () => {
    const alone = await run(ring(), 'fleet.a.quality=1');
    expect(metricOf(alone, 'wrongAcceptedRate')).toBe(0);
    const together = await run(ring(), three, 'fleet.a.quality=1');
    expect(metricOf(together, 'completedFraction')).toBe(1);
    expect(metricOf(together, 'wrongAcceptedRate')).toBe(1);
    const few = ['fleet.a.nodes=3', 'fleet.b={ nodes: 5, hardware: reference-cpu, quality: 1 }', 'fleet.a.quality=1'];
    const byTwo = metricOf(await run(ring(', least: 2'), three, ...few), 'wrongAcceptedRate');
    const byThree = metricOf(await run(ring(', least: 3'), three, ...few), 'wrongAcceptedRate');
    // of 56 draws of three of eight, one has all three members, 15 have two
    expect(byThree).toBeGreaterThan(0);
    expect(byThree).toBeLessThan(byTwo / 4);
  });

  it('agrees on one value off by its shift where answers are numeric', async () => {
    const result = await run(
      'workload.w={class: iot-oracle, deadline: none}',
      'fleet.a.strategy={kind: collusion-ring, least: 3, shift: 0.2}',
      'protocol.verification={kind: redundancy, replicas: 3, quorum: 3}',
    );
    expect(metricOf(result, 'completedFraction')).toBe(1);
    const errors = [...result.finished.recorder.answerError.values];
    expect(Math.min(...errors)).toBeCloseTo(0.2, 9);
    expect(Math.max(...errors)).toBeCloseTo(0.2, 9);
  });

  it('counts nobody who has failed already: who is left alone answers right', async () => {
    const pair = 'protocol.verification={kind: redundancy, replicas: 2, quorum: 1}';
    const result = await run(ring(), pair, 'fleet.a.quality=1', 'fleet.a.completion=0.5', 'protocol.attempts=1');
    const done = metricOf(result, 'jobsCompleted');
    // of four jobs, one has both answers, one only that of the later member, one only that of the earlier
    expect(Math.abs(binomialErrors(metricOf(result, 'wrongAcceptedRate') * done, done, 2 / 3))).toBeLessThan(4);
  });

  it('doesn’t vote against its own: who comes after a member that answered right answers right', async () => {
    // the first replica is alone; the others are asked for, together, only after it
    const laterReplicas = (replicas: number) =>
      `protocol.verification=[{kind: recompute, share: 0}, {kind: redundancy, replicas: ${replicas}, quorum: 2}]`;
    const second = await run(ring(), laterReplicas(2), 'fleet.a.quality=1');
    expect(metricOf(second, 'completedFraction')).toBe(1);
    expect(metricOf(second, 'wrongAcceptedRate')).toBe(0);
    expect(Math.max(...numbers(tableNamed(second, 'nodes'), 'attemptsFailed'))).toBe(0);
    // two who come together are enough, and outvote the first
    const pair = await run(ring(), laterReplicas(3), 'fleet.a.quality=1');
    expect(metricOf(pair, 'completedFraction')).toBe(1);
    expect(metricOf(pair, 'wrongAcceptedRate')).toBe(1);
  });

  it('shares the value at risk of a job between the members that stole it', async () => {
    const result = await run(ring(), three, 'fleet.a.quality=1', 'workload.w.valueAtRisk=3');
    const byOperator = result.finished.recorder.stolen;
    const stolen = byOperator.reduce((sum, amount) => sum + amount, 0) / 1e6;
    expect(stolen).toBeCloseTo(3 * metricOf(result, 'jobsCompleted'), 6);
    expect(byOperator.every((amount) => Number.isInteger(amount / 1e6))).toBe(true);
  });

  it('vouches for its members whatever its instrument shows, unless told not to', async () => {
    const refuse = 'protocol.verification={kind: peer-attestation, peers: 3, threshold: 2, errorProbability: 1}';
    expect(metricOf(await run(ring(), refuse), 'completedFraction')).toBe(1);
    expect(metricOf(await run(ring(', vouches: false'), refuse), 'completedFraction')).toBe(0);
  });

  it('is made of strangers: as many operators as nodes, declared as what they are', () => {
    const { world } = buildLoaded(loadText(base, ring()));
    expect([world.operators.count, new Set(world.nodes.declaredOperator).size]).toEqual([10, 10]);
  });
});

describe('sybil-swarm', () => {
  const swarm = (more = '') => `fleet.a.strategy={kind: sybil-swarm, machines: 2${more}}`;

  it('is one operator with few machines that claims to be many with one each', () => {
    const { world } = buildLoaded(loadText(base, swarm()));
    expect([world.operators.count, world.machines.count, world.nodes.count]).toEqual([1, 2, 10]);
    expect(new Set(world.nodes.declaredOperator).size).toBe(10);
    expect([...world.nodes.slots]).toEqual(new Array(10).fill(1));
  });

  it('vouches for its members whatever its instrument shows, unless told not to', async () => {
    const refuse = 'protocol.verification={kind: peer-attestation, peers: 3, threshold: 2, errorProbability: 1}';
    expect(metricOf(await run(swarm(), refuse), 'completedFraction')).toBe(1);
    expect(metricOf(await run(swarm(', vouches: false'), refuse), 'completedFraction')).toBe(0);
  });

  it('doesn’t vouch for others', async () => {
    const refuse = 'protocol.verification={kind: peer-attestation, peers: 1, threshold: 1, errorProbability: 1}';
    const alone = 'fleet.honest={nodes: 1, hardware: consumer-gpu}';
    const result = await run(swarm(), refuse, alone, 'workload.w.class=simulation');
    expect(metricOf(result, 'jobsCompleted')).toBe(0);
    expect(metricOf(result, 'jobsRejected')).toBeGreaterThan(1_000);
  });

  it('times out with what its machines can’t do in time, where as many honest machines would', async () => {
    const load = [
      'workload.w.work=10m',
      'workload.w.deadline={times: 2, atLeast: 60s}',
      'workload.w.arrivals.perHour=30',
    ];
    expect(metricOf(await run(...load), 'jobsTimedOut')).toBe(0);
    expect(metricOf(await run(swarm(), ...load), 'jobsTimedOut')).toBeGreaterThan(200);
  });

  it('replaces ejected identities at their cost, up to its most, while it can pay', async () => {
    const harsh = ['protocol.reputation={kind: step, initial: 0.05, loss: 0.05}', 'protocol.slashing=progressive'];
    const failing = ['fleet.a.completion=0', 'protocol.attempts=1', 'protocol.epoch=6h'];
    const replacing = swarm(', replacesEjected: true, identitiesMost: 25');
    const rich = await run(...harsh, ...failing, replacing, 'fleet.a.funds=10000');
    const states = (result: typeof rich) => records(tableNamed(result, 'nodes')).map((node) => node.state);
    expect(states(rich)).toEqual(new Array(25).fill('ejected'));
    const { operators } = rich.finished.world;
    expect([operators.identityFees[0], rich.finished.world.ledger.slashed]).toEqual([25e6, 2_500e6]);
    const poor = await run(...harsh, ...failing, replacing, 'fleet.a.funds=302');
    expect(states(poor).filter((state) => state === 'ejected')).toHaveLength(12);
    const never = await run(...harsh, ...failing, swarm());
    expect(numbers(tableNamed(never, 'nodes'), 'node')).toHaveLength(10);
  });
});
