/** What can keep entries, payments, answers, growth, recomputations, requests or replayed cohorts from going on. */
export const Limit = {
  /** Minting would pass the largest supply. */
  supply: 0,
  /** No row is left for an identity that a strategy would enter. */
  identities: 1,
  /** No row is left for a newcomer. */
  newcomers: 2,
  /**
   * An operator lacks the tokens to enter an identity, to add stake, to delegate, or to pay for a job of its own or for
   * a resource token; or what it would give is more than it has, or take than its attack's purse.
   */
  operatorTokens: 3,
  /** A client can't pay a job's fee. */
  clientTokens: 4,
  /** The treasury can't pay for all of a recomputation, or for a spot-check, which then isn't made. */
  treasury: 5,
  /** No node was left, or free in time, for a recomputation that was wanted. */
  rechecks: 6,
  /** The records that a cohort is replayed from end before the horizon. */
  records: 7,
  /** A job names the node that it is for, and the protocol takes no such requests. */
  directedJobs: 8,
  /** An operator can't pay for the answer that its node would send, which then isn't sent. */
  charges: 9,
  /** An operator can't pay a premium, and its node isn't insured until it pays the next one. */
  premiums: 10,
  /** The insurance can't pay all of a claim. */
  insurance: 11,
  /** Operators delegated to nodes that weren't there, or asked for more than they had delegated. */
  delegations: 12,
  /** Every place is taken, and a newcomer can't pay for one, or all who are there are immune. */
  places: 13,
  /** The treasury has paid all that it may in an epoch. */
  treasuryBudget: 14,
  /** The treasury can't lend all of the stake that a node's score is good for. */
  loans: 15,
} as const;
export type Limit = (typeof Limit)[keyof typeof Limit];

const limitCount = Object.keys(Limit).length;

/** What bound the run: since when, and how often. */
export class Limits {
  /** By limit: when it first bound [s]; NaN if it never did. */
  readonly since = new Float64Array(limitCount).fill(Number.NaN);
  readonly times = new Float64Array(limitCount);

  hit(limit: Limit, now: number): void {
    if (this.times[limit]!++ === 0) this.since[limit] = now;
  }
}
