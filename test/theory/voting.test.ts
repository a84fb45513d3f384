import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { rowsOf } from '../support/effort.js';
import { loadText, metricOf } from '../support/scenarios.js';
import { binomialErrors, twentySeeds } from '../support/statistics.js';

const jobs = 1_000;

/** Nodes that are nearly always free, right but where a ring agrees otherwise; deadlines that nothing reaches. */
function voting(seed: string, verification: string, fleet: string) {
  return loadText(`
    seed: ${seed}
    horizon: 1d
    warmUp: 0
    network: single
    protocol:
      assignment: uniform
      verification: ${verification}
      slashing: { kind: fixed, fraction: 0 }
      checkIn: none
      epoch: 7d
      stake: { minimum: 0 }
    fleet: ${fleet}
    workload: { w: { class: task, arrivals: { perHour: 1000 }, jobs: ${jobs}, work: 100ms, deadline: none } }
  `);
}

/** Accepted jobs of twenty runs, and those among them whose accepted result was wrong. */
async function count(verification: string, fleet: string) {
  let accepted = 0;
  let wrong = 0;
  for (const seed of twentySeeds) {
    const result = await runScenario(voting(seed, verification, fleet));
    const completed = metricOf(result, 'jobsCompleted');
    accepted += completed;
    wrong += metricOf(result, 'wrongAcceptedRate') * completed;
  }
  return { accepted, wrong: Math.round(wrong) };
}

/** Every node of one ring: each answers wrong with probability φ, independently, and always the same. */
const identicalErrors = (phi: number) =>
  `{ ring: { nodes: 40, hardware: reference-cpu, quality: 1,
             strategy: { kind: collusion-ring, least: 1, wrongProbability: ${phi} } } }`;

describe('m-first voting: the error rate is the sum over j < m of C(m − 1 + j, j) φ^m (1 − φ)^j', () => {
  it.each(
    rowsOf([
      [1, 0.2, 0.2],
      [2, 0.1, 0.028],
      [2, 0.35, 0.28175],
      [3, 0.2, 0.05792],
      [3, 0.35, 0.235169375],
      [5, 0.35, 0.17171928552734372],
    ]),
  )('m = %d, φ = %d', async (m, phi, errorRate) => {
    const { accepted, wrong } = await count(`{ kind: m-first, m: ${m} }`, identicalErrors(phi));
    expect(accepted).toBe(jobs * twentySeeds.length);
    expect(Math.abs(binomialErrors(wrong, accepted, errorRate))).toBeLessThan(4);
  });
});

describe('redundancy: the error rate is the probability that wrong answers reach the quorum first', () => {
  it.each(
    rowsOf([
      [3, 2, 0.1, 0.028],
      [3, 2, 0.35, 0.28175],
      [5, 3, 0.2, 0.05792],
    ]),
  )('%d replicas, quorum %d, φ = %d: that of a majority', async (replicas, quorum, phi, errorRate) => {
    const scheme = `{ kind: redundancy, replicas: ${replicas}, quorum: ${quorum} }`;
    const { accepted, wrong } = await count(scheme, identicalErrors(phi));
    expect(accepted).toBe(jobs * twentySeeds.length);
    expect(Math.abs(binomialErrors(wrong, accepted, errorRate))).toBeLessThan(4);
  });
});

describe('colluders who cheat only where they are the quorum: as often as drawn without replacement', () => {
  it.each(
    rowsOf([
      [10, 3, 3, 2, 11 / 60],
      [20, 5, 3, 2, 8 / 57],
      [20, 5, 5, 3, 563 / 7752],
      [100, 20, 5, 3, 13908 / 261415],
      [100, 33, 7, 4, 291307 / 1819041],
    ]),
  )('N = %d, M = %d colluders, %d replicas, quorum %d', async (nodes, colluders, replicas, quorum, probability) => {
    const scheme = `{ kind: redundancy, replicas: ${replicas}, quorum: ${quorum} }`;
    const { accepted, wrong } = await count(
      scheme,
      `{ honest: { nodes: ${nodes - colluders}, hardware: reference-cpu, quality: 1 },
         ring: { nodes: ${colluders}, hardware: reference-cpu, quality: 1,
                 strategy: { kind: collusion-ring, least: ${quorum} } } }`,
    );
    // each job's replicas are assigned before the first of them answers, so that members know of each other
    expect(accepted).toBe(jobs * twentySeeds.length);
    expect(Math.abs(binomialErrors(wrong, accepted, probability))).toBeLessThan(4);
  });
});
