import { describe, expect, it } from 'vitest';
import { NodeState } from '../../../sim/model/columns/nodes.js';
import { rowsOf } from '../../support/effort.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';
import { binomialErrors, errorsFrom, twentySeeds } from '../../support/statistics.js';

const base = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: spot-check
    slashing: { kind: fixed, fraction: 0, ejectsFor: [spotCheckFailed] }
    checkIn: none
    queueLimit: unlimited
  fleet:
    honest: { nodes: 80, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 20, hardware: reference-cpu, quality: 1, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perSecond: 1 }, work: 10ms, fee: 0, deadline: none } }
`;

/** Jobs that each liar got before it was ejected; those of the others until each of them had got so many. */
function jobsOfLiars(seed: string, wrongProbability: number, until: number) {
  const liar = `fleet.liars.strategy={kind: always-wrong, wrongProbability: ${wrongProbability}}`;
  const built = buildLoaded(loadText(base, `seed=${seed}`, liar));
  const { cohorts, nodes } = built.world;
  const got = new Map<number, number>();
  for (let node = 80; node < 100; node++) got.set(node, 0);
  cohorts[1]!.strategy.accepts = (node) => {
    got.set(node, got.get(node)! + 1);
    return true;
  };
  const isDone = () => [...got].every(([node, jobs]) => nodes.state[node] === NodeState.ejected || jobs >= until);
  for (let hour = 1; !isDone(); hour++) runUntil(built, hour * 3_600);
  return [...got].map(([node, jobs]) => ({ jobs, isEjected: nodes.state[node] === NodeState.ejected }));
}

describe('spot-check, with a rule that ejects who fails one', () => {
  it.each(
    rowsOf([
      [0.1, 50, 0.01313800803553788],
      [1, 20, 0.029490399],
      [0.5, 50, 0.009436597224554238],
    ]),
  )('of liars that lie with probability %d so many are left after %d jobs that the error rate is %d', (s, n, error) => {
    const [f, q] = [0.2, 0.1];
    let left = 0;
    for (const seed of twentySeeds) {
      left += jobsOfLiars(seed, s, n).filter(({ jobs, isEjected }) => !isEjected || jobs > n).length;
    }
    const liars = 20 * twentySeeds.length;
    const survival = (1 - q * s) ** n;
    expect(Math.abs(binomialErrors(left, liars, survival))).toBeLessThan(4);
    // s·f(1 − qs)^n/((1 − f) + f(1 − qs)^n), to which the same standard error leads
    const rate = (share: number) => (s * f * share) / (1 - f + f * share);
    expect(rate(survival)).toBeCloseTo(error, 8);
    const standard = Math.sqrt((survival * (1 - survival)) / liars);
    expect(Math.abs(rate(left / liars) - error)).toBeLessThan(4 * (rate(survival + standard) - rate(survival)) * 1.01);
  });

  it('finds a liar after 1/(qs) jobs in the mean', () => {
    const means = twentySeeds.map((seed) => {
      const found = jobsOfLiars(seed, 0.8, Number.POSITIVE_INFINITY);
      return found.reduce((sum, { jobs }) => sum + jobs, 0) / found.length;
    });
    expect(Math.abs(errorsFrom(means, 1 / (0.1 * 0.8)))).toBeLessThan(4);
  });
});

describe('spot-checks', () => {
  const calm = ['seed=calm', 'protocol.slashing=none', 'horizon=3h', 'workload.w.fee=0.5', 'money.treasury=10000'];

  it('change nothing for clients’ jobs, and are none of them in tables and metrics', async () => {
    const run = (...set: readonly string[]) => runFinished(loadText(base, ...calm, ...set), { detail: true });
    const [without, with_] = [
      await run('protocol.verification=none'),
      await run('protocol.verification.probability=0.5'),
    ];
    expect(metricOf(without, 'spotChecks')).toBe(0);
    expect(metricOf(with_, 'spotChecks')).toBeGreaterThan(9_000);
    // when they are done changes, as nodes have more to do
    for (const name of ['ordinal', 'submittedSeconds', 'workSeconds', 'node', 'attempts', 'isWrong', 'outcome']) {
      const of = (result: typeof without) => records(tableNamed(result, 'jobs')).map((row) => row[name]);
      expect(of(without)[0], name).toBeDefined();
      expect(of(with_), name).toEqual(of(without));
    }
    for (const name of [
      'jobsFinal',
      'jobsCompleted',
      'jobsOpen',
      'wrongAcceptedRate',
      'redundancyFactor',
      'giniWork',
    ]) {
      expect(metricOf(with_, name), name).toBe(metricOf(without, name));
    }
    // each has an answer, of which a fifth is wrong
    const share = metricOf(with_, 'spotChecksWrong') / metricOf(with_, 'spotChecks');
    expect(share).toBeGreaterThan(0.18);
    expect(share).toBeLessThan(0.22);
  });

  it('are as many as their probability says, of all jobs that nodes get', async () => {
    const result = await runFinished(loadText(base, ...calm, 'protocol.verification.probability=0.3'));
    const [checks, jobs] = [metricOf(result, 'spotChecks'), metricOf(result, 'jobsFinal')];
    expect(Math.abs(binomialErrors(checks, checks + jobs, 0.3))).toBeLessThan(4);
  });

  it('are paid by the treasury, fee and all, or not made', async () => {
    const honest = 'fleet.liars=null';
    const result = await runFinished(loadText(base, ...calm, honest));
    const { ledger } = result.finished.world;
    const checks = metricOf(result, 'spotChecks');
    // nine tenths of each fee go to the operator; the treasury gets its own part back
    const operator = metricOf(result, 'spotCheckCostTokens') / checks / 0.5;
    expect(operator).toBeGreaterThan(0.5);
    expect(operator).toBeLessThan(1);
    expect(ledger.residue()).toBe(0);
    const poor = await runFinished(
      loadText(
        base,
        ...calm,
        honest,
        'money.treasury=0',
        'protocol.stake.identityFee=0',
        'protocol.rewards={kind: fee-split, operator: 1, verifiers: 0, treasury: 0}',
      ),
    );
    expect(metricOf(poor, 'spotChecks')).toBe(0);
    expect(records(tableNamed(poor, 'limits')).map(({ limit }) => limit)).toContain('treasury');
  });
});
