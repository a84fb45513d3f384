import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { rowsOf } from '../support/effort.js';
import { loadText, metricOf } from '../support/scenarios.js';
import { binomialErrors, errorsFrom, twentySeeds } from '../support/statistics.js';

const jobs = 1_000;

/** Nodes that are nearly always free, right but where a ring agrees otherwise; deadlines that nothing reaches. */
function voting(seed: string, verification: string, fleet: string, count = jobs) {
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
    workload: { w: { class: task, arrivals: { perHour: 1000 }, jobs: ${count}, work: 100ms, deadline: none } }
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
const identicalErrors = (phi: number, nodes = 40) =>
  `{ ring: { nodes: ${nodes}, hardware: reference-cpu, quality: 1,
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

describe('margin: one of two answers leads by δ as the ruin of a gambler', () => {
  it.each(
    rowsOf([
      [2, 0.7, 0.8448275862068965, 3.4482758620689657],
      [2, 0.9, 0.9878048780487805, 2.4390243902439024],
      [3, 0.9, 0.9986301369863013, 3.7397260273972606],
      [3, 0.7, 0.927027027027027, 6.405405405405405],
      [1, 0.8, 0.8, 1],
    ]),
  )('δ = %d, p = %d: right with probability %d, after %d answers in the mean', async (lead, p, right, answers) => {
    let accepted = 0;
    let wrong = 0;
    const means: number[] = [];
    const each = jobs / 4;
    for (const seed of twentySeeds) {
      const scheme = `{ kind: margin, lead: ${lead}, returnedMost: 63 }`;
      const result = await runScenario(voting(seed, scheme, identicalErrors(1 - p, 80), each));
      const completed = metricOf(result, 'jobsCompleted');
      accepted += completed;
      wrong += metricOf(result, 'wrongAcceptedRate') * completed;
      means.push(metricOf(result, 'redundancyFactor'));
    }
    expect(accepted).toBe(each * twentySeeds.length);
    expect(Math.abs(binomialErrors(Math.round(wrong), accepted, 1 - right))).toBeLessThan(4);
    if (lead === 1) expect(new Set(means)).toEqual(new Set([1]));
    else expect(Math.abs(errorsFrom(means, answers))).toBeLessThan(4);
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
