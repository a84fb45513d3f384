/** What operators reckon with, in USD. */
export interface MarketPrices {
  /** USD a token. */
  readonly tokenPrice: number;
  /** USD a token of the bond currency. */
  readonly bondTokenPrice: number;
  /** USD a kilowatt-hour. */
  readonly electricity: number;
  /** Yearly cost of locked capital, as a share. */
  readonly capitalCost: number;
}
