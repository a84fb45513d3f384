import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    slashing: { kind: fixed, fraction: 0 }
    stake: { minimum: 0, identityFee: 0 }
    verification: { kind: peer-attestation, peers: 3, threshold: 2 }
    rewards: { kind: fee-split, emission: 0 }
  money: { treasury: 100, clientBudget: 1000 }
  fleet: { a: { nodes: 10, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 0.200003 } }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const sum = (values: readonly number[]) => Math.round(values.reduce((total, value) => total + value, 0) * 1e6);

describe('fee-split', () => {
  it('gives 85 % to the operator, 5 % to the observers in equal parts, the rest to the treasury', async () => {
    const result = await run();
    const { ledger } = result.finished.world;
    const done = metricOf(result, 'jobsCompleted');
    expect(done).toBeGreaterThan(500);
    const operator = Math.floor(200_003 * 0.85);
    const observer = Math.floor((Math.floor(200_003 * 0.9) - operator) / 3);
    expect(sum(numbers(tableNamed(result, 'nodes'), 'incomeTokens'))).toBe(done * (operator + 3 * observer));
    expect(ledger.treasury).toBe(100e6 + done * (200_003 - operator - 3 * observer));
  });

  it('pays who looked at a job that wasn’t accepted, and refunds its client the rest, to the micro-token', async () => {
    const result = await run('protocol.verification.errorProbability=1');
    const { ledger, clientAccounts } = result.finished.world;
    const rejected = metricOf(result, 'jobsRejected');
    expect(rejected).toBeGreaterThan(500);
    const observer = Math.floor((Math.floor(200_003 * 0.9) - Math.floor(200_003 * 0.85)) / 3);
    const paid = rejected * 3 * observer;
    expect(sum(numbers(tableNamed(result, 'nodes'), 'incomeTokens'))).toBe(paid);
    const inEscrow = metricOf(result, 'jobsOpen') * 200_003;
    expect(ledger.balance[clientAccounts[0]!]! + inEscrow).toBe(1_000e6 - paid);
    expect([ledger.treasury, ledger.residue()]).toEqual([100e6, 0]);
  });

  it('pays who looked within a challenge window, if it says so, in place of witnesses', async () => {
    const looked = 'protocol.verification={ kind: optimistic, checkers: 2, checkProbability: 1, bond: 0 }';
    const income = async (...set: readonly string[]) => {
      const result = await run(looked, 'workload.w.jobs=200', ...set);
      expect(metricOf(result, 'jobsCompleted')).toBe(200);
      expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
      return sum(numbers(tableNamed(result, 'nodes'), 'incomeTokens'));
    };
    const operator = Math.floor(200_003 * 0.85);
    const checker = Math.floor((Math.floor(200_003 * 0.9) - operator) / 2);
    expect(await income()).toBe(200 * operator);
    expect(await income('protocol.rewards.paysCheckers=true')).toBe(200 * (operator + 2 * checker));
  });

  it('emits by stake, or by stake × compute as far as that is proven', async () => {
    const fleet = 'fleet.b={ nodes: 1, hardware: t4, quality: 1, strategy: hardware-spoof }';
    const emitted = async (...set: readonly string[]) => {
      const rest = ['workload.w.arrivals.perHour=0', 'horizon=10d', 'protocol.rewards.emission=1', fleet];
      const proofs = 'protocol.verification={ kind: proof-of-compute, passProbability: 0 }';
      const result = await run(proofs, 'fleet.a.throughput=2', ...rest, ...set);
      return numbers(tableNamed(result, 'nodes'), 'incomeTokens');
    };
    const byStake = (100 * 10) / 365.25;
    const plain = await emitted();
    for (const income of [plain[0]!, plain[10]!]) expect(income).toBeCloseTo(byStake, 4);
    const weighed = await emitted('protocol.rewards.emissionBy=compute');
    expect(weighed[0]).toBeCloseTo(2 * byStake, 4);
    // it declares 2.57, and has 0.228
    expect(weighed[10]).toBeCloseTo(0.228 * byStake, 4);
  });

  it('refunds the whole fee of a job that nobody looked at', async () => {
    const result = await run('fleet.a.completion=0', 'workload.w.deadline=none');
    const { ledger, clientAccounts } = result.finished.world;
    expect(metricOf(result, 'jobsTimedOut')).toBeGreaterThan(500);
    expect(ledger.balance[clientAccounts[0]!]! + metricOf(result, 'jobsOpen') * 200_003).toBe(1_000e6);
  });

  it('has recomputations paid by the treasury, as far as it can', async () => {
    const set = [
      'protocol.verification={kind: recompute, share: 1}',
      'protocol.rewards={kind: fee-split, operator: 1,' + ' verifiers: 0, treasury: 0, emission: 0}',
      'workload.w.jobs=100',
    ];
    const rich = await run(...set);
    expect(rich.finished.world.ledger.treasury).toBe(100e6 - 100 * 200_003);
    const poor = await run(...set, 'money.treasury=1');
    expect(poor.finished.world.ledger.treasury).toBe(0);
    expect(sum(numbers(tableNamed(poor, 'nodes'), 'incomeTokens'))).toBe(100 * 200_003 + 1_000_000);
  });

  it('needs a bond for each attempt: a node that can’t lock it gets no job', async () => {
    const bond = 'protocol.rewards={kind: fee-split, bondFraction: 0.5}';
    const poor = 'fleet.poor={nodes: 5, hardware: reference-cpu, funds: 0}';
    const result = await run(bond, poor, 'fleet.a.funds=10', 'protocol.verification=none', 'protocol.epoch=7d');
    const accepted = numbers(tableNamed(result, 'nodes'), 'attemptsAccepted');
    expect(accepted.slice(10)).toEqual([0, 0, 0, 0, 0]);
    expect(Math.min(...accepted.slice(0, 10))).toBeGreaterThan(0);
  });

  it('refuses shares that don’t sum to 1', () => {
    expect(() => loadText(base, 'protocol.rewards={kind: fee-split, operator: 0.9}')).toThrow(/sum to 1/);
  });

  const quiet = ['protocol.rewards.emission=0.08', 'workload.w.arrivals.perHour=0.001', 'horizon=10d'];
  /** What a node emits in so many days at a stake of 100. */
  const emitted = (days: number) => (days * 100e6 * 0.08) / 365.25;
  const minted = async (...set: readonly string[]) => (await run(...quiet, ...set)).finished.world.ledger.minted;

  it('emits 8 % a year of each stake, from joining to leaving', async () => {
    const { ledger } = (await run(...quiet)).finished.world;
    expect(ledger.minted).toBe(10 * 10 * Math.floor(emitted(1)));
    expect(ledger.balance.slice(0, 10).reduce((total, balance) => total + balance, 0)).toBe(ledger.minted);
    const late = await minted('fleet.a.joins.at=36h');
    expect(late).toBe(10 * (8 * Math.floor(emitted(1)) + Math.floor(emitted(0.5))));
    expect(await minted('fleet.a.leaves.at=36h')).toBe(10 * (Math.floor(emitted(1)) + Math.floor(emitted(0.5))));
    expect(await minted('protocol.rewards.emission=0')).toBe(0);
  });

  it('emits at the end of each epoch, and at the horizon for one that it cuts', async () => {
    expect(await minted('horizon=36h')).toBe(10 * (Math.floor(emitted(1)) + Math.floor(emitted(0.5))));
  });

  it.each(['false', 'true'])('emits nothing while a node is away, announced or not: %s', async (announced) => {
    // up for an hour in four, from the start on
    const outages = `fleet.a.outages={up: 1h, down: 3h, announced: ${announced}}`;
    for (const checkIn of ['none', '{every: 1h}']) {
      const amount = await minted(outages, `protocol.checkIn=${checkIn}`);
      expect(Math.abs(amount / (10 * emitted(10)) - 0.25)).toBeLessThan(0.001);
    }
  });

  it('emits nothing while a node is jailed', async () => {
    // each fails its first job of an epoch at once, and is barred until the end of the next one
    const set = [
      'workload.w.arrivals.perHour=600',
      'fleet.a.strategy=always-wrong',
      'protocol.verification={kind: recompute, share: 1}',
    ];
    const jail = (epochs: number) => minted(...set, `protocol.slashing.jailEpochs=${epochs}`);
    const free = await minted(...set);
    expect(free).toBe(10 * 10 * Math.floor(emitted(1)));
    expect(await jail(1)).toBeLessThan(0.02 * free);
  });

  it('emits nothing on a stake below the minimum, which gets no work', async () => {
    expect(await minted('protocol.stake.minimum=100.1')).toBe(0);
    expect(await minted('protocol.stake.minimum=100')).toBe(await minted());
  });

  it('emits by the stake that is left: half of it after half was slashed', async () => {
    const set = ['protocol.verification.errorProbability=1'];
    const slashed = ['workload.w.arrivals.perHour=60000', 'workload.w.jobs=10', 'protocol.assignment=round-robin'];
    const half = await minted(...set, ...slashed, 'protocol.slashing.fraction=0.5');
    // all within the first minutes
    expect(half / (10 * emitted(10))).toBeGreaterThan(0.499);
    expect(half / (10 * emitted(10))).toBeLessThan(0.502);
  });
});

describe('bonds and those that wait', () => {
  const scenario = `
    horizon: 20h
    warmUp: 0s
    network: single
    protocol:
      verification: none
      slashing: { kind: fixed, fraction: 0 }
      checkIn: none
      publish: { every: 0, delay: 0 }
      rewards: { kind: fee-split, bondFraction: 1, unbonding: 1h, emission: 0 }
    fleet:
      a:
        nodes: 10
        hardware: reference-cpu
        strategy: { kind: sybil-swarm, machines: 10 }
        leaves: { at: 5h, over: 8h }
    workload: { w: { class: task, arrivals: { perHour: 0.5 }, work: 10m, fee: 5, deadline: none } }
  `;

  it('are served, first come, first served, as soon as stake returns that bonds can be paid from', async () => {
    const result = await runFinished(loadText(scenario), { detail: true });
    const left = numbers(tableNamed(result, 'nodes'), 'leftDays');
    const paidAt = Math.min(...left.filter((days) => days > 0)) * 86_400 + 3_600;
    const jobs = records(tableNamed(result, 'jobs'));
    const early = jobs.filter(({ submittedSeconds }) => Number(submittedSeconds) < paidAt);
    expect(early.length).toBeGreaterThan(1);
    for (const { assignedSeconds } of early) expect(assignedSeconds).toBeCloseTo(paidAt, 3);
    // once everybody has left, nobody is left for a job
    for (const { submittedSeconds, assignedSeconds, outcome } of jobs.slice(early.length)) {
      if (outcome === 'unserved') expect(Number(submittedSeconds)).toBeGreaterThan(Math.max(...left) * 86_400);
      else expect(assignedSeconds).toBe(submittedSeconds);
    }
  });

  it('wait for nobody who can’t pay: neither a bond of a dearer class nor of a dearer workload is lent', async () => {
    const dear = 'workload.dear={class: task, arrivals: {perHour: 5}, work: 1m, fee: 50, deadline: none}';
    const cheap = ['workload.w.fee=0.1', 'fleet.a.funds=300', 'fleet.a.leaves={at: 50d}'];
    const result = await runFinished(loadText(scenario, dear, ...cheap), { detail: true });
    const jobs = finalJobs(result);
    // 300 tokens are six bonds of 50 at a time
    expect(jobs.filter(({ workload }) => workload === 'dear').length).toBeGreaterThan(50);
    const poor = await runFinished(loadText(scenario, dear, ...cheap, 'fleet.a.funds=40'), { detail: true });
    const served = finalJobs(poor);
    expect(served.filter(({ workload }) => workload === 'dear')).toHaveLength(0);
    expect(served.filter(({ workload }) => workload === 'w').length).toBeGreaterThan(3);
  });
});
