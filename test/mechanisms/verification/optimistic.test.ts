import { describe, expect, it } from 'vitest';
import { NONE } from '../../../sim/model/columns/nodes.js';
import type { Strategy } from '../../../sim/model/contract/roles.js';
import { buildLoaded, loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  seed: optimistic
  horizon: 5d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    verification: { kind: optimistic, window: 1h, checkProbability: 0.3, rounds: 2 }
    slashing: { kind: fixed, fraction: 0.0001 }
    rewards: { kind: fee-split, emission: 0 }
    slashedTo: { burn: 0.5, challenger: 0.5, treasury: 0, insurance: 0 }
  fleet:
    honest: { nodes: 40, hardware: reference-cpu, quality: 1, stake: 100, funds: 1000 }
    liars: { nodes: 10, hardware: reference-cpu, quality: 1, stake: 100, funds: 1000, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.2 } }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });
const within = (found: number, expected: number, n: number) =>
  expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / n));

/** A run whose honest nodes answer some question of strategies otherwise. */
function runWith(change: Partial<Strategy>, ...set: readonly string[]) {
  const built = buildLoaded(loadText(base, ...set));
  for (const { name, strategy } of built.world.cohorts) if (name === 'honest') Object.assign(strategy, change);
  built.world.simulation.runUntil(5 * 86_400, built.handlers);
  built.recorder.finish();
  return built;
}

describe('optimistic', () => {
  it.each([
    { checkers: 1, found: 0.3 },
    { checkers: 3, found: 1 - 0.7 ** 3 },
  ])(
    'refutes what $checkers appointed of whom each is called with probability 0.3 find',
    async ({ checkers, found }) => {
      const result = await run(`protocol.verification.checkers=${checkers}`);
      const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome !== 'open');
      const wrong = jobs.filter(({ isWrong }) => isWrong === true);
      expect(wrong.length).toBeGreaterThan(800);
      within(wrong.filter(({ outcome }) => outcome === 'rejected').length / wrong.length, found, wrong.length);
      const right = jobs.filter(({ isWrong }) => isWrong === false);
      expect(new Set(right.map(({ outcome }) => outcome))).toEqual(new Set(['completed']));
    },
  );

  it('delivers at once, and is final at once where nobody looks; a dispute takes its rounds', async () => {
    const result = await run();
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome !== 'open');
    const took = jobs.map((job) => Number(job.finalSeconds) - Number(job.deliveredSeconds));
    expect(new Set(jobs.map((job) => Math.round(Number(job.deliveredSeconds) - Number(job.submittedSeconds))))).toEqual(
      new Set([60]),
    );
    const looked = jobs.filter(({ attempts }) => Number(attempts) > 1);
    within(looked.length / jobs.length, 0.3, jobs.length);
    const least = (of: (job: (typeof jobs)[number]) => boolean) =>
      Math.min(...took.filter((_, place) => of(jobs[place]!)));
    expect(Math.max(...took.filter((_, place) => jobs[place]!.attempts === 1))).toBe(0);
    // a check takes a minute, if the checker isn't at work; the second round of a dispute half of one more
    expect(least(({ attempts, outcome }) => Number(attempts) > 1 && outcome === 'completed')).toBeCloseTo(60, 6);
    expect(least(({ outcome }) => outcome === 'rejected')).toBeCloseTo(90, 6);
  });

  it('keeps rows of those jobs alone at which somebody looks', () => {
    const built = buildLoaded(loadText(base, 'protocol.verification.window=1d', 'workload.w.arrivals.perHour=600'));
    let most = 0;
    for (let hour = 1; hour <= 24; hour++) {
      built.world.simulation.runUntil(hour * 3_600, built.handlers);
      most = Math.max(most, built.world.jobs.open);
    }
    // ten jobs a minute, each a minute long, three of ten for another minute; all of a day would be 14,400
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThan(60);
  });

  it('gives the challenger’s share of what a loser loses to who challenged, and burns the rest', async () => {
    const result = await run('protocol.slashing.fraction=0.01');
    const { ledger } = result.finished.world;
    expect(ledger.burned).toBeGreaterThan(0);
    expect(Math.abs(ledger.slashed - 2 * ledger.burned)).toBeLessThan(ledger.slashed / 1e3);
    const disputes = records(tableNamed(result, 'disputes'));
    expect(disputes.length).toBe(metricOf(result, 'jobsRejected'));
    expect(disputes.every(({ upheld, wrong }) => upheld === true && wrong === true)).toBe(true);
    const nodes = records(tableNamed(result, 'nodes'));
    const challengers = new Set(disputes.map(({ challenger }) => challenger));
    for (const { node, slashedTokens, cohort } of nodes) {
      if (cohort === 'honest') expect(slashedTokens).toBe(0);
      else expect(Number(slashedTokens)).toBeGreaterThan(0);
      expect(typeof node).toBe('number');
    }
    expect(challengers.size).toBeGreaterThan(30);
  });

  it('takes the bond of who challenges what is right, for whom was challenged', () => {
    const { world, recorder } = runWith({ challenges: () => true }, 'fleet.liars=null', 'protocol.verification.bond=2');
    const disputes = [...recorder.disputes];
    expect(disputes.length).toBeGreaterThan(1_000);
    expect(disputes.every(({ isUpheld }) => isUpheld === 0)).toBe(true);
    // nobody failed at a job; of each bond of 0.4 tokens half is burned
    expect(recorder.whole.rejected).toBe(0);
    expect(world.ledger.slashed).toBe(disputes.length * 400_000);
    expect(world.ledger.burned).toBe(disputes.length * 200_000);
  });

  it('asks whoever is called whether it looks, and whoever watches of its own accord', () => {
    const lazy = runWith({ checks: () => false });
    expect(lazy.recorder.disputes.length).toBeLessThan(100);
    let asked = 0;
    const watchful = runWith({ watches: () => (asked++ % 2 === 0 ? 0 : NONE) }, 'protocol.verification.checkers=0');
    expect(asked).toBeGreaterThan(1_000);
    expect(watchful.recorder.work.rechecks(0)).toBeGreaterThan(1_000);
    for (let node = 1; node < watchful.world.nodes.count; node++) expect(watchful.recorder.work.rechecks(node)).toBe(0);
  });

  it('needs a bond to challenge: who can’t lock it may not', async () => {
    const poor = await run('fleet.honest.funds=0', 'fleet.liars.funds=0', 'protocol.verification.bond=5000');
    expect(tableNamed(poor, 'disputes').rowCount).toBe(0);
    expect(metricOf(poor, 'jobsRejected')).toBe(0);
  });

  it('with a jury errs as the majority of its jurors does', async () => {
    const jury = 'protocol.verification={arbiter: jury, jurors: 3, jurorErrorProbability: 0.2, checkProbability: 1}';
    const result = await run(jury);
    const disputes = records(tableNamed(result, 'disputes'));
    expect(disputes.length).toBeGreaterThan(1_000);
    // two or three of three see the truth
    const right = 3 * 0.8 ** 2 * 0.2 + 0.8 ** 3;
    within(disputes.filter(({ upheld }) => upheld === true).length / disputes.length, right, disputes.length);
    const jurors = records(tableNamed(result, 'attestations'));
    expect(jurors.length).toBe(3 * disputes.length);
  });

  it('with a recheck takes another node’s capacity, which the treasury pays', async () => {
    const result = await run('protocol.verification={arbiter: recheck, checkProbability: 1}', 'money.treasury=1000');
    const disputes = records(tableNamed(result, 'disputes'));
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'rejected');
    expect(jobs.length).toBe(disputes.length);
    // the attempt, the check, and the recheck
    expect(new Set(jobs.map(({ attempts }) => attempts))).toEqual(new Set([3]));
  });

  it('with a jury that is split lets the result stand, and the challenger keep its bond', async () => {
    const jury = 'protocol.verification={arbiter: jury, jurors: 2, jurorErrorProbability: 0.5, checkProbability: 1}';
    const result = await run(jury, 'protocol.verification.bond=3', 'protocol.slashing.fraction=0');
    const disputes = records(tableNamed(result, 'disputes'));
    within(disputes.filter(({ upheld }) => upheld === true).length / disputes.length, 1 / 4, disputes.length);
    // one in four finds for the result: these lose 0.6 tokens each, and nobody else loses anything
    const failed = result.finished.world.ledger.slashed / 600_000;
    within(failed / disputes.length, 1 / 4, disputes.length);
  });

  it('pays who find a forced error, k of them a 2^(k−1)th of the jackpot each, and blames nobody', () => {
    const forced =
      'protocol.verification={checkers: 2, checkProbability: 0.5, forcedErrorProbability: 0.2, jackpot: 8}';
    const toWorkers = 'protocol.rewards={kind: fee-split, emission: 0, operator: 1, verifiers: 0, treasury: 0}';
    const built = runWith({}, 'fleet.liars=null', forced, 'money.treasury=100000', toWorkers);
    const { ledger, jobs } = built.world;
    expect(built.recorder.whole.rejected + built.recorder.disputes.length).toBe(0);
    const submitted = built.lives.submission.submittedJobs() - jobs.open;
    // one finder of two with probability ½ gets 1.6 tokens, two with ¼ get 0.8 each
    const expected = submitted * 0.2 * (0.5 * 1.6 + 0.25 * 2 * 0.8);
    const paid = 100_000 - (ledger.treasury - 40e6) / 1e6;
    const deviation = Math.sqrt(submitted * (0.2 * 0.75 * 1.6 ** 2));
    expect(ledger.slashed).toBe(0);
    expect(Math.abs(paid - expected)).toBeLessThan(4 * deviation);
  });

  it('keeps pay in escrow until nobody can challenge it any more', () => {
    const built = buildLoaded(loadText(base, 'fleet.liars=null', 'protocol.verification.window=30h', 'horizon=5d'));
    built.world.simulation.runUntil(26 * 3_600, built.handlers);
    // what was earned on the first day is free at the end of the second or third
    expect(built.world.ledger.paid.every((paid) => paid === 0)).toBe(true);
    built.world.simulation.runUntil(50 * 3_600, built.handlers);
    const paid = built.world.ledger.paid.reduce((sum, one) => sum + one, 0);
    // jobs of the first 18 hours
    expect(paid / (0.85 * 0.2e6)).toBeGreaterThan(18 * 60 * 0.85);
    expect(paid / (0.85 * 0.2e6)).toBeLessThan(18 * 60 * 1.15);
  });

  it('stands in a list, once', async () => {
    const attest = '{kind: peer-attestation, peers: 3, threshold: 2, errorProbability: 0}';
    const listed = await run(`protocol.verification=[${attest}, {kind: optimistic, checkProbability: 1, rounds: 1}]`);
    const wrong = records(tableNamed(listed, 'jobs')).filter((job) => job.isWrong === true && job.outcome !== 'open');
    expect(new Set(wrong.map(({ outcome }) => outcome))).toEqual(new Set(['rejected']));
    expect(numbers(tableNamed(listed, 'attestations'), 'panel').every((panel) => panel === 0)).toBe(true);
    expect(() => loadText(base, 'protocol.verification=[optimistic, none, optimistic]')).toThrow(
      /expected at most one scheme whose results can be challenged/,
    );
  });
});
