import type { Ballot, VotingWeight } from '../contract/cohorts/ballots.js';

/** A vote on a change. */
export interface Vote {
  /** Which of the scenario's votes, from 0. */
  readonly number: number;
  /** When it begins, if somebody puts it forward [s]. */
  readonly proposedAt: number;
  /** When its ballots are counted, and when its settings then come into force [s]. */
  readonly closesAt: number;
  readonly inForceAt: number;
  /** Cohort that proposed it, an index; NONE for nobody's. */
  readonly by: number;
  readonly weights: VotingWeight;
  /** Share of all weight that must take part, included. */
  readonly quorum: number;
  /** Share of the weight for or against it that must be for it, excluded. */
  readonly passes: number;
  /** Share of all weight that stops it by voting against, included; Infinity for none. */
  readonly veto: number;
  /** What honest operators hold of it. */
  readonly honest: Ballot;
}

/** What came of a vote: not enough were for it, too many against it, or too few took part. */
export const voteOutcomes = ['passed', 'rejected', 'vetoed', 'noQuorum'] as const;
export type VoteOutcome = (typeof voteOutcomes)[number];

/** The ballots of a vote; weights are in the vote's own measure. */
export interface CountedVote {
  /** Of all who could vote, in sum and by cohort. */
  readonly all: number;
  readonly byCohort: Float64Array;
  /** Of those who took part. */
  readonly weightFor: number;
  readonly weightAgainst: number;
  readonly weightAbstaining: number;
  /** Operators with any weight, and those who took part. */
  readonly operatorsThere: number;
  readonly operatorsVoted: number;
  readonly outcome: VoteOutcome;
}
