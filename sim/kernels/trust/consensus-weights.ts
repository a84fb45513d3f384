import { highestHeld } from './highest-held.js';

/** What validators hold of subjects: a row a validator. */
export interface WeightMatrix {
  readonly validators: number;
  readonly subjects: number;
  /** By validator: 0 or more, not all 0. */
  readonly stake: ArrayLike<number>;
  /** Row by row, 0 or more; each row is normalised to a sum of 1, one of zeros stays. */
  readonly weights: ArrayLike<number>;
  /** Bonds of before, row by row; absent: none. */
  readonly bonds?: ArrayLike<number>;
}

export interface ConsensusOptions {
  /** Share of the stake that must hold at least a weight for it to count, 0 to 1 (0.5). */
  readonly kappa: number;
  /** Part of the bonds that is new, 0 to 1 (0.1). */
  readonly alpha: number;
  /** How far bonds follow the clipped weights and not those that were set, 0 to 1 (1). */
  readonly beta: number;
}

export interface ConsensusWeights {
  /** By subject: the highest weight that validators with `kappa` of the stake hold at least. */
  readonly consensus: Float64Array;
  /** By subject: share of what subjects are paid, with a sum of 1; zeros where nothing has consensus. */
  readonly incentive: Float64Array;
  /** Row by row: the bonds of before and those of now together. */
  readonly bonds: Float64Array;
  /** By validator: what its bonds bring. */
  readonly dividends: Float64Array;
}

/**
 * Weights clipped to what the stake's majority holds, and the bonds by which validators share in the subjects' success:
 * W̄ᵢⱼ = min(Wᵢⱼ, W̄ⱼ), Iⱼ ∝ Σᵢ SᵢW̄ᵢⱼ, ΔBᵢⱼ = SᵢW̃ᵢⱼ/Σₖ SₖW̃ₖⱼ with W̃ = (1 − β)W + βW̄, B = αΔB + (1 − α)B,
 * Dᵢ = Σⱼ BᵢⱼIⱼ.
 *
 * Source: Yuma consensus, subtensor documentation, `docs/consensus.md`.
 */
export function consensusWeights(
  { validators, subjects, stake, weights, bonds }: WeightMatrix,
  { kappa, alpha, beta }: ConsensusOptions,
): ConsensusWeights {
  const shares = normalised(stake, 0, validators);
  const stakes = Float64Array.from({ length: validators }, (_, validator) => stake[validator]!);
  let total = 0;
  for (let validator = 0; validator < validators; validator++) total += stake[validator]!;
  const held = new Float64Array(validators * subjects);
  for (let validator = 0; validator < validators; validator++) {
    held.set(normalised(weights, validator * subjects, subjects), validator * subjects);
  }
  const consensus = new Float64Array(subjects);
  const incentive = new Float64Array(subjects);
  const next = new Float64Array(validators * subjects);
  for (let subject = 0; subject < subjects; subject++) {
    const column = Float64Array.from(shares, (_, validator) => held[validator * subjects + subject]!);
    const agreed = highestHeld(column, stakes, kappa * total);
    consensus[subject] = agreed;
    const bonded = column.map((weight, validator) => {
      const share = shares[validator]!;
      const clipped = Math.min(weight, agreed);
      incentive[subject]! += share * clipped;
      return share * ((1 - beta) * weight + beta * clipped);
    });
    const all = bonded.reduce((sum, one) => sum + one, 0);
    for (const [validator, own] of bonded.entries()) {
      const place = validator * subjects + subject;
      next[place] = alpha * (all > 0 ? own / all : 0) + (1 - alpha) * (bonds?.[place] ?? 0);
    }
  }
  const paid = normalised(incentive, 0, subjects);
  const dividends = Float64Array.from({ length: validators }, (_, validator) =>
    paid.reduce((sum, share, subject) => sum + next[validator * subjects + subject]! * share, 0),
  );
  return { consensus, incentive: paid, bonds: next, dividends };
}

/** So many values from a place on, by their sum; zeros where that is 0. */
function normalised(values: ArrayLike<number>, from: number, count: number): Float64Array {
  let sum = 0;
  for (let place = 0; place < count; place++) sum += values[from + place]!;
  return Float64Array.from({ length: count }, (_, place) => (sum > 0 ? values[from + place]! / sum : 0));
}
