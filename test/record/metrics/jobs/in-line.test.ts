import { expect, test } from 'vitest';
import { loadText, metricOf, runFinished } from '../../../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../../../support/statistics.js';

const load = 0.8;
const serviceMean = 60;
const queue = (seed: string) => `
  seed: ${seed}
  horizon: 6d
  warmUp: 12h
  sampleEvery: 10m
  network: single
  protocol:
    assignment: uniform
    verification: none
    reputation: ema
    slashing: { kind: fixed, fraction: 0 }
    acknowledgeWithin: unlimited
    checkIn: none
    publish: { every: 0, delay: 0 }
  fleet: { server: { nodes: 1, hardware: reference-cpu, quality: 1 } }
  workload:
    customers:
      class: task
      arrivals: { perSecond: ${load / serviceMean} }
      work: { exponential: { mean: ${serviceMean} } }
      deadline: none
`;

test('the line of M/M/1 is ρ²/(1 − ρ) long on average, as Little’s law has it', async () => {
  const runs = await Promise.all(twentySeeds.map((seed) => runFinished(loadText(queue(seed)))));
  const means = runs.map((run) => metricOf(run, 'jobsWaitingMean'));
  expect(Math.abs(errorsFrom(means, load ** 2 / (1 - load)))).toBeLessThan(4);
  for (const [place, run] of runs.entries()) {
    const most = metricOf(run, 'jobsWaitingMost');
    expect(Number.isInteger(most)).toBe(true);
    expect(most).toBeGreaterThan(means[place]!);
  }
}, 60_000);

test('without a job in line both are 0', async () => {
  const run = await runFinished(loadText(queue('idle'), 'workload.customers.arrivals.perSecond=0'));
  expect([metricOf(run, 'jobsWaitingMean'), metricOf(run, 'jobsWaitingMost')]).toEqual([0, 0]);
});
