import type { TokenPrice } from './token-price.js';

/** What operators reckon with, in USD. */
export interface MarketPrices {
  readonly token: TokenPrice;
  /** USD a token of the bond currency. */
  readonly bondTokenPrice: number;
  /** USD a kilowatt-hour. */
  readonly electricity: number;
  /** Yearly cost of locked capital, as a share. */
  readonly capitalCost: number;
}
