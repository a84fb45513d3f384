import type { NONE } from './nodes.js';

/**
 * What kept every node from a job that ended unserved, at the moment when it ended, or that waits when the run does.
 *
 * In the order in which it is asked: each reason is about the nodes that passed all those before it, and says that none
 * of them passed this one. A job's reason is the last to which any node came.
 */
export const UnservedReason = {
  /** No machine of the fleet, there or yet to come, has the hardware or the public address that the class needs. */
  noHardware: 0,
  /** None that has was online: not there yet, gone, down, or beyond a partition. */
  noneOnline: 1,
  /** None of these had the minimum stake. */
  lowStake: 2,
  /** None of these held a resource token, where the protocol asks for one. */
  noResourceToken: 3,
  /** All of these were in jail, or suspended. */
  jailed: 4,
  /** The published scores of all of these were below the minimum that the job states. */
  lowScore: 5,
  /** The reputation model granted none of these the job's tier. */
  lowTier: 6,
  /** The operators of all of these lacked the tokens to lock the job's bond, or for what an answer costs. */
  noBond: 7,
  /** All of these had tried it already, or declare an operator that had. */
  tried: 8,
  /** None of these, begun with at the job's submission, would have met its deadline. */
  tooSlow: 9,
  /**
   * The assignment policy takes none of these that were free, or it gives this job to none of these: of most of them by
   * the same `PolicyCause`.
   */
  noWeight: 10,
  /** None of these had a free slot, nor room in its queue. */
  busy: 11,
  /** Some of these had one, and had to rest after their last assignment. */
  resting: 12,
  /** Some of these were free at last, when too little time was left. */
  tooLate: 13,
} as const;
export type UnservedReason = (typeof UnservedReason)[keyof typeof UnservedReason];

export const unservedReasonCount = Object.keys(UnservedReason).length;

/** What of a node an assignment policy goes by when it gives the node no job, though it could do it. */
export const PolicyCause = {
  /** What the policy doesn't say. */
  other: 0,
  /** Its published score is too low, or weighs nothing. */
  score: 1,
  /** It has no stake, its own or delegated. */
  stake: 2,
  /** It wasn't elected. */
  seat: 3,
  /** More is at risk in the job than its score covers. */
  risk: 4,
  /** It is on probation, and the job's fee is above what it may have then. */
  fee: 5,
  /** Its latency is too long. */
  latency: 6,
  /** It is known to answer wrong, by a policy that knows the truth. */
  quality: 7,
} as const;
export type PolicyCause = (typeof PolicyCause)[keyof typeof PolicyCause];

export const policyCauseCount = Object.keys(PolicyCause).length;

/** Why nobody served a job. */
export interface Unserved {
  readonly reason: UnservedReason;
  /** What the assignment policy goes by, where `noWeight` is the reason. */
  readonly cause: PolicyCause | typeof NONE;
}
