import type { World } from '../../model/world/world.js';

/** What the recorder counts of slashes and of what was stolen, by node and by operator [micro-tokens]. */
export interface CountedLosses {
  readonly slashed: Float64Array;
  readonly slashedBonds: Float64Array;
  readonly stolen: Float64Array;
}

const names = {
  ...{ income: 0, slashed: 0, stolen: 0, fees: 0, ownJobs: 0, charges: 0, claims: 0, bribes: 0 },
  ...{ peakLocked: 0, lockedSeconds: 0 },
};

export type TokenSum = keyof typeof names;

/** Amounts of a cohort so far, in tokens of the one currency [micro-tokens, or micro-token seconds]. */
export type TokenSums = Record<TokenSum, number>;

export const tokenSumNames = Object.keys(names) as readonly TokenSum[];

/** The same of bonds in a currency of their own. */
export interface BondSums {
  income: number;
  slashed: number;
  peakLocked: number;
  lockedSeconds: number;
}

/** Adds up a cohort's operators and nodes over the run so far. */
export function tokenSumsOf(
  world: World,
  counted: CountedLosses,
  cohort: number,
): { tokens: TokenSums; bonds: BondSums } {
  const { bondLedger, ledger, nodes, operators, ownership, simulation } = world;
  const hasBondCurrency = bondLedger !== ledger;
  const tokens: TokenSums = { ...names };
  const bonds: BondSums = { income: 0, slashed: 0, peakLocked: 0, lockedSeconds: 0 };
  for (let node = 0; node < nodes.count; node++) {
    if (ownership.cohort[node] !== cohort) continue;
    tokens.income += ledger.earned(node);
    tokens.slashed += counted.slashed[node]!;
    tokens.claims += ledger.loans?.uncovered(node) ?? 0;
    if (!hasBondCurrency) continue;
    bonds.income += bondLedger.earned(node);
    bonds.slashed += counted.slashedBonds[node]!;
  }
  for (let operator = 0; operator < operators.count; operator++) {
    if (operators.cohort[operator] !== cohort) continue;
    tokens.stolen += counted.stolen[operator]!;
    tokens.fees += operators.identityFees[operator]!;
    tokens.ownJobs += operators.ownJobFees[operator]!;
    tokens.income += ledger.delegations.paidTo(operator);
    tokens.slashed += operators.delegatedNet[operator]! - operators.delegatedNow[operator]!;
    tokens.charges += operators.charged[operator]!;
    tokens.claims += operators.claims[operator]!;
    const paid = operators.bribes[operator]!;
    if (paid > 0) tokens.bribes += paid;
    else tokens.income -= paid;
    const bought = operators.resourceTokens[operator]!;
    if (bought > 0) tokens.charges += bought;
    else tokens.income -= bought;
    tokens.peakLocked += operators.peakLocked[operator]!;
    tokens.lockedSeconds += operators.lockedUntil(operator, simulation.now);
    if (!hasBondCurrency) continue;
    bonds.peakLocked += operators.bonds.peakLocked[operator]!;
    bonds.lockedSeconds += operators.bonds.lockedUntil(operator, simulation.now);
  }
  // a purse that several cohorts share is of the first of them
  const purse = operators.rowOfPurse(cohort);
  tokens.peakLocked += operators.peakLocked[purse]!;
  tokens.lockedSeconds += operators.lockedUntil(purse, simulation.now);
  return { tokens, bonds };
}
