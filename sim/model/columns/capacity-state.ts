/**
 * Whether a node in the network can take a job of a lane at all, be it busy or not, and otherwise what keeps it.
 *
 * The first of these that holds, what lasts before what passes: who lacks stake gains nothing by coming online.
 */
export const CapacityState = {
  /** Its machine lacks the hardware or the public address that the class needs. */
  noHardware: 0,
  /** Below the minimum stake. */
  lowStake: 1,
  /** Without a resource token, where the protocol asks for one. */
  noResourceToken: 2,
  /** In jail, or suspended. */
  jailed: 3,
  /** Its published score is below the minimum that the jobs state. */
  lowScore: 4,
  /** The reputation model doesn't grant it the jobs' tier. */
  lowTier: 5,
  /** Its operator lacks the tokens for the least bond of the lane. */
  noBond: 6,
  offline: 7,
  /** Nothing keeps it: it serves, or is busy, or is kept from this job alone. */
  able: 8,
} as const;
export type CapacityState = (typeof CapacityState)[keyof typeof CapacityState];

export const capacityStateCount = Object.keys(CapacityState).length;
