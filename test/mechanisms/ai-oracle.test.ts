import { describe, expect, it } from 'vitest';
import { committeeCapture } from '../../sim/kernels/voting/committee-capture.js';
import { runScenario } from '../../sim/run.js';
import { rowsOf } from '../support/effort.js';
import { linesOf } from '../support/refusals.js';
import { loadText, metricOf, numbers, records, runFinished, runUntil, tableNamed } from '../support/scenarios.js';
import { scriptedWorld } from '../support/scripted.js';
import { binomialErrors, twentySeeds } from '../support/statistics.js';

const day = 86_400;

/** The protocol on one site; answers are exactly right, and nobody fails, unless a test says so. */
const base = `
  protocol: { extends: ai-oracle, publish: { every: 0, delay: 0 }, checkIn: none }
  seed: oracle-1
  horizon: 1d
  warmUp: 0
  network: single
  fleet:
    a:
      nodes: 10
      hardware: consumer-gpu
      quality: 1
      answers: { noise: 0, hallucination: 0 }
      stake: 100
      funds: 500
      bondFunds: 1000
  workload: { w: { class: oracle-query, arrivals: { perHour: 20 }, jobs: 100, work: 500ms, fee: 0.05 } }
`;
const committeeOf = (size: number, quorum: number) => [
  `protocol.verification.0.committee=${size}`,
  `protocol.verification.0.quorum=${quorum}`,
];
const unchecked = 'protocol.verification.1.checkProbability=0';
const alwaysChecked = 'protocol.verification.1.checkProbability=1';
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const isNear = (value: number) => Math.round(value * 1e6) / 1e6;

describe('bonds in ai-oracle', () => {
  it('are of ten fees each, in a currency of their own, and come back where nobody was at fault', async () => {
    const result = await run(unchecked);
    const { ledger, bondLedger } = result.finished.world;
    expect(bondLedger).not.toBe(ledger);
    expect(metricOf(result, 'jobsCompleted')).toBe(100);
    expect(metricOf(result, 'bondTokensSlashed')).toBe(0);
    // an operator with less than one bond gets no work
    const poor = await run(unchecked, 'fleet.a.bondFunds=4.99');
    expect(metricOf(poor, 'jobsCompleted')).toBe(0);
  });

  it('are lost to a challenge that is upheld, half burned, half the challenger’s, and the score falls', async () => {
    const result = await run(
      ...committeeOf(1, 1),
      alwaysChecked,
      'workload.w.jobs=20',
      'fleet.a.nodes=1',
      'fleet.a.strategy={ kind: always-wrong, shift: 0.3 }',
      'fleet.checkers={ nodes: 1, hardware: consumer-gpu, stake: 5, quality: 1, funds: 50, bondFunds: 50 }',
      'fleet.checkers.answers={ noise: 0, hallucination: 0 }',
      'protocol.stake.minimum=0',
      'protocol.slashing.critical.review=0',
    );
    const lost = metricOf(result, 'bondTokensSlashed');
    expect(lost).toBeGreaterThan(0);
    // ten fees of 0.05
    expect(isNear(lost % 0.5)).toBe(0);
    expect(metricOf(result, 'bondTokensBurned')).toBeCloseTo(lost / 2, 6);
    expect(metricOf(result, 'bondTokensAwarded')).toBeCloseTo(lost / 2, 6);
    const [liar] = records(tableNamed(result, 'nodes'));
    expect(liar!.scarPoints).toBe((lost / 0.5) * 50);
  });

  it('lose a tenth for each late answer, and nothing at 5 s', async () => {
    const slow = ['workload.w.deadline=none', 'fleet.a.throughput=1', unchecked, ...committeeOf(3, 2)];
    const late = await run(...slow, 'workload.w.work=5.1s', 'workload.w.jobs=40');
    expect(metricOf(late, 'bondTokensSlashed')).toBeCloseTo(40 * 3 * 0.1 * 0.5, 6);
    const inTime = await run(...slow, 'workload.w.work=4.9s', 'workload.w.jobs=40');
    expect(metricOf(inTime, 'bondTokensSlashed')).toBe(0);
  });
});

describe('money in ai-oracle', () => {
  it('goes for each answer, 0.002 tokens, which are burned', async () => {
    const result = await run(unchecked);
    expect(metricOf(result, 'chargedTokens')).toBeCloseTo(100 * 7 * 0.002, 6);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('is paid from the minimum score on, and goes to the treasury below it', async () => {
    const paid = (result: Awaited<ReturnType<typeof run>>) =>
      numbers(tableNamed(result, 'nodes'), 'incomeTokens').reduce((sum, each) => sum + each, 0);
    const noEmission = 'protocol.rewards.emission=0';
    // a node of a score frozen at 500
    const frozen = ['protocol.reputation.priorWeight=1000000', noEmission, unchecked];
    const entitled = await run(...frozen, 'protocol.rewards.minimumScore=500');
    expect(paid(entitled)).toBeCloseTo(100 * 7 * 0.006071, 5);
    const below = await run(...frozen, 'protocol.rewards.minimumScore=501');
    expect(metricOf(below, 'jobsCompleted')).toBe(100);
    expect(paid(below)).toBe(0);
    expect(metricOf(below, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('is out of reach for 14 days after leaving', async () => {
    const { built, ledger } = scriptedWorld(
      base.replace('horizon: 1d', 'horizon: 30d').replace('nodes: 10', 'nodes: 10\n      strategy: scripted'),
      (actions) => {
        if (actions.epoch === 1 && actions.operator === 0) actions.leave(0);
      },
    );
    runUntil(built, 14.5 * day);
    expect(ledger.unbonding[0]).toBe(100e6);
    runUntil(built, 15.5 * day);
    expect(ledger.unbonding[0]).toBe(0);
  });
});

describe('who is selected in ai-oracle', () => {
  it('has the minimum score; who falls below it is left out', async () => {
    const frozen = [unchecked, 'protocol.reputation.priorWeight=1000000', 'protocol.stake.minimum=0'];
    const open = await run(...frozen, 'protocol.assignment.minimumScore=500');
    expect(metricOf(open, 'jobsCompleted')).toBe(100);
    const closed = await run(...frozen, 'protocol.assignment.minimumScore=501');
    expect(metricOf(closed, 'jobsCompleted')).toBe(0);
  });

  it.each(
    rowsOf([
      [30, 12, 5],
      [40, 20, 7],
    ]),
  )(
    'of %d nodes of equal score, %d in a ring, %d at a time: captured as by draws without replacement',
    async (...row) => {
      const [nodes, ring, committee] = row;
      const need = (committee + 1) / 2;
      let captured = 0;
      let jobs = 0;
      for (const seed of twentySeeds) {
        const result = await runScenario(
          loadText(
            base,
            `seed=${seed}`,
            ...committeeOf(committee, need),
            unchecked,
            'protocol.slashing=none',
            'protocol.reputation.priorWeight=1000000',
            `fleet.a.nodes=${nodes - ring}`,
            `fleet.ring={ nodes: ${ring}, hardware: consumer-gpu, funds: 500, bondFunds: 1000 }`,
            'fleet.ring.strategy={ kind: collusion-ring, least: 1, shift: 0.04 }',
            'workload.w.arrivals.perHour=100',
            'workload.w.jobs=200',
          ),
        );
        const completed = metricOf(result, 'jobsCompleted');
        captured += Math.round(metricOf(result, 'committeesCapturedFraction') * completed);
        jobs += completed;
      }
      expect(jobs).toBe(4_000);
      const probability = committeeCapture(nodes, ring, committee, need);
      expect(Math.abs(binomialErrors(captured, jobs, probability))).toBeLessThan(4);
    },
  );
});

describe('a critical case in ai-oracle', () => {
  /** The first operator signs twice as the first epoch ends. */
  const signedTwice = (leaves: boolean) =>
    scriptedWorld(
      base.replace('horizon: 1d', 'horizon: 10d').replace('nodes: 10', 'nodes: 10\n      strategy: scripted'),
      (actions) => {
        if (actions.epoch !== 1 || actions.operator !== 0) return;
        actions.equivocate(0);
        if (leaves) actions.leave(0);
      },
    );

  it('is reviewed for an epoch, with the stake out of reach, and then costs all of it', () => {
    const { built, ledger, nodes } = signedTwice(false);
    runUntil(built, 2.5 * day);
    expect([nodes.stake[0], ledger.burned < 49e6]).toEqual([0, true]);
    runUntil(built, 3.5 * day);
    expect(ledger.burned).toBeGreaterThanOrEqual(50e6);
    expect([nodes.score[0], nodes.jailedUntil[0]]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(ledger.residue()).toBe(0);
  });

  it('reaches stake that unbonds', () => {
    const { built, ledger } = signedTwice(true);
    runUntil(built, 1.5 * day);
    expect(ledger.unbonding[0]).toBe(100e6);
    runUntil(built, 3.5 * day);
    expect(ledger.unbonding[0]).toBe(0);
    expect(ledger.burned).toBeGreaterThanOrEqual(50e6);
  });
});

describe('weights of the score', () => {
  it('change when their timelock ends, for all nodes at the next epoch’s end', async () => {
    const set = '{ protocol.reputation.accuracyWeight: 0.25, protocol.reputation.latencyWeight: 0.5 }';
    const slow = ['workload.w.work=4.9s', 'fleet.a.throughput=1', 'workload.w.deadline=none', unchecked, 'horizon=4d'];
    const flat = [...slow, 'protocol.reputation.priorWeight=0', 'protocol.reputation.halfLife=unlimited'];
    const kept = await run(...flat);
    const changed = await run(...flat, `changes=[{ at: 50h, set: ${set} }]`);
    const score = (result: Awaited<ReturnType<typeof run>>) => numbers(tableNamed(result, 'nodes'), 'score')[0]!;
    // accuracy 1, latency near 0, uptime unknown: half of 250
    expect(score(kept)).toBeGreaterThan(625);
    expect(score(kept)).toBeLessThan(640);
    expect(score(kept) - score(changed)).toBeGreaterThan(230);
  });
});

describe('settings of ai-oracle that contradict one another', () => {
  it.each([
    ['verification: { kind: consensus, committee: 5, quorum: 6 }', /:2:.*quorum: expected a quorum of at most/],
    [
      'slashing: { kind: matrix, minor: { fraction: { to: 0.1 } } }',
      /:54:.*major.fraction.from: expected at least as much/,
    ],
    [
      'slashing: { kind: matrix, major: { jailEpochs: { from: 2 } } }',
      /:2:.*jailEpochs.from: expected at least as long/,
    ],
    ['slashing: { kind: matrix, critical: { score: 0.2 } }', /:2:.*critical.score: expected at least as much/],
    [
      'rewards: { kind: fee-split, bondFraction: 10, holdEpochs: 15 }',
      /:2:.*holdEpochs: expected at most as many epochs as unb/,
    ],
    [
      'rewards: { kind: fee-split, bondFraction: 10, minimumScore: 1001 }',
      /:2:.*minimumScore: expected at most the hig/,
    ],
    ['assignment: { kind: weighted-random, minimumScore: 1001 }', /:2:.*minimumScore: expected at most the highest/],
  ])('are refused with their line: %s', (settings, expected) => {
    const text = base.replace('extends: ai-oracle,', `extends: ai-oracle, ${settings},`);
    expect(linesOf(() => loadText(text))[0]).toMatch(expected);
  });

  it.each([
    [501, 500],
    [500, null],
  ])('are warned of: a minimum score of %d, where new nodes have 500', (minimumScore, initial) => {
    const assignment = `assignment: { kind: weighted-random, minimumScore: ${minimumScore} }`;
    const { warnings } = loadText(base.replace('extends: ai-oracle,', `extends: ai-oracle, ${assignment},`));
    const told = warnings.filter(({ path }) => path.endsWith('minimumScore'));
    expect(told.map(({ expected }) => expected)).toEqual(
      initial === null ? [] : [`at most the highest score before anybody has had a job, ${initial}`],
    );
  });
});
