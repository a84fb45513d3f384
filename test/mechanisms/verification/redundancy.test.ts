import { describe, expect, it } from 'vitest';
import { loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol: { checkIn: none, slashing: { kind: fixed, fraction: 0.01 }, publish: { every: 0 } }
  fleet: { a: { nodes: 10, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m } }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });
const attemptsOf = (result: Awaited<ReturnType<typeof run>>) => numbers(tableNamed(result, 'jobs'), 'attempts');

describe('redundancy', () => {
  it('has each job done by that many nodes of different operators, who share the fee', async () => {
    const result = await run('protocol.verification={kind: redundancy, replicas: 3, quorum: 2}', 'workload.w.fee=3');
    expect(new Set(attemptsOf(result))).toEqual(new Set([3]));
    expect(metricOf(result, 'redundancyFactor')).toBeCloseTo(3, 9);
    expect(metricOf(result, 'completedFraction')).toBe(1);
    const jobs = attemptsOf(result).length;
    const income = numbers(tableNamed(result, 'nodes'), 'incomeTokens').reduce((sum, tokens) => sum + tokens, 0);
    const { ledger } = result.finished.world;
    expect(income - ledger.minted / 1e6).toBeCloseTo(jobs * 3 * 0.85, 6);
  });

  it('finds who answered otherwise than the quorum, and nobody else', async () => {
    const liar = 'fleet.liar={nodes: 1, hardware: reference-cpu, strategy: always-wrong}';
    const result = await run('protocol.verification=redundancy', liar);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    const nodes = records(tableNamed(result, 'nodes'));
    for (const { cohort, attemptsFailed, attemptsAccepted } of nodes) {
      if (cohort === 'liar') expect([attemptsAccepted, Number(attemptsFailed) > 50]).toEqual([0, true]);
      else expect(attemptsFailed).toBe(0);
    }
  });

  it('accepts nothing and blames nobody when no answer has a quorum', async () => {
    const result = await run('protocol.verification=redundancy', 'fleet.a.strategy=always-wrong');
    expect(metricOf(result, 'jobsCompleted')).toBe(0);
    expect(metricOf(result, 'jobsRejected')).toBeGreaterThan(500);
    expect(metricOf(result, 'slashedTokens')).toBe(0);
    expect(new Set(numbers(tableNamed(result, 'nodes'), 'attemptsFailed'))).toEqual(new Set([0]));
  });

  it('replaces lost replicas while attempts are left', async () => {
    const lossy = 'fleet.a.completion=0.8';
    const replaced = await run('protocol.verification=redundancy', lossy);
    expect(Math.max(...attemptsOf(replaced))).toBeGreaterThan(3);
    expect(metricOf(replaced, 'completedFraction')).toBeGreaterThan(0.99);
    const never = await run('protocol.verification={kind: redundancy, quorum: 3}', lossy, 'protocol.attempts=1');
    // all of three return with probability 0.8³ = 0.512
    expect(Math.abs(metricOf(never, 'completedFraction') - 0.512)).toBeLessThan(4 * Math.sqrt((0.512 * 0.488) / 700));
  });

  it('that ends at the quorum doesn’t wait for the slowest, whose work goes unpaid', async () => {
    const slow = 'fleet.slow={nodes: 1, hardware: reference-cpu, throughput: 0.2}';
    const few = 'fleet.a.nodes=2';
    const waits = await run('protocol.verification=redundancy', slow, few);
    const ends = await run('protocol.verification={kind: redundancy, endsAtQuorum: true}', slow, few);
    const minted = ends.finished.world.ledger.minted;
    expect(minted).toBeGreaterThan(0);
    const verdictSeconds = (result: typeof ends) =>
      Math.max(
        ...records(tableNamed(result, 'jobs')).map((job) => Number(job.finalSeconds) - Number(job.assignedSeconds)),
      );
    expect(verdictSeconds(waits)).toBeGreaterThan(299);
    expect(verdictSeconds(ends)).toBeLessThan(200);
    const slowest = records(tableNamed(ends, 'nodes')).find(({ cohort }) => cohort === 'slow')!;
    expect(slowest.attemptsAccepted).toBe(0);
    expect(slowest.attemptsFailed).toBe(0);
  });

  it('decides by those that agree when a replica never finds a node', async () => {
    const result = await run('protocol.verification=redundancy', 'fleet.a.nodes=2', 'workload.w.deadline=none');
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(new Set(attemptsOf(result))).toEqual(new Set([2]));
  });

  it('before a recomputation leaves a captured quorum to it', async () => {
    const ring = 'fleet.ring={nodes: 5, hardware: reference-cpu, quality: 1, strategy: collusion-ring}';
    const alone = await run('protocol.verification=redundancy', ring, 'fleet.a.nodes=5');
    expect(metricOf(alone, 'wrongAcceptedRate')).toBeGreaterThan(0.3);
    const honestFailures = (result: typeof alone) =>
      records(tableNamed(result, 'nodes')).reduce(
        (sum, node) => sum + (node.cohort === 'a' ? Number(node.attemptsFailed) : 0),
        0,
      );
    expect(honestFailures(alone)).toBeGreaterThan(50);
    const checked = await run(
      'protocol.verification=[redundancy, {kind: recompute, share: 1}]',
      ring,
      'fleet.a.nodes=5',
    );
    expect(metricOf(checked, 'wrongAcceptedRate')).toBe(0);
    // whom the quorum outvoted, the recomputation clears: their answers are accepted and paid
    expect(honestFailures(checked)).toBe(0);
    expect(metricOf(checked, 'jobsRejected')).toBeLessThan(0.2 * metricOf(alone, 'jobsCompleted'));
    expect(metricOf(checked, 'honestStakeLostTokens')).toBe(0);
  });

  it('after another scheme asks for the replicas that it needs, and accepts nothing without a quorum', async () => {
    const attested = 'protocol.verification=[{kind: peer-attestation, peers: 2, threshold: 1}, redundancy]';
    const result = await run(attested);
    expect(new Set(attemptsOf(result))).toEqual(new Set([3]));
    expect(metricOf(result, 'completedFraction')).toBe(1);
    const faulty = await run(attested, 'fleet.a.quality=0');
    expect(metricOf(faulty, 'jobsCompleted')).toBe(0);
    expect(metricOf(faulty, 'slashedTokens')).toBe(0);
  });
});

describe('redundancy of numeric answers', () => {
  const numeric = ['workload.w={class: iot-oracle, deadline: none}', 'fleet.a.answers={hallucination: 0}'];

  it('takes answers as equal that the client would tolerate for one another', async () => {
    const near = await run('protocol.verification=redundancy', ...numeric);
    expect(metricOf(near, 'completedFraction')).toBe(1);
    expect(metricOf(near, 'wrongAcceptedRate')).toBe(0);
    // no two are equal
    const equal = await run('protocol.verification=redundancy', ...numeric, 'workload.w.tolerance=0');
    expect(metricOf(equal, 'jobsCompleted')).toBe(0);
    expect(metricOf(equal, 'slashedTokens')).toBe(0);
  });

  it('finds who is further off', async () => {
    const liar = 'fleet.liar={nodes: 1, hardware: reference-cpu, quality: 1, strategy: always-wrong}';
    const result = await run('protocol.verification=redundancy', liar, ...numeric);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    for (const { cohort, attemptsFailed, attemptsAccepted } of records(tableNamed(result, 'nodes'))) {
      if (cohort === 'liar') expect([attemptsAccepted, Number(attemptsFailed) > 50]).toEqual([0, true]);
      else expect(attemptsFailed).toBe(0);
    }
  });
});

describe('m-first', () => {
  it('asks m nodes where they agree, one more where they don’t', async () => {
    const agreeing = await run('protocol.verification={kind: m-first, m: 3}');
    expect(new Set(attemptsOf(agreeing))).toEqual(new Set([3]));
    const mixed = await run('protocol.verification=m-first', 'fleet.a.quality=0.7');
    expect(new Set(attemptsOf(mixed)).size).toBeGreaterThan(2);
    // wrong answers of honest faults never agree
    expect(metricOf(mixed, 'wrongAcceptedRate')).toBe(0);
  });

  it('gives up after its most answers, and blames nobody then', async () => {
    const result = await run('protocol.verification={kind: m-first, returnedMost: 4}', 'fleet.a.strategy=always-wrong');
    expect(new Set(attemptsOf(result))).toEqual(new Set([4]));
    expect(metricOf(result, 'jobsCompleted')).toBe(0);
    expect(metricOf(result, 'slashedTokens')).toBe(0);
  });
});

describe('self-report', () => {
  const schemes = ['protocol.verification=self-report', 'fleet.a.quality=0.8'];

  it('punishes the honest for the faults that they notice and admit', async () => {
    const result = await run(...schemes, 'fleet.a.strategy={kind: honest, noticesFaults: 1}');
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(result, 'completedFraction')).toBeGreaterThan(0.7);
    expect(metricOf(result, 'completedFraction')).toBeLessThan(0.9);
    expect(metricOf(result, 'slashedTokens')).toBeGreaterThan(0);
  });

  it('believes those who notice nothing, as by default, and those who lie', async () => {
    const blind = await run(...schemes);
    expect(metricOf(blind, 'completedFraction')).toBe(1);
    expect(metricOf(blind, 'wrongAcceptedRate')).toBeGreaterThan(0.1);
    const lying = await run(...schemes, 'fleet.a.strategy=always-wrong');
    expect(metricOf(lying, 'wrongAcceptedRate')).toBe(1);
    expect(metricOf(lying, 'slashedTokens')).toBe(0);
  });

  it('hears nothing of a client’s bug, which shows to nobody who has it', async () => {
    const buggy = await run(
      'protocol.verification=self-report',
      'fleet.a.strategy={kind: honest, noticesFaults: 1}',
      'fleet.a.quality=1',
      'stress={bugs: {b: {hardware: reference-cpu, at: 0, for: 30d}}}',
    );
    expect(metricOf(buggy, 'wrongAcceptedRate')).toBe(1);
    expect(metricOf(buggy, 'slashedTokens')).toBe(0);
  });
});

describe('latency under replication', () => {
  const slow = 'fleet.a={nodes: 2, hardware: reference-cpu, quality: 1, throughput: 0.1}';

  it('is the time to the last of the answers that agreed, not to one that was refused', async () => {
    const liar = 'fleet.liar={nodes: 1, hardware: reference-cpu, strategy: always-wrong, throughput: 1}';
    const rare = ['workload.w.arrivals.perHour=1', 'horizon=20d'];
    const result = await run('protocol.verification=redundancy', slow, liar, ...rare);
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(200);
    expect(metricOf(result, 'latencyMeanSeconds')).toBeGreaterThanOrEqual(600);
    expect(metricOf(result, 'latencyMeanSeconds')).toBeLessThan(900);
  });

  it('is that of the m-th answer where m must agree, and of the first where one is enough', async () => {
    const fast = 'fleet.fast={nodes: 1, hardware: reference-cpu, quality: 1, throughput: 1}';
    const set = [slow, 'fleet.a.nodes=1', fast, 'workload.w.arrivals.perHour=1', 'horizon=20d'];
    const two = await run('protocol.verification={kind: m-first, m: 2}', ...set);
    expect(metricOf(two, 'latencyMeanSeconds')).toBeGreaterThanOrEqual(600);
    const one = await run('protocol.verification={kind: m-first, m: 1}', ...set, 'fleet.a=null');
    expect(metricOf(one, 'latencyMeanSeconds')).toBeGreaterThanOrEqual(60);
    expect(metricOf(one, 'latencyMeanSeconds')).toBeLessThan(90);
  });
});

describe('redundancy under commit and reveal', () => {
  it('compares nothing before all answers are revealed', async () => {
    const open = await run('protocol.verification=redundancy');
    const sealed = await run('protocol.verification={kind: redundancy, commitReveal: 10m}');
    expect(metricOf(sealed, 'completedFraction')).toBe(1);
    // the same attempts, and the answers ten minutes after the last of them
    const fastest = (result: typeof open) => {
      const times = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'completed');
      return Math.min(...times.map((job) => Number(job.deliveredSeconds) - Number(job.submittedSeconds)));
    };
    expect(fastest(sealed) - fastest(open)).toBeCloseTo(600, 6);
  });

  it('holds it against who withholds his answer, and goes on without', async () => {
    const withholds = 'fleet.liar={nodes: 2, hardware: reference-cpu, strategy: {kind: always-wrong, reveals: false}}';
    const result = await run('protocol.verification={kind: redundancy, commitReveal: 1m}', withholds);
    const nodes = records(tableNamed(result, 'nodes'));
    for (const { cohort, attemptsFailed, attemptsAccepted } of nodes) {
      if (cohort === 'liar') expect([attemptsAccepted, Number(attemptsFailed) > 50]).toEqual([0, true]);
      else expect(attemptsFailed).toBe(0);
    }
    const both = metricOf(result, 'jobsRejected') + metricOf(result, 'jobsTimedOut');
    // where both liars sit on a job one answer is left, which is no quorum: 2/12 · 1/11 · 3 pairs of three places
    const share = both / (both + metricOf(result, 'jobsCompleted'));
    expect(Math.abs(share - 1 / 22)).toBeLessThan(4 * Math.sqrt((1 / 22) * (21 / 22) * (1 / 700)));
  });

  it('can’t end at a quorum that nobody sees yet', () => {
    const both = '{kind: redundancy, commitReveal: 1m, endsAtQuorum: true}';
    expect(() => loadText(base, `protocol.verification=${both}`)).toThrow(
      /endsAtQuorum: expected false with commitReveal/,
    );
  });
});
