import { NONE } from '../columns/nodes.js';
import type { SlashDestination } from '../columns/rules.js';
import { checkAmount } from './amounts.js';
import type { HeldSlash } from './held-slash.js';
import { slashParts } from './slash-parts.js';
import { UnbondingRows } from './unbonding-rows.js';

/** Largest supply [micro-tokens], excluded: every sum of amounts stays an exact integer. */
export const supplyLimit = 9_007_199_254_740_992;

/** Places of the totals in their column. */
const Total = {
  initial: 0,
  minted: 1,
  escrow: 2,
  bonds: 3,
  treasury: 4,
  insurance: 5,
  burned: 6,
  slashed: 7,
  held: 8,
} as const;

/**
 * The only place where tokens move, one ledger a currency; amounts are integer micro-tokens.
 *
 * initial + minted = balances + stakes + unbonding + held + due + escrow + bonds + treasury + insurance + burned,
 * exactly, at every moment. Amounts that aren't whole and non-negative, or exceed what is there, are internal errors.
 */
export class Ledger {
  readonly currency: string;
  /** By account. */
  readonly balance: Float64Array;
  /** By node: earned and paid out to its operator. */
  readonly paid: Float64Array;
  /** By node: earned and still in escrow, due at the end of this epoch, of the next one, and so on. */
  readonly due: Float64Array[];
  /** By node; shared with the nodes' columns, where everyone may read it. */
  readonly stake: Float64Array;
  /** The totals below, in a column: a field of large numbers would be boxed anew at many writes. */
  readonly #totals = new Float64Array(9);
  readonly #unbonding: UnbondingRows;
  /** By node: taken from it while its cases are open. */
  readonly heldOf: Float64Array;

  constructor(currency: string, accounts: number, stake: Float64Array) {
    this.currency = currency;
    this.balance = new Float64Array(accounts);
    this.paid = new Float64Array(stake.length);
    this.due = [new Float64Array(stake.length)];
    this.stake = stake;
    this.#unbonding = new UnbondingRows(stake.length);
    this.heldOf = new Float64Array(stake.length);
  }

  get initial(): number {
    return this.#totals[Total.initial]!;
  }

  get minted(): number {
    return this.#totals[Total.minted]!;
  }

  get escrow(): number {
    return this.#totals[Total.escrow]!;
  }

  get bonds(): number {
    return this.#totals[Total.bonds]!;
  }

  get treasury(): number {
    return this.#totals[Total.treasury]!;
  }

  get insurance(): number {
    return this.#totals[Total.insurance]!;
  }

  get burned(): number {
    return this.#totals[Total.burned]!;
  }

  /** Stake and bonds slashed so far. */
  get slashed(): number {
    return this.#totals[Total.slashed]!;
  }

  /** Taken from nodes whose cases aren't decided, in all. */
  get held(): number {
    return this.#totals[Total.held]!;
  }

  /** By node: no longer staked, still slashable. */
  get unbonding(): Float64Array {
    return this.#unbonding.sum;
  }

  /** Endows an account before the first event. */
  endow(account: number, amount: number): void {
    checkAmount(amount, supplyLimit - this.initial - 1, 'initial supply');
    this.#totals[Total.initial]! += amount;
    this.balance[account]! += amount;
  }

  endowTreasury(amount: number): void {
    checkAmount(amount, supplyLimit - this.initial - 1, 'initial supply');
    this.#totals[Total.initial]! += amount;
    this.#totals[Total.treasury]! += amount;
  }

  /** Makes new tokens that the node earns and its operator gets at once; how many of them the supply limit lets be. */
  mint(account: number, node: number, amount: number): number {
    const minted = Math.min(amount, supplyLimit - this.initial - this.minted - 1);
    checkAmount(minted, supplyLimit, 'minted supply');
    this.#totals[Total.minted]! += minted;
    this.paid[node]! += minted;
    this.balance[account]! += minted;
    return minted;
  }

  /** Takes a fee into escrow; false, and nothing moves, if the balance is too small. */
  escrowFee(account: number, amount: number): boolean {
    if (this.balance[account]! < amount) return false;
    checkAmount(amount, this.balance[account]!, 'fee');
    this.balance[account]! -= amount;
    this.#totals[Total.escrow]! += amount;
    return true;
  }

  payFromEscrow(account: number, amount: number): void {
    checkAmount(amount, this.escrow, 'payment from escrow');
    this.#totals[Total.escrow]! -= amount;
    this.balance[account]! += amount;
  }

  /** What escrow owes a node from now on, due at the end of this epoch or so many epochs later. */
  accrue(node: number, amount: number, laterEpochs: number): void {
    checkAmount(amount, this.escrow, 'pay from escrow');
    while (this.due.length <= laterEpochs) this.due.push(new Float64Array(this.stake.length));
    this.#totals[Total.escrow]! -= amount;
    this.due[laterEpochs]![node]! += amount;
  }

  /** Everything that the node has earned so far, paid out or not. */
  earned(node: number): number {
    let earned = this.paid[node]!;
    for (const due of this.due) earned += due[node]!;
    return earned;
  }

  /** Pays each node's operator what is due at this epoch's end. */
  payOut(operatorOf: Int32Array): void {
    const due = this.due.shift()!;
    if (this.due.length === 0) this.due.push(new Float64Array(this.stake.length));
    for (let node = 0; node < due.length; node++) {
      if (due[node] === 0) continue;
      this.paid[node]! += due[node]!;
      this.balance[operatorOf[node]!]! += due[node]!;
    }
  }

  escrowToTreasury(amount: number): void {
    checkAmount(amount, this.escrow, 'treasury share');
    this.#totals[Total.escrow]! -= amount;
    this.#totals[Total.treasury]! += amount;
  }

  /** Puts treasury tokens into escrow for a job that the protocol itself pays; returns what it could afford. */
  escrowFromTreasury(amount: number): number {
    const affordable = Math.min(amount, this.treasury);
    checkAmount(affordable, this.treasury, 'treasury fee');
    this.#totals[Total.treasury]! -= affordable;
    this.#totals[Total.escrow]! += affordable;
    return affordable;
  }

  payTreasury(account: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'payment to the treasury');
    this.balance[account]! -= amount;
    this.#totals[Total.treasury]! += amount;
  }

  lockStake(account: number, node: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'stake');
    this.balance[account]! -= amount;
    this.stake[node]! += amount;
  }

  lockBond(account: number, amount: number): void {
    checkAmount(amount, this.balance[account]!, 'bond');
    this.balance[account]! -= amount;
    this.#totals[Total.bonds]! += amount;
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
    this.#totals[Total.bonds]! -= amount;
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
   * Takes a fraction (0 to 1) of staked and of unbonding tokens, each row floored a micro-token, and then an amount of
   * what is left, of the stake first; returns what was slashed.
   */
  slash(node: number, fraction: number, destination: SlashDestination, amount = 0, winner = NONE): number {
    const { fromStake, fromUnbonding } = this.#takeFrom(node, fraction, amount);
    return this.#slashed(fromStake + fromUnbonding, destination, winner);
  }

  /** Takes as `slash` does, but holds it: it isn't the node's any more, and nobody else's until it is settled. */
  holdSlash(node: number, fraction: number, amount = 0): HeldSlash {
    const unbondingUntil = this.#unbonding.lastUntil(node);
    const { fromStake, fromUnbonding } = this.#takeFrom(node, fraction, amount);
    this.#totals[Total.held]! += fromStake + fromUnbonding;
    this.heldOf[node]! += fromStake + fromUnbonding;
    return { node, fromStake, fromUnbonding, unbondingUntil };
  }

  /** Slashes what was held, and returns how much; else all of it is the node's stake again, and 0 is slashed. */
  settleHeld(
    { node, fromStake, fromUnbonding }: HeldSlash,
    isUpheld: boolean,
    destination: SlashDestination,
    winner = NONE,
  ): number {
    const amount = fromStake + fromUnbonding;
    checkAmount(amount, this.heldOf[node]!, 'held slash');
    this.#totals[Total.held]! -= amount;
    this.heldOf[node]! -= amount;
    if (isUpheld) return this.#slashed(amount, destination, winner);
    this.stake[node]! += amount;
    return 0;
  }

  /**
   * Takes back pay that is still due, the latest first.
   * @param account who gets it; NONE for the treasury
   * @returns how much was there to take
   */
  clawBack(node: number, amount: number, account: number): number {
    let taken = 0;
    for (let epoch = this.due.length - 1; epoch >= 0 && taken < amount; epoch--) {
      const part = Math.min(amount - taken, this.due[epoch]![node]!);
      checkAmount(part, this.due[epoch]![node]!, 'pay taken back');
      this.due[epoch]![node]! -= part;
      taken += part;
    }
    if (account === NONE) this.#totals[Total.treasury]! += taken;
    else this.balance[account]! += taken;
    return taken;
  }

  #takeFrom(node: number, fraction: number, amount: number): { fromStake: number; fromUnbonding: number } {
    checkAmount(amount, supplyLimit, 'slashed amount');
    const share = Math.floor(this.stake[node]! * fraction);
    checkAmount(share, this.stake[node]!, 'slashed stake');
    this.stake[node]! -= share;
    const unbondingShare = this.#unbonding.takeFraction(node, fraction);
    const more = Math.min(amount, this.stake[node]!);
    this.stake[node]! -= more;
    const unbondingMore = this.#unbonding.takeAmount(node, amount - more);
    return { fromStake: share + more, fromUnbonding: unbondingShare + unbondingMore };
  }

  #slashed(amount: number, destination: SlashDestination, winner: number): number {
    const { burned, challenger, insurance, treasury } = slashParts(amount, destination);
    this.#totals[Total.slashed]! += amount;
    this.#totals[Total.burned]! += burned;
    this.#totals[Total.insurance]! += insurance;
    this.#totals[Total.treasury]! += treasury;
    // nobody's without a challenger
    if (winner === NONE) this.#totals[Total.treasury]! += challenger;
    else this.due[0]![winner]! += challenger;
    return amount;
  }

  /** initial + minted − everything there is [micro-tokens]: 0, or an internal error. */
  residue(): number {
    let total = this.held + this.escrow + this.bonds + this.treasury + this.insurance + this.burned;
    for (const balance of this.balance) total += balance;
    for (const due of this.due) for (const amount of due) total += amount;
    for (let node = 0; node < this.stake.length; node++) total += this.stake[node]! + this.unbonding[node]!;
    return this.initial + this.minted - total;
  }
}
