/** What present, past and change weigh. */
export interface TrustWeights {
  readonly current: number;
  readonly history: number;
  /** Of a rise, and of a fall. */
  readonly rise: number;
  readonly fall: number;
}

/**
 * TV = α·R + β·(1/t)∫R + γ·R′, kept from 0 to 1, with γ by whether R rises or falls: a fall costs more than a rise
 * brings where γ is larger for it.
 */
export function dependableTrust(current: number, mean: number, change: number, weights: TrustWeights): number {
  const slope = change >= 0 ? weights.rise : weights.fall;
  return Math.min(1, Math.max(0, weights.current * current + weights.history * mean + slope * change));
}
