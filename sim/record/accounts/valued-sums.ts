import { microTokens } from '../../model/contract/units.js';
import type { TokenPrice } from '../../model/money/token-price.js';
import type { World } from '../../model/world/world.js';
import { type CountedLosses, type TokenSum, type TokenSums, tokenSumNames, tokenSumsOf } from './token-sums.js';

/**
 * What cohorts' amounts of tokens were worth when they came about, where the price moves: those of each epoch at its
 * mean price.
 */
export class ValuedSums {
  readonly #price: TokenPrice;
  /** By cohort, up to the last end of an epoch. */
  readonly #last: TokenSums[] = [];
  readonly #usd: TokenSums[] = [];
  #since = 0;

  constructor(price: TokenPrice) {
    this.#price = price;
  }

  epochEnded(world: World, counted: CountedLosses): void {
    const { cohorts, simulation } = world;
    for (const { index } of cohorts) {
      const { tokens } = tokenSumsOf(world, counted, index);
      this.#usd[index] = this.#valued(index, tokens, simulation.now);
      this.#last[index] = tokens;
    }
    this.#since = simulation.now;
  }

  /** The worth of a cohort's amounts so far [USD], those since the last end of an epoch at the mean price until now. */
  worth(cohort: number, tokens: TokenSums, now: number): TokenSums {
    return this.#valued(cohort, tokens, now);
  }

  #valued(cohort: number, tokens: TokenSums, now: number): TokenSums {
    const price = this.#price.mean(this.#since, now);
    const worth = tokenSumNames.map((name): [TokenSum, number] => {
      const more = tokens[name] - (this.#last[cohort]?.[name] ?? 0);
      return [name, (this.#usd[cohort]?.[name] ?? 0) + (more / microTokens) * price];
    });
    return Object.fromEntries(worth) as TokenSums;
  }
}
