/**
 * Whole tokens that a slashed node loses more, the larger the part of all stake that was slashed with it:
 * floor(min(B, m·S·B/T)).
 *
 * Source: Ethereum consensus specifications, `process_slashings`, with a multiplier m of 1 to 3.
 *
 * @param stake B of the node [tokens]
 * @param slashed S of all that were slashed in the period [tokens]
 * @param total T of everybody, above 0 [tokens]
 */
export function correlationPenalty(stake: number, slashed: number, total: number, multiplier: number): number {
  return Math.floor(Math.min(stake, (multiplier * slashed * stake) / total));
}
