import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../sim/engine/math.js';
import { runScenario } from '../../sim/run.js';
import { rowsOf } from '../support/effort.js';
import { atLeast, expectationOf, normalBelow } from '../support/normal.js';
import { buildLoaded, loadText, metricOf } from '../support/scenarios.js';
import { binomialErrors, errorsFrom, twentySeeds } from '../support/statistics.js';

/** Probability that at least k of n are right, whose errors share what the difficulty says. */
function rightOf(n: number, k: number, p: number, difficulty: number): number {
  const bound = normalQuantile(p);
  return expectationOf((z) => {
    const given = normalBelow((bound - Math.sqrt(difficulty) * z) / Math.sqrt(1 - difficulty));
    return atLeast(n, k, given);
  });
}

/** By seed: of how many of so many jobs at least k of n honest attempts are right. */
function majorities(n: number, k: number, p: number, difficulty: number, jobCount: number): readonly number[] {
  return twentySeeds.map((seed) => {
    const { attempts, jobKeys, jobs, truth } = buildLoaded(
      loadText(`
        seed: ${seed}
        horizon: 1d
        network: single
        fleet: { voters: { nodes: ${n}, hardware: reference-cpu, quality: ${p} } }
        workload: { w: { class: task, arrivals: { perHour: 1 }, difficulty: ${difficulty} } }
      `),
    ).world;
    const job = jobs.take();
    jobs.workload[job] = 0;
    const voters = Array.from({ length: n }, (_, node) => {
      const attempt = attempts.take();
      attempts.job[attempt] = job;
      attempts.number[attempt] = node;
      attempts.node[attempt] = node;
      return attempt;
    });
    let majorityRight = 0;
    for (let ordinal = 0; ordinal < jobCount; ordinal++) {
      jobKeys.begin(job, ordinal, 0);
      if (voters.filter((attempt) => truth.isSound(attempt)).length >= k) majorityRight++;
    }
    return majorityRight / jobCount;
  });
}

describe('the majority of 39 voters who are right with probability 0.636', () => {
  it('is right with probability 0.959 where errors are independent', () => {
    expect(rightOf(39, 20, 0.636, 0)).toBeCloseTo(atLeast(39, 20, 0.636), 6);
    expect(atLeast(39, 20, 0.636)).toBeCloseTo(0.959, 3);
    expect(Math.abs(errorsFrom(majorities(39, 20, 0.636, 0, 300), atLeast(39, 20, 0.636)))).toBeLessThan(4);
  });

  it('is right with 0.759 where a fifth of the variance of their errors is the question’s', () => {
    const expected = rightOf(39, 20, 0.636, 0.2135);
    expect(expected).toBeCloseTo(0.759, 3);
    expect(Math.abs(errorsFrom(majorities(39, 20, 0.636, 0.2135, 300), expected))).toBeLessThan(4);
  });
});

describe('one voter', () => {
  it('is right as often as its quality says, however hard jobs are', () => {
    for (const difficulty of [0, 0.3, 1]) {
      expect(Math.abs(errorsFrom(majorities(1, 1, 0.7, difficulty, 300), 0.7))).toBeLessThan(4);
    }
  });
});

describe('replicas of a quorum, of which honest ones agree on the right answer alone', () => {
  it.each(
    rowsOf([
      [5, 3, 0.7, 0],
      [5, 3, 0.7, 0.2],
      [3, 3, 0.7, 0.5],
      [5, 3, 0.7, 0.6],
    ]),
  )('%d replicas, quorum %d, quality %d, difficulty %d: accepted as the integral says', async (n, k, p, difficulty) => {
    let completed = 0;
    let ended = 0;
    for (const seed of twentySeeds) {
      const result = await runScenario(
        loadText(`
          seed: ${seed}
          horizon: 1d
          warmUp: 0
          network: single
          protocol:
            assignment: uniform
            verification: { kind: redundancy, replicas: ${n}, quorum: ${k} }
            slashing: none
            checkIn: none
          fleet: { a: { nodes: 30, hardware: reference-cpu, quality: ${p} } }
          workload:
            w: { class: task, arrivals: { perHour: 300 }, jobs: 200, work: 100ms, deadline: none,
                 difficulty: ${difficulty} }
        `),
      );
      completed += metricOf(result, 'jobsCompleted');
      ended += metricOf(result, 'jobsFinal');
    }
    expect(ended).toBe(200 * twentySeeds.length);
    expect(Math.abs(binomialErrors(completed, ended, rightOf(n, k, p, difficulty)))).toBeLessThan(4);
  });
});
