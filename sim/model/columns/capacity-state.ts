/**
 * Whether a node in the network can take a job of a class at all, be it busy or not, and otherwise what keeps it.
 *
 * The first of these that holds, what lasts before what passes: who lacks stake gains nothing by coming online.
 */
export const CapacityState = {
  /** Its machine lacks the hardware or the public address that the class needs. */
  noHardware: 0,
  /** Below the minimum stake. */
  lowStake: 1,
  jailed: 2,
  /** Its operator lacks the tokens for the least bond of the class. */
  noBond: 3,
  offline: 4,
  /** Nothing keeps it: it serves, or is busy, or is kept from this job alone. */
  able: 5,
} as const;
export type CapacityState = (typeof CapacityState)[keyof typeof CapacityState];

export const capacityStateCount = Object.keys(CapacityState).length;
