/** Places of the totals in their column. */
export const Total = {
  initial: 0,
  minted: 1,
  escrow: 2,
  bonds: 3,
  treasury: 4,
  insurance: 5,
  burned: 6,
  slashed: 7,
  held: 8,
  awarded: 9,
  charged: 10,
  premiums: 11,
  claims: 12,
  clawedBack: 13,
  treasuryPaid: 14,
  subsidies: 15,
} as const;

/** What a ledger keeps of a currency as a whole [micro-tokens]: stocks, and what flowed so far. */
export class LedgerTotals {
  /** In a column: a field of large numbers would be boxed anew at many writes. */
  protected readonly totals = new Float64Array(Object.keys(Total).length);

  get initial(): number {
    return this.totals[Total.initial]!;
  }

  get minted(): number {
    return this.totals[Total.minted]!;
  }

  get escrow(): number {
    return this.totals[Total.escrow]!;
  }

  get bonds(): number {
    return this.totals[Total.bonds]!;
  }

  get treasury(): number {
    return this.totals[Total.treasury]!;
  }

  get insurance(): number {
    return this.totals[Total.insurance]!;
  }

  get burned(): number {
    return this.totals[Total.burned]!;
  }

  /** Stake, own and delegated, and bonds slashed so far. */
  get slashed(): number {
    return this.totals[Total.slashed]!;
  }

  /** Of these, what challengers and the challenged got. */
  get awarded(): number {
    return this.totals[Total.awarded]!;
  }

  /** Charged to accounts so far. */
  get charged(): number {
    return this.totals[Total.charged]!;
  }

  /** Premiums and claims paid so far. */
  get premiums(): number {
    return this.totals[Total.premiums]!;
  }

  get claims(): number {
    return this.totals[Total.claims]!;
  }

  /** Pay taken back out of escrow so far. */
  get clawedBack(): number {
    return this.totals[Total.clawedBack]!;
  }

  /** Paid out of the treasury so far, whether or not some came back, and what of it were subsidies. */
  get treasuryPaid(): number {
    return this.totals[Total.treasuryPaid]!;
  }

  get subsidies(): number {
    return this.totals[Total.subsidies]!;
  }

  /** Taken from nodes whose cases aren't decided, in all. */
  get held(): number {
    return this.totals[Total.held]!;
  }
}
