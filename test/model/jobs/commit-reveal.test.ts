import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, metricOf, records, tableNamed } from '../../support/scenarios.js';

const base = `
  seed: sealed
  horizon: 2d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: redundancy, replicas: 3, quorum: 2 }
    reputation: ema
    checkIn: none
    slashing: none
  fleet:
    honest: { nodes: 20, hardware: reference-cpu, quality: 1 }
    copiers: { nodes: 5, hardware: reference-cpu, quality: 1, strategy: { kind: plagiarise, otherwise: guesses } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 0.1 } }
`;
const honest = 'fleet.copiers=null';
const sealed = '{kind: redundancy, replicas: 3, quorum: 2, commitReveal: 10m}';
const run = (...set: string[]) => runScenario(loadText(base, ...set), { detail: true });
type Run = Awaited<ReturnType<typeof run>>;

const completed = (result: Run) => records(tableNamed(result, 'jobs')).filter((job) => job.outcome === 'completed');
const secondsOf = (job: Record<string, unknown>) => Number(job.deliveredSeconds) - Number(job.submittedSeconds);
const attempts = (result: Run, of: string, column: string) =>
  records(tableNamed(result, 'nodes'))
    .filter(({ cohort }) => cohort === of)
    .reduce((sum, row) => sum + Number(row[column]), 0);

describe('commit and reveal that a change of rules switches', () => {
  const [on, off] = ['10m', 'none'].map(
    (value) => `changes=[{at: 1d, set: {protocol.verification.commitReveal: ${value}}}]`,
  );

  it.each([
    ['on', on!, [], [false, true]],
    ['off', off!, ['protocol.verification.commitReveal=10m'], [true, false]],
  ] as const)('%s binds the jobs that are submitted later, and no others', async (_, change, set, isSealed) => {
    const result = await run(change, honest, ...set);
    const jobs = completed(result);
    expect(metricOf(result, 'completedFraction')).toBe(1);
    for (const [place, wanted] of isSealed.entries()) {
      const mine = jobs.filter((job) => Number(job.submittedSeconds) >= 86_400 === (place === 1));
      expect(mine.length).toBeGreaterThan(500);
      // a job takes a minute where nobody has to wait, and nobody waits for nine
      expect(mine.every((job) => secondsOf(job) >= 600 === wanted)).toBe(true);
    }
  });

  it('by class, and in a list, too', async () => {
    for (const path of ['classes.task', '1']) {
      const change = `changes=[{at: 1d, set: {protocol.verification.${path}.commitReveal: 10m}}]`;
      const inside = '{kind: redundancy}';
      const scheme = path === '1' ? `[self-report, ${inside}]` : `{kind: by-class, classes: {task: ${inside}}}`;
      const jobs = completed(await run(`protocol.verification=${scheme}`, change, honest));
      const takesLong = jobs.filter((job) => secondsOf(job) >= 600);
      const later = jobs.filter((job) => Number(job.submittedSeconds) >= 86_400);
      expect(takesLong.length).toBe(later.length);
      expect(takesLong).toEqual(later);
    }
  });

  it('makes nothing that needs it one in vain', () => {
    const leaky = 'fleet.copiers.strategy.leaks=0.5';
    const withheld = 'fleet.copiers.strategy={kind: always-wrong, reveals: false}';
    const told = (...set: string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    for (const [set, path] of [
      [leaky, 'fleet.copiers.strategy.leaks'],
      [withheld, 'fleet.copiers.strategy.reveals'],
    ] as const) {
      expect(told(set)).toContain(path);
      expect(told(set, on!)).not.toContain(path);
    }
  });
});

describe('commit and reveal of a scheme that stands later in a list', () => {
  const attested = '{kind: peer-attestation, peers: 3, threshold: 2}';

  it('seals answers from the start where those before it look at none, so that nobody copies', async () => {
    const open = await run(`protocol.verification=[${attested}, {kind: redundancy, replicas: 3, quorum: 2}]`);
    expect(attempts(open, 'copiers', 'attemptsAccepted')).toBeGreaterThan(500);
    for (const first of [attested, 'none', 'self-report', 'optimistic', 'proof-of-compute']) {
      const result = await run(`protocol.verification=[${first}, ${sealed}]`);
      expect(completed(result).length).toBeGreaterThan(1_000);
      expect(attempts(result, 'copiers', 'attemptsAccepted')).toBe(0);
      expect(attempts(result, 'honest', 'attemptsFailed')).toBeLessThan(100);
      expect(completed(result).every((job) => secondsOf(job) >= 600)).toBe(true);
    }
  });

  it('seals those that it asks for itself where an earlier one has looked at some', async () => {
    const later = '{kind: redundancy, replicas: 5, quorum: 3, commitReveal: 10m}';
    const result = await run(`protocol.verification=[redundancy, ${later}]`, honest);
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(completed(result).every((job) => job.attempts === 5 && secondsOf(job) > 719)).toBe(true);
    const [one, two] = ['1m', '10m'].map((time) => later.replace('10m', time));
    const seconds = async (scheme: string) =>
      Math.min(...completed(await run(`protocol.verification=[redundancy, ${scheme}]`, honest)).map(secondsOf));
    expect((await seconds(two!)) - (await seconds(one!))).toBeCloseTo(540, 6);
  });

  it('holds it against who withholds there, and against nobody whose answer had come open', async () => {
    const withholds = 'fleet.copiers.strategy={kind: always-wrong, wrongProbability: 0, reveals: false}';
    const later = '{kind: redundancy, replicas: 5, quorum: 3, commitReveal: 10m}';
    const result = await run(`protocol.verification=[redundancy, ${later}]`, withholds);
    const [accepted, failed] = ['attemptsAccepted', 'attemptsFailed'].map((one) => attempts(result, 'copiers', one));
    expect(attempts(result, 'honest', 'attemptsFailed')).toBe(0);
    // three of five answers are open by then: a fifth of them theirs
    expect(Math.abs(accepted! / (accepted! + failed!) - 0.6)).toBeLessThan(0.05);
  });

  it('waits for nobody where all that it needs is open', async () => {
    const again = await run(`protocol.verification=[redundancy, ${sealed}]`, honest);
    const once = await run('protocol.verification=[redundancy, redundancy]', honest);
    expect(again.accountingFingerprint).toBe(once.accountingFingerprint);
    expect(completed(again).map(secondsOf)).toEqual(completed(once).map(secondsOf));
  });

  it('has answers revealed before a verdict that no later scheme looks at', async () => {
    // peers refuse all, so that the schemes after them never begin
    const refusing = '{kind: peer-attestation, peers: 3, threshold: 2, errorProbability: 1}';
    const result = await run(`protocol.verification=[${refusing}, ${sealed}]`, honest);
    expect(metricOf(result, 'jobsCompleted')).toBe(0);
    expect(metricOf(result, 'jobsRejected')).toBeGreaterThan(1_000);
    expect(attempts(result, 'honest', 'attemptsFailed')).toBe(metricOf(result, 'jobsRejected'));
  });

  it('goes on asking in the dark, where the answers that are open don’t decide', async () => {
    const voted = '{kind: m-first, m: 4, commitReveal: 10m}';
    const result = await run(`protocol.verification=[redundancy, ${voted}]`);
    expect(completed(result).length).toBeGreaterThan(1_000);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    const honestJobs = completed(await run(`protocol.verification=[redundancy, ${voted}]`, honest));
    // three are open and agree, the fourth is sealed
    expect(honestJobs.every((job) => job.attempts === 4)).toBe(true);
    expect(honestJobs.every((job) => secondsOf(job) > 719)).toBe(true);
  });
});
