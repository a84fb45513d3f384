/** What somebody holds of a statement: three parts of 0 or more with a sum of 1, and how likely it is a priori. */
export interface Opinion {
  readonly belief: number;
  readonly disbelief: number;
  readonly uncertainty: number;
  /** 0 to 1. */
  readonly baseRate: number;
}

/** Evidence that makes half of an opinion uncertain: what is known a priori of a statement with two outcomes. */
const priorWeight = 2;

/**
 * Opinions as subjective logic has them: from evidence, at second hand, and those of several together.
 *
 * Source: A. Jøsang, "A Logic for Uncertain Probabilities", International Journal of Uncertainty, Fuzziness and
 * Knowledge-Based Systems 9(3), 2001; evidence with a prior weight of 2.
 */
export const subjectiveLogic = {
  /** From evidence for and against, each of 0 or more: b = r/(r + s + 2), d = s/(r + s + 2), u = 2/(r + s + 2). */
  opinion(positive: number, negative: number, baseRate = 0.5): Opinion {
    const all = positive + negative + priorWeight;
    return { belief: positive / all, disbelief: negative / all, uncertainty: priorWeight / all, baseRate };
  },

  /** Probability that one expects: b + a·u. */
  expectation({ belief, uncertainty, baseRate }: Opinion): number {
    return belief + baseRate * uncertainty;
  },

  /** What somebody says of a statement, by what one holds of him: b = b₁b₂, d = b₁d₂, u = d₁ + u₁ + b₁u₂. */
  discounted(ofHim: Opinion, his: Opinion): Opinion {
    return {
      belief: ofHim.belief * his.belief,
      disbelief: ofHim.belief * his.disbelief,
      uncertainty: ofHim.disbelief + ofHim.uncertainty + ofHim.belief * his.uncertainty,
      baseRate: his.baseRate,
    };
  },

  /**
   * How much evidence for or against a statement comes to when somebody tells it who is right about such things with
   * that probability: what his opinion, discounted by it, is the opinion of. Evidence of several tellers adds up, as
   * their opinions are fused; nobody's word is worth more than 2p/(1 − p).
   *
   * Source: A. Jøsang, S. Marsh and S. Pope, "Exploring Different Types of Trust Propagation", iTrust 2006: base rate
   * sensitive discounting.
   *
   * @param own what speaks for his side of the statement, of `all` that he has, both 0 or more
   * @param probability 0 to 1; with 1 it is all that he has
   */
  toldEvidence(own: number, all: number, probability: number): number {
    // b = p·own/(all + 2) and u = 1 − p·all/(all + 2), of which 2·b/u is the evidence
    return (priorWeight * probability * own) / (all + priorWeight - probability * all);
  },

  /** Of two who saw different things: their evidence added. Two that are certain count alike. */
  fused(one: Opinion, other: Opinion): Opinion {
    const shared = one.uncertainty + other.uncertainty - one.uncertainty * other.uncertainty;
    if (shared === 0) {
      const mean = (part: 'belief' | 'disbelief') => (one[part] + other[part]) / 2;
      return { belief: mean('belief'), disbelief: mean('disbelief'), uncertainty: 0, baseRate: one.baseRate };
    }
    const part = (name: 'belief' | 'disbelief') =>
      (one[name] * other.uncertainty + other[name] * one.uncertainty) / shared;
    return {
      belief: part('belief'),
      disbelief: part('disbelief'),
      uncertainty: (one.uncertainty * other.uncertainty) / shared,
      baseRate: one.baseRate,
    };
  },
} as const;
