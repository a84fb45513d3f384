import { bayesianAverage } from '../trust/bayesian-average.js';

/** The highest score, in points. */
export const oracleScoreMost = 1_000;

/** What each part weighs; the sum is above 0 and at most 1. */
export interface OracleWeights {
  readonly accuracy: number;
  readonly latency: number;
  readonly uptime: number;
  readonly stake: number;
  readonly age: number;
}

/** A mean of observations, 0 to 1, and how many they count as, 0 or more. */
export interface CountedMean {
  mean: number;
  count: number;
}

/** Each part of the score as it was observed. */
export type OracleParts = { readonly [part in keyof OracleWeights]: CountedMean };

const oracleParts = ['accuracy', 'latency', 'uptime', 'stake', 'age'] as const;

export function sumOfWeights(weights: OracleWeights): number {
  let sum = 0;
  for (const part of oracleParts) sum += weights[part];
  return sum;
}

/**
 * 1,000 · Σ weight · part, each part a Bayesian average with a prior: in points from 0 to 1,000, not rounded.
 *
 * Without observations it is the prior whatever the weights; with weights that sum to less than 1 the best is less than
 * 1,000, as in samples that leave a part out.
 *
 * @param prior in points, at most 1,000 times the sum of the weights
 * @param priorCount what the prior counts like, 0 or more
 */
export function oracleScore(parts: OracleParts, weights: OracleWeights, prior: number, priorCount: number): number {
  const priorMean = prior / (oracleScoreMost * sumOfWeights(weights));
  let score = 0;
  for (const part of oracleParts) {
    const { mean, count } = parts[part];
    const value = count > 0 ? bayesianAverage(mean * count, count, priorMean, priorCount) : priorMean;
    score += weights[part] * value;
  }
  return oracleScoreMost * score;
}
