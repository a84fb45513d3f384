import { expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { loadText, numbers, tableNamed } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

/** Twelve nodes alike, of whose attempts a share ends without a result; jobs end long before the run does. */
const scenario = `
  horizon: 4d
  warmUp: 0
  network: single
  protocol:
    epoch: 1d
    assignment: uniform
    verification: none
    reputation: { kind: window-composite, window: 150, minJobs: 100, resetDrop: 1 }
    slashing: none
    attempts: 1
    checkIn: none
  fleet: { a: { nodes: 12, hardware: reference-cpu, completion: 0.9, slots: 1000 } }
  workload:
    w: { class: task, jobs: 3000, arrivals: { perHour: 60 }, work: { exponential: { mean: 1m } }, deadline: none }
`;

it('the composite score of equal nodes is 0.8 times their success rate, and 0.1 for their latency rank', async () => {
  const means: number[] = [];
  for (const seed of twentySeeds) {
    const nodes = tableNamed(await runScenario(loadText(scenario, `seed=${seed}`)), 'nodes');
    expect(numbers(nodes, 'windowJobs').every((jobs) => jobs === 150)).toBe(true);
    // ranks among the others are 0.5 in the mean, whatever they are
    expect(numbers(nodes, 'latencyRank').reduce((sum, rank) => sum + rank, 0)).toBeCloseTo(6, 9);
    means.push(numbers(nodes, 'score').reduce((sum, score) => sum + score, 0) / 12);
  }
  expect(Math.abs(errorsFrom(means, 0.8 * 0.9 + 0.2 * 0.5))).toBeLessThan(4);
});
