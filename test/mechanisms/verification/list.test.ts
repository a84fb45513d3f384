import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, metricOf, numbers, records, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol: { checkIn: none, slashing: { kind: fixed, fraction: 0 }, rewards: { kind: fee-split, emission: 0 } }
  fleet: { a: { nodes: 10, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m } }
`;

const attest = (settings = '') => `{kind: peer-attestation, peers: 3, threshold: 2${settings}}`;
const recheck = '{kind: recompute, share: 1}';
const run = (...set: readonly string[]) => runScenario(loadText(base, ...set), { detail: true });

describe('schemes in a list', () => {
  it('each begin at their predecessor’s verdict: attested first, recomputed then', async () => {
    const result = await run(`protocol.verification=[${attest()}, ${recheck}]`);
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(new Set(numbers(tableNamed(result, 'jobs'), 'attempts'))).toEqual(new Set([2]));
    expect(new Set(numbers(tableNamed(result, 'attestations'), 'attempt'))).toEqual(new Set([0]));
  });

  it('end at the first failure: what peers refuse is not recomputed', async () => {
    const result = await run(`protocol.verification=[${attest(', errorProbability: 1')}, ${recheck}]`);
    expect(metricOf(result, 'completedFraction')).toBe(0);
    expect(new Set(numbers(tableNamed(result, 'jobs'), 'attempts'))).toEqual(new Set([1]));
  });

  it('find a wrong answer that the first of them passed', async () => {
    const liars = 'fleet.a.strategy=always-wrong';
    const first = await run(liars, `protocol.verification=${attest()}`);
    expect(metricOf(first, 'wrongAcceptedRate')).toBe(1);
    const both = await run(liars, `protocol.verification=[${attest()}, ${recheck}]`);
    expect(metricOf(both, 'jobsCompleted')).toBe(0);
    expect(metricOf(both, 'jobsRejected')).toBeGreaterThan(500);
  });

  it('ask peers about the client’s attempt, also where a recomputation came first', async () => {
    const result = await run(`protocol.verification=[${recheck}, ${attest()}]`);
    const asked = records(tableNamed(result, 'attestations')).filter((row) => row.attempt === 0);
    expect(asked.length).toBe(3 * metricOf(result, 'jobsCompleted'));
    const refused = await run(`protocol.verification=[${recheck}, ${attest(', errorProbability: 1')}]`);
    expect(metricOf(refused, 'jobsCompleted')).toBe(0);
  });

  it('withdraw what is under way when a scheme has decided, before the next one begins', async () => {
    const slow = 'fleet.slow={nodes: 8, hardware: reference-cpu, quality: 1, throughput: 0.1}';
    const early = '{kind: redundancy, replicas: 3, quorum: 2, endsAtQuorum: true}';
    const result = await run(slow, `protocol.verification=[${early}, ${attest()}]`, 'protocol.assignment=uniform');
    expect(metricOf(result, 'completedFraction')).toBe(1);
    const asked = records(tableNamed(result, 'attestations'));
    // one attempt of each job is attested: three rows
    expect(asked.length).toBe(3 * metricOf(result, 'jobsCompleted'));
    expect(numbers(tableNamed(result, 'nodes'), 'attemptsFailed').every((failed) => failed === 0)).toBe(true);
  });

  it('don’t let a later one that sees no fault clear what an earlier one found', async () => {
    const liars = ['fleet.a.nodes=8', 'fleet.liars={nodes: 2, hardware: reference-cpu, strategy: always-wrong}'];
    const slashed = ['protocol.slashing.fraction=0.01', ...liars];
    const alone = await run('protocol.verification=[redundancy]', ...slashed);
    expect(metricOf(alone, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(alone, 'attackerSlashedUsd')).toBeGreaterThan(50);
    for (const second of ['self-report', 'none']) {
      const both = await run(`protocol.verification=[redundancy, ${second}]`, ...slashed);
      expect(both.accountingFingerprint).toBe(alone.accountingFingerprint);
    }
  });

  it('let a recomputation outrank a quorum, whichever comes first, but not absence', async () => {
    const ring = ['fleet.a.nodes=5', 'fleet.ring={nodes: 5, hardware: reference-cpu, strategy: collusion-ring}'];
    for (const schemes of [`[redundancy, ${recheck}]`, `[${recheck}, redundancy]`]) {
      const result = await run(`protocol.verification=${schemes}`, 'protocol.slashing.fraction=0.01', ...ring);
      expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(500);
      expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
      expect(metricOf(result, 'honestStakeLostTokens')).toBe(0);
      expect(metricOf(result, 'attackerSlashedUsd')).toBeGreaterThan(0);
    }
  });

  it('hold what peers find of an answer against everyone who gave it', async () => {
    const ring = 'fleet.ring={nodes: 5, hardware: reference-cpu, strategy: {kind: collusion-ring, vouches: false}}';
    const settings = [ring, 'fleet.a.nodes=20', 'protocol.slashing.fraction=0.01'];
    const voted = await run('protocol.verification=[redundancy]', ...settings);
    expect(metricOf(voted, 'wrongAcceptedRate')).toBeGreaterThan(0.05);
    const both = await run(`protocol.verification=[redundancy, ${attest(', observes: result')}]`, ...settings);
    expect(metricOf(both, 'jobsCompleted')).toBeGreaterThan(500);
    expect(metricOf(both, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(both, 'jobsRejected')).toBeGreaterThan(0.05 * metricOf(voted, 'jobsCompleted'));
  });

  it('may stand twice: a second panel draws anew and counts for itself', async () => {
    const twice =
      '[{kind: peer-attestation, peers: 2, threshold: 2}, {kind: peer-attestation, threshold: 3, peers: 3}]';
    const result = await runScenario(loadText(base, `protocol.verification=${twice}`), { detail: true });
    const asked = records(tableNamed(result, 'attestations'));
    const panels = new Map<string, number[]>();
    for (const { workload, ordinal, attempt, panel, observer } of asked) {
      const name = `${workload}/${ordinal}/${attempt}/${panel}`;
      panels.set(name, [...(panels.get(name) ?? []), Number(observer)]);
    }
    const [first, second] = ['0', '1'].map((stage) => [...panels].filter(([name]) => name.endsWith(`/${stage}`)));
    expect(second!.length).toBeGreaterThan(200);
    expect(first!.every(([, members]) => new Set(members).size === 2)).toBe(true);
    expect(second!.every(([, members]) => new Set(members).size === 3)).toBe(true);
    const isRepeated = second!.map(([name, members]) => {
      const before = panels.get(name.replace(/1$/, '0'))!;
      return before.every((member) => members.includes(member));
    });
    // two drawn of nine others are both among three drawn anew with probability 3/9 · 2/8
    const share = isRepeated.filter(Boolean).length / isRepeated.length;
    expect(Math.abs(share - 1 / 12)).toBeLessThan(4 * Math.sqrt((1 / 12) * (11 / 12) * (1 / isRepeated.length)));
  });

  it('choose anew which jobs they recompute, where recompute stands twice', async () => {
    const half = '{kind: recompute, share: 0.5}';
    const rechecksAJob = async (schemes: string) => {
      const result = await run(`protocol.verification=${schemes}`);
      return numbers(tableNamed(result, 'nodes'), 'recomputations').reduce((sum, one) => sum + one, 0) / result.jobs;
    };
    expect(await rechecksAJob(`[${half}]`)).toBeCloseTo(0.5, 1);
    expect(await rechecksAJob(`[${half}, ${half}]`)).toBeCloseTo(1, 1);
  });

  it('of one scheme do what the scheme does alone', async () => {
    const alone = await run(`protocol.verification=${attest(', errorProbability: 0.3')}`);
    const listed = await run(`protocol.verification=[${attest(', errorProbability: 0.3')}]`);
    expect(listed.trajectoryFingerprint).toBe(alone.trajectoryFingerprint);
    expect(listed.accountingFingerprint).toBe(alone.accountingFingerprint);
  });
});

describe('recompute', () => {
  it('checks on another operator’s node', async () => {
    const result = await run('fleet.a.nodes=2', `protocol.verification=${recheck}`);
    const [first, second] = numbers(tableNamed(result, 'nodes'), 'incomeTokens');
    // both are paid for each job: the one for its work, the other for the check
    const completed = metricOf(result, 'jobsCompleted');
    expect(first).toBeCloseTo(completed * 0.17, 6);
    expect(second).toBeCloseTo(completed * 0.17, 6);
  });

  it('is a share of the jobs, and leaves the others unchecked', async () => {
    const set = ['protocol.verification={kind: recompute, share: 0.3}', 'fleet.a.strategy=always-wrong', 'horizon=4d'];
    const result = await run(...set);
    const [rejected, completed] = [metricOf(result, 'jobsRejected'), metricOf(result, 'jobsCompleted')];
    const total = rejected + completed;
    expect(Math.abs(rejected - 0.3 * total) / Math.sqrt(0.21 * total)).toBeLessThan(4);
  });
});
