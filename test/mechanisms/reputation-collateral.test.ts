import { describe, expect, it } from 'vitest';
import { KeyedDraw } from '../../sim/engine/random-stream.js';
import { bondedJobs, bondingScore } from '../../sim/kernels/scores/bonding-curve.js';
import { epochBeacon } from '../../sim/kernels/sortition.js';
import { Evidence, EvidenceKind } from '../../sim/model/contract/evidence.js';
import { jobsTable } from '../../sim/record/tables/detail/jobs.js';
import { breaches } from '../support/invariants.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../support/scenarios.js';

const day = 86_400;

/** The protocol on one site; nobody fails unless a test says so. */
const base = `
  protocol: { extends: reputation-collateral, publish: { every: 0, delay: 0 }, checkIn: none }
  seed: collateral-1
  horizon: 2d
  warmUp: 0
  network: single
  fleet: { a: { nodes: 8, hardware: reference-cpu, quality: 1, stake: 0, funds: 400, slots: 10 } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 10s, deadline: none } }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const quiet = ['workload.w.arrivals.perHour=0', 'protocol.verification=none'];
const evidence = new Evidence();
const { success, invalid, timeout } = EvidenceKind;

/** What the model says after so many findings on a node, which belong to no job. */
function scoreAfter(built: ReturnType<typeof buildLoaded>, node: number, kind: number, times: number): number {
  const { nodes, roles } = built.world;
  for (let one = 0; one < times; one++) {
    nodes.score[node] = roles.reputation.scoreAfter(evidence.about(node, kind, 1, -1), nodes.score[node]!);
  }
  return nodes.score[node]!;
}

describe('the score in reputation-collateral', () => {
  it('is 1 − e^(−x/k) of the jobs done, from 0.6 at time 0', () => {
    const built = buildLoaded(loadText(base, ...quiet));
    expect(built.world.nodes.score[0]).toBeCloseTo(0.6, 12);
    expect(scoreAfter(built, 0, success, 100)).toBeCloseTo(1 - 0.4 * Math.exp(-0.5), 12);
    const fresh = buildLoaded(loadText(base, ...quiet, 'protocol.reputation.initialScore=0'));
    expect(scoreAfter(fresh, 0, success, 200)).toBeCloseTo(1 - Math.exp(-1), 12);
    expect(bondedJobs(bondingScore(123, 200), 200)).toBeCloseTo(123, 9);
  });

  it('begins at 0 for who joins later, and for who enters afresh: nobody can hand it on', () => {
    const built = buildLoaded(loadText(base, ...quiet, 'fleet.a.joins={ at: 1h }'));
    runUntil(built, 2 * 3_600);
    expect([...built.world.nodes.score].slice(0, 8)).toEqual(Array(8).fill(0));
  });

  it('fades by half of the work behind it in a half-life', () => {
    const built = buildLoaded(loadText(base, ...quiet, 'horizon=70d'));
    runUntil(built, 60 * day);
    expect(built.world.nodes.score[0]).toBeCloseTo(1 - Math.sqrt(0.4), 9);
  });

  it('grows more slowly with failures and with penalties behind it', () => {
    const built = buildLoaded(loadText(base, ...quiet, 'protocol.reputation.initialScore=0'));
    // one failure of two counts half
    scoreAfter(built, 0, invalid, 1);
    expect(scoreAfter(built, 0, success, 1)).toBeCloseTo(bondingScore(0.5, 200), 12);
    const { reputation } = built.world.roles;
    reputation.scoreMoved(1, -0.1);
    // a weight of a half for one penalty
    expect(scoreAfter(built, 1, success, 1)).toBeCloseTo(bondingScore(1 / 1.5, 200), 12);
  });

  it('is kept by class, and a class without work stays where it began', async () => {
    const built = buildLoaded(loadText(base, 'workload.v={ class: iot-oracle, arrivals: { perHour: 0 } }'));
    runUntil(built, day - 1);
    const { lanes, nodes } = built.world;
    expect(nodes.publishedScoreFor(0, lanes[0]!.jobClass)).toBeGreaterThan(0.61);
    expect(nodes.publishedScoreFor(0, lanes[1]!.jobClass)).toBeCloseTo(0.6, 9);
    expect(breaches(built)).toEqual([]);
  });

  it('sees evidence, never the truth: liars whom nobody checks fare as honest nodes do', async () => {
    const table = async (strategy: string) => {
      const result = await run('protocol.verification=none', `fleet.a.strategy=${strategy}`);
      return ['score', 'accumulatedJobs', 'incomeTokens'].map((name) => numbers(tableNamed(result, 'nodes'), name));
    };
    expect(await table('always-wrong')).toEqual(await table('honest'));
  });
});

describe('a fault in reputation-collateral', () => {
  const penaltyOf = (kind: number, ...set: readonly string[]) => {
    const built = buildLoaded(loadText(base, ...set));
    const { jobs, roles } = built.world;
    const job = jobs.take();
    jobs.workload[job] = 0;
    const penalty = { scoreChange: 0, bondFraction: 0, stakeFraction: 0 };
    roles.slashing.penalize(evidence.about(0, kind, 1, job, 0), 0.8, penalty as never);
    return penalty;
  };

  it('costs 30 % of the score and the bond, and no stake', () => {
    expect(penaltyOf(invalid)).toEqual({ scoreChange: -0.8 * 0.3, bondFraction: 1, stakeFraction: 0 });
  });

  it('is to be offline in a critical job, and in no other', () => {
    expect(penaltyOf(timeout, 'workload.w.valueAtRisk=1').scoreChange).toBeCloseTo(-0.24, 12);
    expect(penaltyOf(timeout, 'workload.w.valueAtRisk=0.9')).toEqual({
      scoreChange: -0,
      bondFraction: 0,
      stakeFraction: 0,
    });
  });

  it.each([
    ['the arbitration of a jury', []],
    ['a proof', ['protocol.verification=zero-knowledge']],
    ['a quote of hardware', ['protocol.verification={ kind: tee, brokenShare: 0 }']],
  ])('is found by %s, and takes score and bonds of liars alone', async (_, set) => {
    const checked =
      set.length === 0 ? ['protocol.verification.checkProbability=1'] : [...set, 'protocol.slashedTo.challenger=0'];
    const result = await run(
      ...checked,
      'fleet.liars={ nodes: 2, hardware: reference-cpu, strategy: always-wrong, stake: 0, funds: 100 }',
    );
    const rows = records(tableNamed(result, 'nodes'));
    const scores = (cohort: string) => rows.filter((row) => row.cohort === cohort).map(({ score }) => Number(score));
    expect(Math.max(...scores('liars'))).toBeLessThan(0.3);
    expect(Math.min(...scores('a'))).toBeGreaterThan(0.5);
    expect(metricOf(result, 'attackerSlashedUsd')).toBeGreaterThan(0);
    expect(metricOf(result, 'attackerContributionShare')).toBeLessThan(0.1);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });
});

describe('collateral in reputation-collateral', () => {
  it('is replaced by the score, by 80 % at most', () => {
    const built = buildLoaded(loadText(base, 'workload.w.fee=1'));
    const { jobs, nodes, roles } = built.world;
    const job = jobs.take();
    jobs.workload[job] = 0;
    jobs.fee[job] = 1_000_000;
    jobs.jobClass[job] = 0;
    const bonds = [0, 0.5, 1].map((score) => {
      nodes.publishedClassScore[0] = score;
      return roles.rewards.bond(job, 0);
    });
    expect(bonds).toEqual([1_000_000, 600_000, 200_000]);
    expect(roles.rewards.leastBond(1_000_000, 0)).toBe(200_000);
  });

  it('caps the value at risk by what it costs to build the score again', async () => {
    // 183 jobs behind a score of 0.6, of 0.1 tokens each
    const completed = async (atRisk: number) =>
      metricOf(
        await run('horizon=2h', 'protocol.reputation.halfLife=unlimited', `workload.w.valueAtRisk=${atRisk}`),
        'jobsCompleted',
      );
    expect(await completed(18)).toBeGreaterThan(50);
    expect(await completed(60)).toBe(0);
  });
});

describe('sortition in reputation-collateral', () => {
  it('is recomputed from what is public by a function that shares nothing with it but the hash', () => {
    const frozen = ['protocol.reputation={ kind: ema, alpha: 0 }', 'protocol.assignment.valueCap=none'];
    const built = buildLoaded(
      loadText(base, ...frozen, 'protocol.verification=none', 'protocol.queueLimit=unlimited', 'horizon=1d'),
      true,
    );
    runUntil(built, day);
    const units = Math.round(0.5 * 2 ** 20);
    const jobs = records(jobsTable(built.recorder.jobs));
    expect(jobs.length).toBeGreaterThan(1_000);
    const hash = new KeyedDraw(epochBeacon('collateral-1', 0));
    for (const { node, ordinal } of jobs) {
      expect(node).toBe(Math.floor(hash.below(8 * units, Number(ordinal), 0, 0) / units));
    }
  });
});

describe('bad input of reputation-collateral', () => {
  it.each([
    ['protocol.rewards.boosts.score=-0.1', 'expected a fraction from 0 to 1'],
    ['protocol.rewards.bondRelief=1.1', 'expected a fraction from 0 to 1'],
    ['protocol.assignment.valueCap=-1', 'expected an amount of tokens of at least 0'],
    ['protocol.reputation.scale=0', 'expected a number above 0'],
    ['protocol.reputation.initialScore=1', 'expected a number of at least 0 and below 1'],
    ['protocol.reputation.latencyNone=1', 'expected more than latencyFull'],
    ['protocol.slashing.fraction=2', 'expected a fraction from 0 to 1'],
  ])('refuses %s', (set, expected) => {
    expect(() => loadText(base, set)).toThrow(expected);
  });
});
