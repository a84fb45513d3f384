import type { NodeIndex } from '../columns/nodes.js';
import { checkAmount } from './amounts.js';

/** Shares of one pool that there may be [1], excluded: every sum of them stays an exact integer. */
const sharesLimit = 9_007_199_254_740_992;

/**
 * Stake that others than its operator delegated to a node: a pool of which each has shares, so that a slash hits all of
 * them in proportion. The ledger moves the tokens.
 *
 * Who comes gets shares at what those there are worth, floored; who goes gets what his are worth, floored, and the last
 * one all that is left. A share is never worth more than a micro-token.
 */
export class Delegations {
  /** By node [micro-tokens]; shared with the nodes' columns, where everyone may read it. */
  readonly tokens: Float64Array;
  /** By node: shares of all who delegated. */
  readonly shares: Float64Array;
  /** By node: what those who delegated to it lost by slashes, and were paid of its income [micro-tokens]. */
  readonly lost: Float64Array;
  readonly paid: Float64Array;
  /** By account: paid to it of the income of nodes that it delegated to [micro-tokens]. */
  readonly #paidTo = new Map<number, number>();
  /** By node: taken from the pool while cases are open; it may come back [micro-tokens]. */
  readonly held: Float64Array;
  /** By node: what was left of a token in its pool as the last who had shares went, 0 to 1. */
  readonly #leftOfToken: Float64Array;
  /** By node: the shares by account, in the order of coming. */
  readonly #holders = new Map<NodeIndex, Map<number, number>>();

  constructor(tokens: Float64Array) {
    this.tokens = tokens;
    this.shares = new Float64Array(tokens.length);
    this.held = new Float64Array(tokens.length);
    this.lost = new Float64Array(tokens.length);
    this.paid = new Float64Array(tokens.length);
    this.#leftOfToken = new Float64Array(tokens.length).fill(1);
  }

  sharesOf(node: NodeIndex, account: number): number {
    return this.#holders.get(node)?.get(account) ?? 0;
  }

  /** What an account's shares are worth [micro-tokens]. */
  worthOf(node: NodeIndex, account: number): number {
    return this.#worth(node, this.sharesOf(node, account));
  }

  /**
   * Share of what was delegated to the node as its pool began that slashes took, 0 to 1; what is held isn't lost. Pools
   * begin with a share a micro-token, and whoever comes or goes later leaves their worth as it is.
   */
  lostFraction(node: NodeIndex): number {
    const shares = this.shares[node]!;
    const left = shares === 0 ? this.#leftOfToken[node]! : (this.tokens[node]! + this.held[node]!) / shares;
    return 1 - Math.min(1, left);
  }

  /** Paid to an account so far of the income of nodes that it delegated to [micro-tokens]. */
  paidTo(account: number): number {
    return this.#paidTo.get(account) ?? 0;
  }

  /** Adds tokens of an account, and returns the shares that it gets for them: 0, and nothing is added, if too many. */
  add(node: NodeIndex, account: number, amount: number): number {
    // what is held may come back to those who were there: whoever comes pays for his part of it
    const worth = this.tokens[node]! + this.held[node]!;
    // of a pool that was slashed whole nobody has anything left
    if (worth === 0) this.#clear(node);
    const all = this.shares[node]!;
    if (all === 0 && worth > 0) return 0;
    const shares = all === 0 ? amount : Math.floor(amount * (all / worth));
    if (all + shares >= sharesLimit) return 0;
    const holders = this.#holders.get(node) ?? new Map<number, number>();
    this.#holders.set(node, holders);
    holders.set(account, (holders.get(account) ?? 0) + shares);
    this.shares[node] = all + shares;
    this.tokens[node]! += amount;
    return shares;
  }

  /** Takes shares of an account out; returns what they were worth [micro-tokens]. */
  remove(node: NodeIndex, account: number, shares: number): number {
    const own = this.sharesOf(node, account);
    checkAmount(shares, own, 'shares of a delegation');
    const amount = this.#worth(node, shares);
    if (shares === this.shares[node]) this.#leftOfToken[node] = 1 - this.lostFraction(node);
    if (shares === own) this.#holders.get(node)?.delete(account);
    else this.#holders.get(node)!.set(account, own - shares);
    this.shares[node]! -= shares;
    this.tokens[node]! -= amount;
    return amount;
  }

  /** Takes a fraction (0 to 1) of the pool, floored; how much. */
  take(node: NodeIndex, fraction: number): number {
    const amount = Math.floor(this.tokens[node]! * fraction);
    checkAmount(amount, this.tokens[node]!, 'slashed delegations');
    this.tokens[node]! -= amount;
    return amount;
  }

  /** Puts back what was taken; false if nobody has shares any more. */
  giveBack(node: NodeIndex, amount: number): boolean {
    if (this.shares[node] === 0) return false;
    this.tokens[node]! += amount;
    return true;
  }

  /** Splits an amount by shares, cut by cumulative floor; `pay` is told each part. */
  split(node: NodeIndex, amount: number, pay: (account: number, part: number) => void): void {
    let shares = 0;
    let paid = 0;
    for (const [account, own] of this.#holders.get(node) ?? []) {
      shares += own;
      const until = shares === this.shares[node] ? amount : Math.floor(amount * (shares / this.shares[node]!));
      pay(account, until - paid);
      this.#paidTo.set(account, this.paidTo(account) + until - paid);
      paid = until;
    }
  }

  /** Accounts that have shares, in the order of coming. */
  holders(node: NodeIndex): readonly number[] {
    return [...(this.#holders.get(node)?.keys() ?? [])];
  }

  #worth(node: NodeIndex, shares: number): number {
    if (shares === this.shares[node]) return this.tokens[node]!;
    if (this.tokens[node] === this.shares[node]) return shares;
    return Math.min(this.tokens[node]!, Math.floor(this.tokens[node]! * (shares / this.shares[node]!)));
  }

  #clear(node: NodeIndex): void {
    this.#holders.delete(node);
    this.shares[node] = 0;
  }
}
