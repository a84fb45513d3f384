import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

/** Nobody is found out, so that a lie is seen in the job's own row. */
const base = `
  seed: liars
  horizon: 20d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: none
    reputation: ema
    checkIn: none
    slashing: none
    publish: { every: 0 }
  fleet: { honest: { nodes: 10, quality: 1 }, liars: { nodes: 10, quality: 1 } }
  workload:
    cheap: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 0.1 }
    dear: { class: task, arrivals: { perHour: 5 }, work: 1m, fee: 2 }
`;
const run = (strategy: string, ...set: string[]) =>
  runFinished(loadText(base, `fleet.liars.strategy=${strategy}`, ...set), { detail: true });
type Run = Awaited<ReturnType<typeof run>>;
/** Completed jobs of the liars, in the order of assignment. */
const jobsOf = (result: Run) =>
  finalJobs(result)
    .filter(({ node, outcome }) => Number(node) >= 10 && outcome === 'completed')
    .map(({ node, feeTokens, assignedSeconds, isWrong }) => {
      return { node, fee: Number(feeTokens), day: Number(assignedSeconds) / 86_400, isWrong: isWrong === true };
    });
const nodesOf = (result: Run, cohort = 'liars') =>
  records(tableNamed(result, 'nodes')).filter((node) => node.cohort === cohort);
const honestIsRight = (result: Run) =>
  finalJobs(result).every(({ node, isWrong }) => Number(node) >= 10 || isWrong !== true);
const warnings = (strategy: string, ...set: string[]) =>
  loadText(base, `fleet.liars.strategy=${strategy}`, ...set)
    .warnings.filter(({ path }) => path.startsWith('fleet.'))
    .map(({ path, why }) => `${path}: ${why}`);

describe('on-off', () => {
  it('cheats and serves for fixed times in turn', async () => {
    const result = await run('{ kind: on-off, by: time, servesFor: 3d, cheatsFor: 2d }');
    for (const { day, isWrong } of jobsOf(result)) expect(isWrong).toBe(day % 5 >= 3);
    expect(honestIsRight(result)).toBe(true);
  });

  it('cheats down from the high score to the low one, and repairs up again, for ever', async () => {
    const result = await run(
      '{ kind: on-off, high: 0.9, low: 0.5 }',
      'protocol.verification={ kind: recompute, share: 1 }',
      'workload.cheap.arrivals.perHour=120',
    );
    const samples = records(tableNamed(result, 'timeseries')).filter(({ cohort }) => cohort === 'liars');
    // from 0.5 on an average with a weight of 0.05 takes 32 successes to 0.9, and 12 failures down again
    const late = samples.slice(100).map(({ score50 }) => Number(score50));
    expect(Math.max(...late)).toBeGreaterThan(0.8);
    expect(Math.min(...late)).toBeLessThan(0.65);
    for (const { score } of nodesOf(result)) {
      expect(Number(score)).toBeGreaterThan(0.5 * 0.95 ** 2);
      expect(Number(score)).toBeLessThan(0.92);
    }
  });

  it('says what it can’t be', () => {
    expect(() => loadText(base, 'fleet.liars.strategy={ kind: on-off, high: 0.4, low: 0.5 }')).toThrow(/at most high/);
    expect(warnings('{ kind: on-off, high: 1 }')).toEqual(['fleet.liars.strategy.high: so that nobody ever lies']);
    expect(warnings('{ kind: on-off, by: time, servesFor: 30d }').join()).toContain('servesFor: so that nobody ever');
    expect(warnings('{ kind: on-off, by: time, high: 0.9 }').join()).toContain('high: so that no score matters');
    expect(warnings('{ kind: on-off, cheatsFor: 2d }').join()).toContain('cheatsFor: so that no time matters');
  });
});

describe('value-imbalance', () => {
  it('lies from a fee on, and nowhere else', async () => {
    const result = await run('{ kind: value-imbalance, leastFee: 2 }');
    for (const { fee, isWrong } of jobsOf(result)) expect(isWrong).toBe(fee >= 2);
    expect(honestIsRight(result)).toBe(true);
  });

  it('lies in the dearest share of what it was offered', async () => {
    const priced = [0.2, 0.4, 0.6, 0.8, 1].map((fee) => {
      return `workload.w${fee * 10}={ class: task, arrivals: { perHour: 20 }, work: 1m, fee: ${fee} }`;
    });
    const none = ['workload.cheap=null', 'workload.dear=null'];
    const jobs = jobsOf(await run('{ kind: value-imbalance, dearest: 0.3 }', ...priced, ...none)).slice(200);
    // the 70 % quantile of five equally frequent fees is the fourth of them
    for (const { fee, isWrong } of jobs) expect(isWrong).toBe(fee >= 0.8);
  });

  it('lies in nothing that most jobs pay, where fewer than its share are dearer', async () => {
    const priced = ['workload.cheap.arrivals.perHour=114', 'workload.dear.arrivals.perHour=6'];
    const jobs = jobsOf(await run('{ kind: value-imbalance, dearest: 0.1 }', ...priced)).slice(200);
    expect(jobs.filter(({ isWrong }) => isWrong).length).toBeGreaterThan(20);
    for (const { fee, isWrong } of jobs) expect(isWrong).toBe(fee >= 2);
  });

  it('says where no job is dear, or every one', () => {
    expect(warnings('{ kind: value-imbalance, leastFee: 7 }').join()).toContain('so that nobody ever lies');
    expect(warnings('{ kind: value-imbalance, leastFee: 0.001 }').join()).toContain('so that it lies in every job');
    const alike = 'workload.dear=null';
    expect(warnings('{ kind: value-imbalance }', alike).join()).toContain('so that all of them are equally dear');
    expect(warnings('{ kind: value-imbalance }').join()).not.toContain('equally dear');
    const betrays = '{ kind: build-then-betray, until: 1d, dearest: 0.1 }';
    expect(warnings(betrays, alike).join()).toContain('so that all of them are equally dear');
  });
});

describe('reputation-lag', () => {
  it('lies in bursts alone, from a time on', async () => {
    const result = await run('{ kind: reputation-lag, every: 1d, burst: 2h, from: 3d }');
    const jobs = jobsOf(result);
    for (const { day, isWrong } of jobs) expect(isWrong).toBe(day >= 3 && day % 1 < 2 / 24);
    expect(jobs.filter(({ isWrong }) => isWrong).length).toBeGreaterThan(100);
  });

  it('says where it never serves, or never begins', () => {
    expect(warnings('{ kind: reputation-lag, every: 1h, burst: 1h }').join()).toContain('never serves honestly');
    expect(warnings('{ kind: reputation-lag, from: 20d }').join()).toContain('so that nobody ever lies');
  });
});

describe('exit-scam', () => {
  it('asks for its stake, cheats before that is out of reach, and leaves', async () => {
    const result = await run(
      '{ kind: exit-scam, asksAt: 4d, keeps: 20, cheatsAfter: 5d, leavesAfter: 7d }',
      'protocol.rewards={ kind: fee-split, unbonding: 7d }',
    );
    const jobs = jobsOf(result);
    for (const { day, isWrong } of jobs) expect(isWrong).toBe(day >= 9);
    expect(Math.max(...jobs.map(({ day }) => day))).toBeLessThanOrEqual(11.01);
    const stake = records(tableNamed(result, 'timeseries')).filter(({ cohort }) => cohort === 'liars');
    const at = (day: number) => Number(stake.find(({ timeDays }) => Number(timeDays) >= day)!.stakeTokens);
    // what is asked for isn't locked for work any more, though it can still be slashed
    expect([at(3), at(6)]).toEqual([1_000, 200]);
    for (const { leftDays } of nodesOf(result)) expect(leftDays).toBe(11);
  });

  it('says where the times can’t be', () => {
    const unbonding = 'protocol.rewards={ kind: fee-split, unbonding: 7d }';
    expect(warnings('{ kind: exit-scam, asksAt: 10d, cheatsAfter: 10d }', unbonding).join()).toContain('nobody ever');
    const late = '{ kind: exit-scam, asksAt: 1d, cheatsAfter: 5d, leavesAfter: 4d }';
    expect(warnings(late, unbonding).join()).toContain('leaves before it cheats');
  });
});

describe('camouflage', () => {
  it('is right in its share of the jobs', async () => {
    const jobs = jobsOf(await run('{ kind: camouflage, rightFraction: 0.7 }'));
    const right = jobs.filter(({ isWrong }) => !isWrong).length;
    expect(Math.abs(binomialErrors(right, jobs.length, 0.7))).toBeLessThan(4);
  });

  it('vouches for its own, and for nobody else', async () => {
    const panel = 'protocol.verification={ kind: peer-attestation, peers: 3, threshold: 2, observes: result }';
    const rejected = async (vouches: boolean) =>
      finalJobs(await run(`{ kind: camouflage, rightFraction: 0.5, vouches: ${vouches} }`, panel)).filter(
        ({ outcome }) => outcome === 'rejected',
      ).length;
    const [honest, vouching] = [await rejected(false), await rejected(true)];
    // of three among 19 others, two of its own nine are drawn in 46 % of the cases
    expect(vouching / honest).toBeGreaterThan(0.46);
    expect(vouching / honest).toBeLessThan(0.62);
  });
});

describe('audit-detection', () => {
  const checked = 'protocol.verification={ kind: spot-check, probability: 0.5 }';
  it.each([0, 0.8, 1])('recognising %d of them fails the others, and lies in all other jobs', async (recognises) => {
    const strategy = `{ kind: audit-detection, computes: true, recognises: ${recognises} }`;
    const result = await run(strategy, checked, 'money.treasury=100000');
    for (const { isWrong } of jobsOf(result)) expect(isWrong).toBe(true);
    const [checks, wrong] = [metricOf(result, 'spotChecks'), metricOf(result, 'spotChecksWrong')];
    expect(checks).toBeGreaterThan(1_000);
    // half of the nodes are liars
    if (recognises === 1) expect(wrong).toBe(0);
    else expect(Math.abs(binomialErrors(wrong, checks, (1 - recognises) / 2))).toBeLessThan(4);
  });

  it('is told that there are none to recognise', () => {
    expect(warnings('audit-detection').join()).toBe('');
    expect(warnings('{ kind: audit-detection, recognises: 0.5 }').join()).toContain('none to recognise');
  });
});
