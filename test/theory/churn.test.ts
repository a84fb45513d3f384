import { describe, expect, it } from 'vitest';
import { Limit } from '../../sim/model/columns/limits.js';
import { buildLoaded, loadText, runUntil } from '../support/scenarios.js';
import { errorsFrom, meanAndError, twentySeeds } from '../support/statistics.js';

/** Newcomers a day and mean residence [d]: 40 at home in the long run. */
const perDay = 10;
const meanDays = 4;

/** Nodes at home, among newcomers, at times far enough apart to be all but independent. */
function population(seed: string, after: string): number[] {
  const built = buildLoaded(
    loadText(`
      seed: ${seed}
      horizon: 300d
      network: single
      protocol: { checkIn: none, epoch: 7d, publish: { every: 0 } }
      sampleEvery: 100d
      fleet:
        a: { nodes: 1, joins: { newcomers: { perDay: ${perDay} } }, leaves: { after: ${after} } }
      workload: { w: { class: task, arrivals: { perDay: 0 } } }
    `),
  );
  const { presentNodes } = built.world;
  const found: number[] = [];
  for (let at = 60; at <= 300; at += 40) {
    runUntil(built, at * 86_400);
    found.push(presentNodes.size);
  }
  expect(built.world.limits.times[Limit.newcomers]).toBe(0);
  return found;
}

// M/G/∞: Poisson arrivals that stay independent times are a Poisson number in the long run, whatever the distribution
describe('the population under churn', () => {
  it.each([
    ['exponential', `{exponential: {mean: ${meanDays}d}}`],
    ['constant', `${meanDays}d`],
    ['log-normal', `{lognormal: {median: ${(meanDays * Math.exp(-0.5)).toFixed(6)}d, sigma: 1}}`],
  ])('has arrival rate times mean residence as its mean and variance: residence %s', (_title, after) => {
    const counts = twentySeeds.flatMap((seed) => population(seed, after));
    expect(Math.abs(errorsFrom(counts, perDay * meanDays))).toBeLessThan(4);
    const { mean } = meanAndError(counts);
    const squares = counts.map((count) => (count - mean) ** 2);
    expect(Math.abs(errorsFrom(squares, perDay * meanDays))).toBeLessThan(4);
  });
});
