import { NONE } from '../columns/nodes.js';
import { ChargedTo, type SlashDestination } from '../columns/rules.js';
import { checkAmount } from './amounts.js';
import { Delegations } from './delegations.js';
import { type HeldSlash, type Refund, toTreasury } from './held-slash.js';
import { LedgerTotals, Total } from './ledger-totals.js';
import type { Loans } from './loans.js';
import { slashParts } from './slash-parts.js';
import { UnbondingRows } from './unbonding-rows.js';

/** Largest supply [micro-tokens], excluded: every sum of amounts stays an exact integer. */
export const supplyLimit = 9_007_199_254_740_992;

/**
 * The only place where tokens move, one ledger a currency; amounts are integer micro-tokens.
 *
 * initial + minted = balances + stakes + delegations + unbonding + held + due + escrow + bonds + treasury + insurance +
 * burned, exactly, at every moment. Amounts that aren't whole and non-negative, or exceed what is there, are internal
 * errors.
 */
export class Ledger extends LedgerTotals {
  readonly currency: string;
  /** By account. */
  readonly balance: Float64Array;
  /** By node: earned and paid out to its operator. */
  readonly paid: Float64Array;
  /** By node: earned and still in escrow, due at the end of this epoch, of the next one, and so on. */
  readonly due: Float64Array[];
  /** By node; shared with the nodes' columns, where everyone may read it. */
  readonly stake: Float64Array;
  /** What others delegated to nodes: slashed with their stake. */
  readonly delegations: Delegations;
  /** Share of a node's income that is split by who its stake is: the delegators' part of it is theirs, 0 to 1. */
  delegatorShare = 0;
  /** Stake that the treasury lent; null where nobody borrows. */
  loans: Loans | null = null;
  readonly #unbonding: UnbondingRows;
  /** By node: taken from it while its cases are open. */
  readonly heldOf: Float64Array;

  constructor(currency: string, accounts: number, stake: Float64Array, delegated: Float64Array) {
    super();
    this.currency = currency;
    this.balance = new Float64Array(accounts);
    this.paid = new Float64Array(stake.length);
    this.due = [new Float64Array(stake.length)];
    this.stake = stake;
    this.delegations = new Delegations(delegated);
    this.#unbonding = new UnbondingRows(stake.length);
    this.heldOf = new Float64Array(stake.length);
  }

  /** By node: no longer staked, still slashable. */
  get unbonding(): Float64Array {
    return this.#unbonding.sum;
  }

  /** Endows an account before the first event. */
  endow(account: number, amount: number): void {
    checkAmount(amount, supplyLimit - this.initial - 1, 'initial supply');
    this.totals[Total.initial]! += amount;
    this.balance[account]! += amount;
  }

  endowTreasury(amount: number): void {
    checkAmount(amount, supplyLimit - this.initial - 1, 'initial supply');
    this.totals[Total.initial]! += amount;
    this.totals[Total.treasury]! += amount;
  }

  /** Makes new tokens that the node earns and are paid at once; how many of them the supply limit lets be. */
  mint(account: number, node: number, amount: number): number {
    const minted = Math.min(amount, supplyLimit - this.initial - this.minted - 1);
    checkAmount(minted, supplyLimit, 'minted supply');
    this.totals[Total.minted]! += minted;
    this.#payNode(account, node, minted);
    return minted;
  }

  /** Takes a fee into escrow; false, and nothing moves, if the balance is too small. */
  escrowFee(account: number, amount: number): boolean {
    if (this.balance[account]! < amount) return false;
    checkAmount(amount, this.balance[account]!, 'fee');
    this.balance[account]! -= amount;
    this.totals[Total.escrow]! += amount;
    return true;
  }

  payFromEscrow(account: number, amount: number): void {
    checkAmount(amount, this.escrow, 'payment from escrow');
    this.totals[Total.escrow]! -= amount;
    this.balance[account]! += amount;
  }

  /** What escrow owes a node from now on, due at the end of this epoch or so many epochs later. */
  accrue(node: number, amount: number, laterEpochs: number): void {
    checkAmount(amount, this.escrow, 'pay from escrow');
    while (this.due.length <= laterEpochs) this.due.push(new Float64Array(this.stake.length));
    this.totals[Total.escrow]! -= amount;
    this.due[laterEpochs]![node]! += amount;
  }

  /** Everything that the node has earned its operator so far, paid out or not; without its delegators' part. */
  earned(node: number): number {
    let earned = this.paid[node]!;
    for (const due of this.due) earned += due[node]! - this.#partOfDelegators(node, due[node]!);
    return earned;
  }

  /** Pays each node's operator, and those who delegated to it, what is due at this epoch's end. */
  payOut(operatorOf: Int32Array): void {
    const due = this.due.shift()!;
    if (this.due.length === 0) this.due.push(new Float64Array(this.stake.length));
    for (let node = 0; node < due.length; node++) {
      if (due[node] === 0) continue;
      this.#payNode(operatorOf[node]!, node, due[node]!);
    }
  }

  #payNode(account: number, node: number, amount: number): void {
    const others = this.#partOfDelegators(node, amount);
    this.paid[node]! += amount - others;
    this.balance[account]! += amount - others;
    if (others === 0) return;
    this.delegations.paid[node]! += others;
    this.delegations.split(node, others, (delegator, part) => {
      this.balance[delegator]! += part;
    });
  }

  #partOfDelegators(node: number, amount: number): number {
    const delegated = this.delegations.tokens[node]!;
    if (delegated === 0 || this.delegatorShare === 0) return 0;
    const all = delegated + this.stake[node]! + this.unbonding[node]!;
    return Math.floor(amount * this.delegatorShare * (delegated / all));
  }

  /** Delegates an account's tokens to a node; the shares of its pool that it gets, 0 if that has too many. */
  delegate(account: number, node: number, amount: number): number {
    checkAmount(amount, this.balance[account]!, 'delegation');
    const shares = this.delegations.add(node, account, amount);
    if (shares > 0) this.balance[account]! -= amount;
    return shares;
  }

  /** Returns what an account's shares of a node's pool are worth; how much that is. */
  undelegate(account: number, node: number, shares: number): number {
    const amount = this.delegations.remove(node, account, shares);
    this.balance[account]! += amount;
    return amount;
  }

  escrowToTreasury(amount: number): void {
    checkAmount(amount, this.escrow, 'treasury share');
    this.totals[Total.escrow]! -= amount;
    this.totals[Total.treasury]! += amount;
  }

  /** Puts treasury tokens into escrow for a job that the protocol itself pays; returns what it could afford. */
  escrowFromTreasury(amount: number): number {
    const affordable = Math.min(amount, this.treasury);
    checkAmount(affordable, this.treasury, 'treasury fee');
    this.totals[Total.treasury]! -= affordable;
    this.totals[Total.escrow]! += affordable;
    this.totals[Total.treasuryPaid]! += affordable;
    return affordable;
  }

  /** Counts what of it is a subsidy. */
  subsidised(amount: number): void {
    this.totals[Total.subsidies]! += amount;
  }

  payTreasury(account: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'payment to the treasury');
    this.balance[account]! -= amount;
    this.totals[Total.treasury]! += amount;
  }

  /** From one account to another, such as a bribe. */
  transfer(from: number, to: number, amount: number): void {
    checkAmount(amount, this.balance[from]!, 'transfer');
    this.balance[from]! -= amount;
    this.balance[to]! += amount;
  }

  /** Takes what an account is charged, for the treasury or for nobody. */
  charge(account: number, amount: number, to: ChargedTo): void {
    checkAmount(amount, this.balance[account]!, 'charge');
    this.balance[account]! -= amount;
    this.totals[to === ChargedTo.burn ? Total.burned : Total.treasury]! += amount;
    this.totals[Total.charged]! += amount;
  }

  /** Takes the price of a place in the network, for the treasury or for nobody. */
  payEntry(account: number, amount: number, to: ChargedTo): void {
    checkAmount(amount, this.balance[account]!, 'price of a place');
    this.balance[account]! -= amount;
    this.totals[to === ChargedTo.burn ? Total.burned : Total.treasury]! += amount;
  }

  /** Takes a premium for the insurance. */
  payPremium(account: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'premium');
    this.balance[account]! -= amount;
    this.totals[Total.insurance]! += amount;
    this.totals[Total.premiums]! += amount;
  }

  /** Pays a claim out of the insurance, as far as it has the tokens; how much that is. */
  payClaim(account: number, amount: number): number {
    const paid = Math.min(amount, this.insurance);
    checkAmount(paid, this.insurance, 'claim');
    this.totals[Total.insurance]! -= paid;
    this.totals[Total.claims]! += paid;
    this.balance[account]! += paid;
    return paid;
  }

  lockStake(account: number, node: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'stake');
    this.balance[account]! -= amount;
    this.stake[node]! += amount;
  }

  /** Stake for a node out of the treasury. */
  lendStake(node: number, amount: number): void {
    checkAmount(amount, this.treasury, 'lent stake');
    this.totals[Total.treasury]! -= amount;
    this.stake[node]! += amount;
  }

  lockBond(account: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'bond');
    this.balance[account]! -= amount;
    this.totals[Total.bonds]! += amount;
  }

  /** Returns a bond less a fraction (0 to 1), which is slashed; returns the amount slashed, floored a micro-token. */
  returnBond(
    account: number,
    amount: number,
    slashedFraction: number,
    destination: SlashDestination,
    winner = NONE,
  ): number {
    const slashed = Math.floor(amount * slashedFraction);
    checkAmount(amount, this.bonds, 'returned bond');
    checkAmount(slashed, amount, 'slashed bond');
    this.totals[Total.bonds]! -= amount;
    this.balance[account]! += amount - slashed;
    return this.#slashed(slashed, destination, winner);
  }

  /**
   * Takes stake that is to return; the number of this row among the node's.
   * @param until when it returns [s]
   */
  startUnbonding(node: number, amount: number, until: number): number {
    checkAmount(amount, this.stake[node]!, 'unbonding stake');
    this.stake[node]! -= amount;
    return this.#unbonding.start(node, amount, until);
  }

  /** Returns what is left of a row of unbonding stake; how much that is. */
  finishUnbonding(account: number, node: number, number: number): number {
    const amount = this.#unbonding.finish(node, number);
    this.balance[account]! += amount;
    return amount;
  }

  /**
   * Takes a fraction (0 to 1) of staked, of delegated and of unbonding tokens, each row floored a micro-token, and then
   * an amount of what is left of the node's own, of the stake first; returns what was slashed of that.
   */
  slash(node: number, fraction: number, destination: SlashDestination, amount = 0, winner = NONE): number {
    const { fromStake, fromUnbonding, fromDelegated } = this.#takeFrom(node, fraction, amount);
    this.delegations.lost[node]! += fromDelegated;
    this.#slashed(fromStake + fromUnbonding + fromDelegated, destination, winner);
    return fromStake + fromUnbonding;
  }

  /** Takes as `slash` does, and pay that is due, but holds it: nobody's until it is settled. */
  holdSlash(node: number, fraction: number, amount = 0, pay = 0): HeldSlash {
    const unbondingUntil = this.#unbonding.lastUntil(node);
    const taken = this.#takeFrom(node, fraction, amount);
    const fromPay = this.#takeDue(node, pay);
    const own = taken.fromStake + taken.fromUnbonding;
    this.totals[Total.held]! += own + taken.fromDelegated + fromPay;
    this.delegations.held[node]! += taken.fromDelegated;
    this.heldOf[node]! += own;
    return { node, ...taken, fromPay, unbondingUntil };
  }

  /**
   * Slashes what was held of stake, claws back what was held of pay, and returns how much of the node's own stake; else
   * all of that is its stake again, and due at this epoch's end, and 0 is slashed. Delegators who are all gone by then
   * leave theirs to the treasury.
   */
  settleHeld(
    { node, fromStake, fromUnbonding, fromDelegated, fromPay }: HeldSlash,
    isUpheld: boolean,
    destination: SlashDestination,
    winner = NONE,
    refund = toTreasury,
  ): number {
    const amount = fromStake + fromUnbonding;
    checkAmount(amount, this.heldOf[node]!, 'held slash');
    this.totals[Total.held]! -= amount + fromDelegated + fromPay;
    this.delegations.held[node]! -= fromDelegated;
    this.heldOf[node]! -= amount;
    if (isUpheld) {
      this.delegations.lost[node]! += fromDelegated;
      this.#slashed(amount + fromDelegated, destination, winner);
      this.#refund(fromPay, refund);
      return amount;
    }
    this.stake[node]! += amount;
    this.due[0]![node]! += fromPay;
    if (!this.delegations.giveBack(node, fromDelegated)) this.totals[Total.treasury]! += fromDelegated;
    return 0;
  }

  /** Pay that is in escrow for the node, due at this epoch's end or later. */
  dueOf(node: number): number {
    let sum = 0;
    for (const due of this.due) sum += due[node]!;
    return sum;
  }

  /** Takes back pay that is still due, the latest first; how much was there to take. */
  clawBack(node: number, amount: number, refund: Refund): number {
    const taken = this.#takeDue(node, amount);
    this.#refund(taken, refund);
    return taken;
  }

  #takeDue(node: number, amount: number): number {
    let taken = 0;
    for (let epoch = this.due.length - 1; epoch >= 0 && taken < amount; epoch--) {
      const part = Math.min(amount - taken, this.due[epoch]![node]!);
      checkAmount(part, this.due[epoch]![node]!, 'pay taken back');
      this.due[epoch]![node]! -= part;
      taken += part;
    }
    return taken;
  }

  #refund(amount: number, { account, most }: Refund): void {
    const part = account === NONE ? 0 : Math.min(amount, most);
    if (part > 0) this.balance[account]! += part;
    this.totals[Total.treasury]! += amount - part;
    this.totals[Total.clawedBack]! += amount;
  }

  #takeFrom(node: number, fraction: number, amount: number) {
    checkAmount(amount, supplyLimit, 'slashed amount');
    const share = Math.floor(this.stake[node]! * fraction);
    checkAmount(share, this.stake[node]!, 'slashed stake');
    this.stake[node]! -= share;
    const unbondingShare = this.#unbonding.takeFraction(node, fraction);
    const more = Math.min(amount, this.stake[node]!);
    this.stake[node]! -= more;
    const unbondingMore = this.#unbonding.takeAmount(node, amount - more);
    const fromDelegated = this.delegations.take(node, fraction);
    return { fromStake: share + more, fromUnbonding: unbondingShare + unbondingMore, fromDelegated };
  }

  #slashed(amount: number, destination: SlashDestination, winner: number): number {
    const { burned, challenger, insurance, treasury } = slashParts(amount, destination);
    this.totals[Total.slashed]! += amount;
    this.totals[Total.burned]! += burned;
    this.totals[Total.insurance]! += insurance;
    this.totals[Total.treasury]! += treasury;
    // nobody's without a challenger
    if (winner === NONE) this.totals[Total.treasury]! += challenger;
    else {
      this.totals[Total.awarded]! += challenger;
      this.due[0]![winner]! += challenger;
    }
    return amount;
  }

  /** initial + minted − everything there is [micro-tokens]: 0, or an internal error. */
  residue(): number {
    let total = this.held + this.escrow + this.bonds + this.treasury + this.insurance + this.burned;
    for (const balance of this.balance) total += balance;
    for (const due of this.due) for (const amount of due) total += amount;
    const { tokens: delegated } = this.delegations;
    for (let node = 0; node < this.stake.length; node++) {
      total += this.stake[node]! + delegated[node]! + this.unbonding[node]!;
    }
    return this.initial + this.minted - total;
  }
}
