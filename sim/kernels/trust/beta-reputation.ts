/** Evidence for and against, each of 0 or more, not necessarily whole. */
export interface BetaEvidence {
  readonly positive: number;
  readonly negative: number;
}

/**
 * Expected probability of a success by the Beta distribution with a uniform prior: (r + 1)/(r + s + 2), 0 to 1, both
 * excluded.
 *
 * Source: A. Jøsang and R. Ismail, "The Beta Reputation System", Bled eConference 2002.
 */
export function betaReputation({ positive, negative }: BetaEvidence): number {
  return (positive + 1) / (positive + negative + 2);
}
