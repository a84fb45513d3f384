import { expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

const nodes = 64;
const wrong = 0.2;
const slashed = 0.5;

/** Each node answers one job, is found out if it is wrong, and loses half of its stake and of what lies with it. */
const text = `
horizon: 8d
warmUp: 0
network: single
protocol:
  assignment: round-robin
  verification: { kind: zero-knowledge, soundnessError: 0 }
  reputation: ema
  checkIn: none
  attempts: 1
  slashing: { kind: fixed, fraction: ${slashed} }
  rewards: { kind: fee-split, emission: 0 }
fleet:
  nodes: { nodes: ${nodes}, hardware: reference-cpu, quality: ${1 - wrong}, stake: 100, delegated: 100 }
workload: { w: { class: task, jobs: ${nodes}, arrivals: { perHour: 1 }, work: 1s, fee: 0.1, deadline: none } }
`;

it.each([1, 4, 16])('spread over %d nodes, what a delegator loses varies by so much less', async (spread) => {
  const variances: number[] = [];
  const losses: number[] = [];
  for (const seed of twentySeeds) {
    const result = await runFinished(loadText(text, `seed=${seed}`, `fleet.nodes.delegatorsSpread=${spread}`));
    variances.push(metricOf(result, 'delegatorLossDeviation') ** 2);
    losses.push(metricOf(result, 'delegatorLossFraction'));
  }
  // of independent losses σ² the mean of n varies by σ²/n, and the mean of all, which isn't seen, by σ²/N
  const variance = slashed * slashed * wrong * (1 - wrong);
  expect(Math.abs(errorsFrom(losses, slashed * wrong))).toBeLessThan(4);
  expect(Math.abs(errorsFrom(variances, variance / spread - variance / nodes))).toBeLessThan(4);
});
