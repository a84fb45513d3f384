import { log1p } from '../../engine/math.js';

/** Ratings of a period, a place each. */
export interface PeriodRatings {
  /** Peers, numbered from 0. */
  readonly peers: number;
  readonly rater: ArrayLike<number>;
  readonly subject: ArrayLike<number>;
  /** What the rater thinks of the dealing; below 0 for bad ones. */
  readonly value: ArrayLike<number>;
  /** What the dealing was worth, 0 or more; absent: all count alike. */
  readonly weight?: ArrayLike<number>;
}

export interface LiquidRankOptions {
  /** Share c of a rank that stays, 0 to 1. */
  readonly conservatism: number;
  /** Rank towards which go those whom nobody rated, 0 to 1. */
  readonly unrated: number;
  /** Whether sums are taken by their logarithm, so that few large dealings don't outweigh all others. */
  readonly isLogarithmic: boolean;
  /** Whether the lowest of the period is 0 and the highest 1; else only the highest is 1. */
  readonly isFullRange: boolean;
}

/**
 * One period of liquid rank: dRᵢ = Σⱼ Fᵢⱼ·Qᵢⱼ·Rⱼ/ΣQᵢⱼ, as sign·log₁₀(1 + |dR|), normalised, and then
 * R ← (1 − c)·dR + c·R for those who were rated, (1 − c)·`unrated` + c·R for others.
 *
 * Source: A. Kolonin et al., "A Reputation System for Artificial Societies", 2018 (SingularityNET).
 *
 * @param ranks of the period before, by peer, 0 to 1
 * @returns by peer, 0 to 1
 */
export function liquidRank(
  { peers, rater, subject, value, weight }: PeriodRatings,
  ranks: ArrayLike<number>,
  { conservatism, unrated, isLogarithmic, isFullRange }: LiquidRankOptions,
): Float64Array {
  const [sums, weights] = [new Float64Array(peers), new Float64Array(peers)];
  for (let place = 0; place < rater.length; place++) {
    const [by, of] = [rater[place]!, subject[place]!];
    const counts = weight?.[place] ?? 1;
    sums[of]! += value[place]! * counts * ranks[by]!;
    weights[of]! += counts;
  }
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let peer = 0; peer < peers; peer++) {
    if (weights[peer] === 0) continue;
    const mean = sums[peer]! / weights[peer]!;
    sums[peer] = isLogarithmic ? (Math.sign(mean) * log1p(Math.abs(mean))) / Math.LN10 : mean;
    lowest = Math.min(lowest, sums[peer]!);
    highest = Math.max(highest, sums[peer]!);
  }
  const base = isFullRange ? lowest : 0;
  const range = highest - base;
  return Float64Array.from({ length: peers }, (_, peer) => {
    const kept = conservatism * ranks[peer]!;
    if (weights[peer] === 0) return kept + (1 - conservatism) * unrated;
    // all alike: none stands out
    const own = range > 0 ? Math.max(0, (sums[peer]! - base) / range) : ranks[peer]!;
    return kept + (1 - conservatism) * own;
  });
}
