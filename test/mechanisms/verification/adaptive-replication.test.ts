import { describe, expect, it } from 'vitest';
import { AttemptKind } from '../../../sim/model/columns/attempts.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { runScenario } from '../../../sim/run.js';
import { buildLoaded, loadText, metricOf, runUntil } from '../../support/scenarios.js';
import { twentySeeds } from '../../support/statistics.js';

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: adaptive-replication
    slashing: none
    checkIn: none
    attempts: 5
  fleet: { honest: { nodes: 2, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, jobs: 400, work: 100ms, deadline: none } }
`;

/**
 * Mean and variance of how many of so many jobs are replicated, by dynamic programming over n: always below 10, then
 * with probability 1/n; each that is raises n by 1.
 */
function replicatedOf(jobs: number): { readonly mean: number; readonly variance: number } {
  /** By n, of the cases that came there: probability, and of the number of replicated jobs sum and sum of squares. */
  let states = new Map([[0, { probability: 1, sum: 0, squares: 0 }]]);
  for (let job = 0; job < jobs; job++) {
    const next: typeof states = new Map();
    const add = (n: number, probability: number, sum: number, squares: number) => {
      const state = next.get(n) ?? { probability: 0, sum: 0, squares: 0 };
      next.set(n, {
        probability: state.probability + probability,
        sum: state.sum + sum,
        squares: state.squares + squares,
      });
    };
    for (const [n, { probability, sum, squares }] of states) {
      const replicates = n < 10 ? 1 : 1 / n;
      add(n, (1 - replicates) * probability, (1 - replicates) * sum, (1 - replicates) * squares);
      add(
        n + 1,
        replicates * probability,
        replicates * (sum + probability),
        replicates * (squares + 2 * sum + probability),
      );
    }
    states = next;
  }
  const totals = [...states.values()];
  const mean = totals.reduce((all, { sum }) => all + sum, 0);
  return { mean, variance: totals.reduce((all, { squares }) => all + squares, 0) - mean * mean };
}

describe('adaptive replication', () => {
  it('replicates as many jobs of nodes that are always right as dynamic programming says', async () => {
    const { mean, variance } = replicatedOf(400);
    let replicated = 0;
    for (const seed of twentySeeds) {
      const result = await runScenario(loadText(base, `seed=${seed}`));
      expect(metricOf(result, 'jobsCompleted')).toBe(400);
      replicated += Math.round((metricOf(result, 'redundancyFactor') - 1) * 400);
    }
    // both nodes have done every replicated job, and so have the same n
    const runs = twentySeeds.length;
    expect(mean).toBeGreaterThan(20);
    expect(mean).toBeLessThan(60);
    expect(Math.abs(replicated - runs * mean) / Math.sqrt(runs * variance)).toBeLessThan(4);
  });

  it('counts confirmed results in a row alone, and begins anew after a wrong one, a crash, a missed deadline', () => {
    const built = buildLoaded(
      loadText(
        base,
        'seed=resets',
        'protocol.verification={kind: adaptive-replication, trustedFrom: 3}',
        'fleet.honest={nodes: 6, completion: 0.97}',
        'fleet.liars={nodes: 3, hardware: reference-cpu, quality: 1}',
        'fleet.liars.strategy={kind: always-wrong, wrongProbability: 0.1}',
        'fleet.late={nodes: 1, hardware: reference-cpu, quality: 1, throughput: {lognormal: {median: 0.02, sigma: 0}}}',
        'workload.w={jobs: 3000, arrivals: {perHour: 60}, deadline: {times: 3, atLeast: 1s}}',
      ),
    );
    const { attempts, jobs, kinds, nodes, roles } = built.world;
    const n = new Int32Array(nodes.count);
    const isReplicated = new Map<number, boolean>();
    let [surplus, variance, certain, trusted] = [0, 0, 0, 0];
    const failures = new Map<number, number>();

    const assigned = roles.verification.assigned!.bind(roles.verification);
    roles.verification.assigned = (attempt) => {
      const more = assigned(attempt);
      const [job, node] = [attempts.job[attempt]!, attempts.node[attempt]!];
      if (attempts.number[attempt] === 0) isReplicated.set(job, false);
      if (isReplicated.get(job)!) {
        expect(more).toBe(0);
        return more;
      }
      if (n[node]! < 3) {
        certain++;
        expect(more).toBe(1);
      } else {
        trusted++;
        surplus += more - 1 / n[node]!;
        variance += (1 / n[node]!) * (1 - 1 / n[node]!);
      }
      isReplicated.set(job, more === 1);
      return more;
    };
    const scoreAfter = roles.reputation.scoreAfter.bind(roles.reputation);
    roles.reputation.scoreAfter = (evidence, score) => {
      const { attempt, job, kind, subject } = evidence;
      if (attempt !== NONE) {
        expect(attempts.kind[attempt]).toBe(AttemptKind.work);
        if (kinds.isFailure[kind] === 1) {
          failures.set(kind, (failures.get(kind) ?? 0) + 1);
          n[subject] = 0;
        } else if (kind === EvidenceKind.success && isReplicated.get(job)!) n[subject]!++;
      }
      return scoreAfter(evidence, score);
    };
    runUntil(built, 10 * 86_400);

    expect(jobs.open).toBe(0);
    expect(failures.get(EvidenceKind.invalid)).toBeGreaterThan(20);
    expect(failures.get(EvidenceKind.timeout)).toBeGreaterThan(50);
    expect(certain).toBeGreaterThan(200);
    expect(trusted).toBeGreaterThan(1_000);
    expect(Math.abs(surplus) / Math.sqrt(variance)).toBeLessThan(4);
  });
});
