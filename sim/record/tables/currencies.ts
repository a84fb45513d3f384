import { microTokens } from '../../model/contract/units.js';
import type { Ledger } from '../../model/money/ledger.js';
import { ledgersOf, type World } from '../../model/world/world.js';
import { type ColumnOf, type Table, tableOf } from './table.js';

function sumOf(columns: readonly Float64Array[]): number {
  let sum = 0;
  for (const column of columns) for (const amount of column) sum += amount;
  return sum;
}

const stock = (name: string, meaning: string, amount: (ledger: Ledger) => number): ColumnOf<Ledger> => ({
  name,
  unit: 'tokens',
  window: 'at the end',
  meaning,
  value: (ledger) => amount(ledger) / microTokens,
});

const flow = (name: string, meaning: string, amount: (ledger: Ledger) => number): ColumnOf<Ledger> => ({
  ...stock(name, meaning, amount),
  window: 'whole run',
});

const columns: readonly ColumnOf<Ledger>[] = [
  {
    name: 'currency',
    unit: '',
    window: 'fixed',
    meaning: 'token, or bond-token, in which bonds are locked',
    value: ({ currency }) => currency,
  },
  stock('initialTokens', 'There before the first event', ({ initial }) => initial),
  flow('mintedTokens', 'Minted', ({ minted }) => minted),
  stock('accountsTokens', 'On accounts: of operators, clients, delegators, purses', ({ balance }) => sumOf([balance])),
  stock('stakedTokens', 'Staked, delegated, unbonding, or held until a case is decided', (ledger) => {
    return sumOf([ledger.stake, ledger.delegations.tokens, ledger.unbonding]) + ledger.held;
  }),
  stock('bondedTokens', 'Locked as bonds', ({ bonds }) => bonds),
  stock('escrowTokens', 'In escrow, for open jobs and as pay that is due', ({ due, escrow }) => escrow + sumOf(due)),
  stock('treasuryTokens', 'In the treasury', ({ treasury }) => treasury),
  stock('insuranceTokens', 'In the insurance', ({ insurance }) => insurance),
  stock('burnedTokens', 'Burned', ({ burned }) => burned),
  flow('slashedTokens', 'Slashed, whoever got it', ({ slashed }) => slashed),
  flow('awardedTokens', 'Of these, for who won a dispute', ({ awarded }) => awarded),
  flow('clawedBackTokens', 'Pay taken back out of escrow', ({ clawedBack }) => clawedBack),
  flow('chargedTokens', 'Charged to operators for answers', ({ charged }) => charged),
  flow('premiumsTokens', 'Premiums paid to the insurance', ({ premiums }) => premiums),
  flow('claimsTokens', 'Claims paid by it', ({ claims }) => claims),
];

/** A row a currency: where its tokens are, which adds up to those initial and minted, and what was taken from whom. */
export function currenciesTable(world: World): Table {
  return tableOf(
    'currencies',
    'Where the tokens of each currency are, and what was slashed or charged',
    columns,
    ledgersOf(world),
  );
}
