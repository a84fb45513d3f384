import { describe, expect, it } from 'vitest';
import { instrumentsOf } from '../../sim/build/mechanisms.js';
import { createAppeals } from '../../sim/model/nodes/appeals.js';
import { buildLoaded, loadText } from '../support/scenarios.js';
import { binomialErrors, twentySeeds } from '../support/statistics.js';

/** Probability that of n jurors, each for it with probability p, a majority is. */
function majority(n: number, p: number): number {
  let probability = 0;
  for (let votes = Math.floor(n / 2) + 1; votes <= n; votes++) {
    let ways = 1;
    for (let chosen = 1; chosen <= votes; chosen++) ways = (ways * (n - votes + chosen)) / chosen;
    probability += ways * p ** votes * (1 - p) ** (n - votes);
  }
  return probability;
}

const cases = 400;

/** Of appeals decided by such a committee under 20 seeds, how many were overturned. */
function overturned(jurors: number, error: number, hadOutage: boolean): number {
  let count = 0;
  for (const seed of twentySeeds) {
    const { world } = buildLoaded(
      loadText(`
        seed: ${seed}
        horizon: 1d
        protocol: { appeal: { committee: ${jurors}, errorProbability: ${error} } }
        fleet: { a: { nodes: 40, hardware: reference-cpu } }
        workload: { w: { class: task, arrivals: { perHour: 1 } } }
      `),
    );
    const appeals = createAppeals(world, instrumentsOf(world));
    for (let one = 0; one < cases; one++) if (appeals.overturns(one % 40, hadOutage, world.rules.now.appeal!)) count++;
  }
  return count;
}

describe('a committee of n honest jurors who err with probability e', () => {
  it.each([
    [1, 0.05],
    [3, 0.05],
    [5, 0.05],
    [5, 0.3],
    [9, 0.2],
    // a tie leaves the slash as it is
    [4, 0.3],
  ])('overturns by the tail of the binomial distribution: n = %d, e = %d', (jurors, error) => {
    const trials = cases * twentySeeds.length;
    for (const hadOutage of [true, false]) {
      const expected = majority(jurors, hadOutage ? 1 - error : error);
      expect(Math.abs(binomialErrors(overturned(jurors, error, hadOutage), trials, expected))).toBeLessThan(4);
    }
  });
});
