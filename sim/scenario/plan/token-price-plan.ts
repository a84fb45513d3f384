import { KeyedDraw } from '../../engine/random-stream.js';
import { TokenPrice } from '../../model/money/token-price.js';
import type { Scenario } from '../schema/scenario-schema.js';

/** The token's price over the run, by a stream of its own. */
export function createTokenPrice({ money, seed }: Scenario): TokenPrice {
  return new TokenPrice(new KeyedDraw(`${seed}/token-price`), money.tokenPrice, money.tokenPath);
}
