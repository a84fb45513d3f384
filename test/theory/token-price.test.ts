import { describe, expect, it } from 'vitest';
import { log } from '../../sim/engine/math.js';
import { createTokenPrice } from '../../sim/scenario/plan/token-price-plan.js';
import { loadText } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

const day = 86_400;
const [volatility, drift, days] = [0.05, -0.01, 200];

/** Log-returns of the days of a run with the seed. */
function returnsOf(seed: string): number[] {
  const { scenario } = loadText(
    `{ horizon: ${days}d, fleet: { f: { nodes: 1 } }, workload: { w: { arrivals: { perDay: 1 } } } }`,
    `seed=${seed}`,
    `money.tokenPath={ volatility: ${volatility}, drift: ${drift}, every: 6h }`,
  );
  const price = createTokenPrice(scenario);
  return Array.from({ length: days }, (_, number) => log(price.at((number + 1) * day) / price.at(number * day)));
}

describe('the walk of the token’s price', () => {
  const returns = twentySeeds.map(returnsOf);

  it('has log-returns of the mean and the variance that it is told, over any time', () => {
    const all = returns.flat();
    expect(Math.abs(errorsFrom(all, drift))).toBeLessThan(4);
    expect(
      Math.abs(
        errorsFrom(
          all.map((each) => (each - drift) ** 2),
          volatility ** 2,
        ),
      ),
    ).toBeLessThan(4);
    // over the whole run they add up as independent ones do
    const sums = returns.map((own) => own.reduce((sum, each) => sum + each, 0));
    expect(Math.abs(errorsFrom(sums, drift * days))).toBeLessThan(4);
    expect(
      Math.abs(
        errorsFrom(
          sums.map((sum) => (sum - drift * days) ** 2),
          volatility ** 2 * days,
        ),
      ),
    ).toBeLessThan(4);
  });

  it('has returns of one day that tell nothing of the next', () => {
    const products = returns.flatMap((own) =>
      own.slice(1).map((each, place) => (each - drift) * (own[place]! - drift)),
    );
    expect(Math.abs(errorsFrom(products, 0))).toBeLessThan(4);
  });

  it('has normal returns', () => {
    const fourth = returns.flat().map((each) => ((each - drift) / volatility) ** 4);
    expect(Math.abs(errorsFrom(fourth, 3))).toBeLessThan(4);
  });
});
