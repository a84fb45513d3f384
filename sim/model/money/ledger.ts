import type { SlashDestination } from '../columns/rules.js';

/** Largest supply [micro-tokens], excluded: every sum of amounts stays an exact integer. */
export const supplyLimit = 9_007_199_254_740_992;

/** Places of the totals in their column. */
const Total = { initial: 0, minted: 1, escrow: 2, bonds: 3, treasury: 4, insurance: 5, burned: 6, slashed: 7 } as const;

/**
 * The only place where tokens move, one ledger a currency; amounts are integer micro-tokens.
 *
 * initial + minted = balances + stakes + unbonding + due + escrow + bonds + treasury + insurance + burned, exactly, at
 * every moment. Amounts that aren't whole and non-negative, or exceed what is there, are internal errors.
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
  /** By node: no longer staked, still slashable. */
  readonly unbonding: Float64Array;
  /** The totals below, in a column: a field of large numbers would be boxed anew at many writes. */
  readonly #totals = new Float64Array(8);

  constructor(currency: string, accounts: number, stake: Float64Array) {
    this.currency = currency;
    this.balance = new Float64Array(accounts);
    this.paid = new Float64Array(stake.length);
    this.due = [new Float64Array(stake.length)];
    this.stake = stake;
    this.unbonding = new Float64Array(stake.length);
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

  /** Endows an account before the first event. */
  endow(account: number, amount: number): void {
    check(amount, supplyLimit - this.initial - 1, 'initial supply');
    this.#totals[Total.initial]! += amount;
    this.balance[account]! += amount;
  }

  endowTreasury(amount: number): void {
    check(amount, supplyLimit - this.initial - 1, 'initial supply');
    this.#totals[Total.initial]! += amount;
    this.#totals[Total.treasury]! += amount;
  }

  /** Makes new tokens that the node earns and its operator gets at once; how many of them the supply limit lets be. */
  mint(account: number, node: number, amount: number): number {
    const minted = Math.min(amount, supplyLimit - this.initial - this.minted - 1);
    check(minted, supplyLimit, 'minted supply');
    this.#totals[Total.minted]! += minted;
    this.paid[node]! += minted;
    this.balance[account]! += minted;
    return minted;
  }

  /** Takes a fee into escrow; false, and nothing moves, if the balance is too small. */
  escrowFee(account: number, amount: number): boolean {
    if (this.balance[account]! < amount) return false;
    check(amount, this.balance[account]!, 'fee');
    this.balance[account]! -= amount;
    this.#totals[Total.escrow]! += amount;
    return true;
  }

  payFromEscrow(account: number, amount: number): void {
    check(amount, this.escrow, 'payment from escrow');
    this.#totals[Total.escrow]! -= amount;
    this.balance[account]! += amount;
  }

  /** What escrow owes a node from now on, due at the end of this epoch or so many epochs later. */
  accrue(node: number, amount: number, laterEpochs: number): void {
    check(amount, this.escrow, 'pay from escrow');
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
    check(amount, this.escrow, 'treasury share');
    this.#totals[Total.escrow]! -= amount;
    this.#totals[Total.treasury]! += amount;
  }

  /** Puts treasury tokens into escrow for a job that the protocol itself pays; returns what it could afford. */
  escrowFromTreasury(amount: number): number {
    const affordable = Math.min(amount, this.treasury);
    check(affordable, this.treasury, 'treasury fee');
    this.#totals[Total.treasury]! -= affordable;
    this.#totals[Total.escrow]! += affordable;
    return affordable;
  }

  payTreasury(account: number, amount: number): void {
    check(amount, this.balance[account]!, 'payment to the treasury');
    this.balance[account]! -= amount;
    this.#totals[Total.treasury]! += amount;
  }

  lockStake(account: number, node: number, amount: number): void {
    check(amount, this.balance[account]!, 'stake');
    this.balance[account]! -= amount;
    this.stake[node]! += amount;
  }

  lockBond(account: number, amount: number): void {
    check(amount, this.balance[account]!, 'bond');
    this.balance[account]! -= amount;
    this.#totals[Total.bonds]! += amount;
  }

  /** Returns a bond less a fraction (0 to 1), which is slashed; returns the amount slashed, floored a micro-token. */
  returnBond(account: number, amount: number, slashedFraction: number, destination: SlashDestination): number {
    const slashed = Math.floor(amount * slashedFraction);
    check(amount, this.bonds, 'returned bond');
    check(slashed, amount, 'slashed bond');
    this.#totals[Total.bonds]! -= amount;
    this.balance[account]! += amount - slashed;
    this.#totals[Total.slashed]! += slashed;
    this.#distribute(slashed, destination);
    return slashed;
  }

  startUnbonding(node: number, amount: number): void {
    check(amount, this.stake[node]!, 'unbonding stake');
    this.stake[node]! -= amount;
    this.unbonding[node]! += amount;
  }

  finishUnbonding(account: number, node: number): void {
    this.balance[account]! += this.unbonding[node]!;
    this.unbonding[node] = 0;
  }

  /** Takes a fraction (0 to 1) of staked and unbonding tokens; returns the amount slashed, floored a micro-token. */
  slash(node: number, fraction: number, destination: SlashDestination): number {
    const fromStake = Math.floor(this.stake[node]! * fraction);
    const fromUnbonding = Math.floor(this.unbonding[node]! * fraction);
    check(fromStake, this.stake[node]!, 'slashed stake');
    check(fromUnbonding, this.unbonding[node]!, 'slashed unbonding stake');
    this.stake[node]! -= fromStake;
    this.unbonding[node]! -= fromUnbonding;
    const amount = fromStake + fromUnbonding;
    this.#totals[Total.slashed]! += amount;
    this.#distribute(amount, destination);
    return amount;
  }

  /** Splits by cumulative floor, the remainder to the treasury; so does a challenger's share, as nobody challenges. */
  #distribute(amount: number, destination: SlashDestination): void {
    const burnUntil = Math.floor(amount * destination.burn);
    const challengerUntil = Math.floor(amount * Math.min(1, destination.burn + destination.challenger));
    const insuranceUntil = Math.floor(
      amount * Math.min(1, destination.burn + destination.challenger + destination.insurance),
    );
    this.#totals[Total.burned]! += burnUntil;
    this.#totals[Total.insurance]! += insuranceUntil - challengerUntil;
    this.#totals[Total.treasury]! += challengerUntil - burnUntil + (amount - insuranceUntil);
  }

  /** initial + minted − everything there is [micro-tokens]: 0, or an internal error. */
  residue(): number {
    let total = this.escrow + this.bonds + this.treasury + this.insurance + this.burned;
    for (const balance of this.balance) total += balance;
    for (const due of this.due) for (const amount of due) total += amount;
    for (let node = 0; node < this.stake.length; node++) total += this.stake[node]! + this.unbonding[node]!;
    return this.initial + this.minted - total;
  }
}

function check(amount: number, most: number, what: string): void {
  if (amount >= 0 && amount <= most && Math.floor(amount) === amount) return;
  throw new Error(`${what}: expected a whole amount from 0 to ${most} micro-tokens, found ${amount}`);
}
