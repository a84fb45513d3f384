/**
 * What the rules in force say of themselves that bears on whether a lie pays: public, as the rules are. NaN where no
 * mechanism says it.
 */
export interface Deterrents {
  /** Probability that a wrong result is found to be wrong. */
  readonly foundProbability: number;
  /** Share of a node's stake that a result costs which is found to be wrong. */
  readonly slashedFraction: number;
  /** Share of a job's fee that a node is paid. */
  readonly payFraction: number;
}

/** Whether the rules say the same of all three. */
export function isAlike(one: Deterrents, other: Deterrents): boolean {
  return (
    Object.is(one.foundProbability, other.foundProbability) &&
    Object.is(one.slashedFraction, other.slashedFraction) &&
    Object.is(one.payFraction, other.payFraction)
  );
}

/**
 * What somebody believes of a share or a probability, once the rules say another: in the same proportion, at most 1; as
 * it was where they say nothing of it.
 */
export function believedAfter(believed: number, before: number, after: number): number {
  if (Number.isNaN(before) || Number.isNaN(after) || before === after) return believed;
  return Math.min(1, before > 0 ? (believed * after) / before : after);
}
