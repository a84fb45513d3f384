import { microTokens } from '../../model/contract/units.js';
import type { Ledger } from '../../model/money/ledger.js';
import type { FinishedRun, Metric } from './metric.js';

/** What the bond currency's ledger says [tokens]; NaN where bonds are in tokens. */
const ofBonds =
  (amount: (ledger: Ledger) => number) =>
  ({ world: { bondLedger, ledger } }: FinishedRun) =>
    bondLedger === ledger ? Number.NaN : amount(bondLedger) / microTokens;

const sumOf = (amounts: Float64Array) => amounts.reduce((sum, amount) => sum + amount, 0);

/** What became of money besides fees, stake and bonds in tokens. */
export const moneyMetrics: readonly Metric[] = [
  {
    name: 'bondTokensSlashed',
    label: 'tokens of the bond currency slashed',
    unit: 'bond tokens',
    window: 'whole run',
    meaning: 'Bonds slashed from anybody, in the bond currency; empty where bonds are in tokens',
    value: ofBonds(({ slashed }) => slashed),
  },
  {
    name: 'bondTokensBurned',
    label: 'tokens of the bond currency burned',
    unit: 'bond tokens',
    window: 'whole run',
    meaning: 'Of these, burned; empty where bonds are in tokens',
    isAtEnd: true,
    value: ofBonds(({ burned }) => burned),
  },
  {
    name: 'bondTokensAwarded',
    label: 'tokens of the bond currency awarded to who won a dispute',
    unit: 'bond tokens',
    window: 'whole run',
    meaning: 'Of these, what challengers got, and whom they challenged in vain; empty where bonds are in tokens',
    value: ofBonds(({ awarded }) => awarded),
  },
  {
    name: 'tokenPriceMeanUsd',
    label: 'price of a token on average',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Mean price of a token over the run',
    value: ({ world: { prices, simulation } }) => prices.token.mean(0, simulation.now),
  },
  {
    name: 'tokenPriceUsd',
    label: 'price of a token at the end',
    unit: 'USD',
    window: 'at the end',
    meaning: 'Price of a token at the end',
    isAtEnd: true,
    value: ({ world: { prices, simulation } }) => prices.token.at(simulation.now),
  },
  {
    name: 'chargedTokens',
    label: 'what operators were charged for answers',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Charged to operators for the answers that their nodes sent',
    value: ({ world }) => world.ledger.charged / microTokens,
  },
  {
    name: 'pursesTokens',
    label: 'tokens in purses that members of an attack share',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'In the purses that members of an attack share, at the end; counted with their locked capital',
    isAtEnd: true,
    value: ({ world: { ledger, purseAccounts } }) =>
      purseAccounts.reduce((sum, account) => sum + ledger.balance[account]!, 0) / microTokens,
  },
  {
    name: 'premiumsTokens',
    label: 'premiums paid to the insurance',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Premiums that operators paid to the insurance of stake',
    value: ({ world }) => world.ledger.premiums / microTokens,
  },
  {
    name: 'claimsTokens',
    label: 'claims paid by the insurance',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Paid by the insurance to operators whose stake was slashed',
    value: ({ world }) => world.ledger.claims / microTokens,
  },
  {
    name: 'insuranceTokens',
    label: 'tokens of the insurance',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'In the insurance at the end: premiums and shares of what was slashed, less claims',
    isAtEnd: true,
    value: ({ world }) => world.ledger.insurance / microTokens,
  },
  {
    name: 'clawedBackTokens',
    label: 'pay taken back out of escrow',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Pay that escrow held for nodes and that was taken back, for its clients where they are known',
    value: ({ world }) => world.ledger.clawedBack / microTokens,
  },
  {
    name: 'honestClawedBackTokens',
    label: 'pay of honest nodes taken back out of escrow',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Of this, pay of honest nodes',
    about: 'honest',
    value: ({ world: { nodes, ownership }, recorder }, who) => {
      let sum = 0;
      for (let node = 0; node < nodes.count; node++) {
        if (who(ownership.cohort[node]!)) sum += recorder.clawedBack[node]!;
      }
      return sum / microTokens;
    },
  },
  {
    name: 'treasuryPaidTokens',
    label: 'paid out of the treasury',
    unit: 'tokens',
    formula: 'recomputations + spot-checks + jackpots + subsidies',
    window: 'whole run',
    meaning:
      'Paid out of the treasury for recomputations, spot-checks, jackpots and subsidies, whether or not some of a ' +
      'spot-check’s fee came back',
    value: ({ world }) => world.ledger.treasuryPaid / microTokens,
  },
  {
    name: 'subsidiesTokens',
    label: 'subsidies for newcomers',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Of this, subsidies for newcomers',
    value: ({ world }) => world.ledger.subsidies / microTokens,
  },
  {
    name: 'loansTokens',
    label: 'owed for lent stake',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'What operators owe the treasury for stake that it lent, at the end; empty where nobody borrows',
    isAtEnd: true,
    value: ({ world: { ledger } }) => (ledger.loans === null ? Number.NaN : sumOf(ledger.loans.debt) / microTokens),
  },
  {
    name: 'loanLossTokens',
    label: 'owed for lent stake that is gone',
    unit: 'tokens',
    formula: 'Σ over nodes of max(0, owed − stake that is left)',
    better: 'lower',
    window: 'at the end',
    meaning:
      'Of this, what no stake covers any more, as it was slashed: the treasury’s loss; empty where nobody borrows',
    isAtEnd: true,
    value: ({ world: { ledger } }) => (ledger.loans === null ? Number.NaN : ledger.loans.uncoveredSum() / microTokens),
  },
  {
    name: 'loanInterestTokens',
    label: 'interest paid for lent stake',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Interest paid to the treasury for stake that it lent; empty where nobody borrows',
    value: ({ world: { ledger } }) => (ledger.loans === null ? Number.NaN : ledger.loans.interestSum / microTokens),
  },
  {
    name: 'demandOverReference',
    label: 'jobs that came over those that would have at the reference price',
    unit: 'fraction',
    formula: 'jobs that came ÷ jobs at the reference price, (price ÷ reference)^(−ε) on average',
    window: 'whole run',
    isRatio: true,
    meaning:
      'Of workloads whose demand reacts to the price, jobs that came over as many as would have come at the ' +
      'reference price; empty without such workloads, or before anybody would have come',
    value: ({ world: { workloads } }) => {
      let came = 0;
      let atReference = 0;
      for (const { elasticity, nextOrdinal, submitted } of workloads) {
        if (elasticity === null) continue;
        came += submitted;
        atReference += nextOrdinal / elasticity.settings.most;
      }
      return atReference === 0 ? Number.NaN : came / atReference;
    },
  },
];
