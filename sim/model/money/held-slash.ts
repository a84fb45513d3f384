import { NONE } from '../columns/nodes.js';

/** Stake and pay that is taken from a node until a case against it is decided [micro-tokens]. */
export interface HeldSlash {
  readonly node: number;
  readonly fromStake: number;
  readonly fromUnbonding: number;
  /** Of what others delegated to it. */
  readonly fromDelegated: number;
  /** Of pay that was in escrow for it. */
  readonly fromPay: number;
  /** When the last of what was unbonding would have returned [s]. */
  readonly unbondingUntil: number;
}

/** Who gets back what is taken of pay, up to so much [micro-tokens]; the rest is the treasury's. */
export interface Refund {
  readonly account: number | typeof NONE;
  readonly most: number;
}

/** Where nobody is known who paid for it. */
export const toTreasury: Refund = { account: NONE, most: 0 };
