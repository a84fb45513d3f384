import type { Deterrents } from './deterrents.js';

/** What an operator says to a proposal. */
export const Ballot = { for: 0, against: 1, abstain: 2 } as const;
export type Ballot = (typeof Ballot)[keyof typeof Ballot];

/** What a vote weighs operators by. */
export const votingWeights = ['stake', 'contribution', 'operator', 'identity'] as const;
export type VotingWeight = (typeof votingWeights)[number];

/** Name under which a reputation model measures what its nodes have contributed. */
export const contributionName = 'accumulatedJobs';

/** A proposal as an operator sees it: whose it is, what is held of it, and what it makes of the odds of a lie. */
export interface Proposal {
  /** Which of the scenario's votes, from 0. */
  readonly number: number;
  /** True if its own cohort proposed it, or another that takes part in the same attack. */
  readonly isOwn: boolean;
  /** What honest operators hold of it. */
  readonly honest: Ballot;
  /** What the rules say where it fails and where it passes, if no other vote that is open passes. */
  readonly before: Deterrents;
  readonly after: Deterrents;
}

/** How an operator votes that has nothing of its own to say. */
export function usualBallot({ honest, isOwn }: Proposal): Ballot {
  return isOwn ? Ballot.for : honest;
}
