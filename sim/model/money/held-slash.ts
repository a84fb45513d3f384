/** Stake that is taken from a node until a case against it is decided [micro-tokens]. */
export interface HeldSlash {
  readonly node: number;
  readonly fromStake: number;
  readonly fromUnbonding: number;
  /** Of what others delegated to it. */
  readonly fromDelegated: number;
  /** When the last of what was unbonding would have returned [s]. */
  readonly unbondingUntil: number;
}
