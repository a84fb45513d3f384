/** Less than half a cent is nothing [USD]. */
const leastUsd = 0.005;

/** Whether an amount is worth a word. */
export function isTold(usd: number): boolean {
  return Math.abs(usd) >= leastUsd;
}

/** A figure over replications, or of one run, of which the ends are NaN. */
export interface Spread {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

/** Whether an amount is above 0; null where replications leave it open, undefined where there is none. */
export function isGain({ middle, low, high }: Spread): boolean | null | undefined {
  if (Number.isNaN(middle)) return undefined;
  if (Number.isNaN(low)) return isTold(middle) && middle > 0;
  if (low > 0) return isTold(middle);
  return high < 0 || !(isTold(low) || isTold(high)) ? false : null;
}
