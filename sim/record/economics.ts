import { handleStep } from '../model/columns/rows/side-by-side.js';
import { hoursPerYear, microTokens, secondsPerHour } from '../model/contract/units.js';
import { energyUsd, hardwareUsd } from '../model/money/machine-costs.js';
import { type TokenSum, tokenSumsOf } from './accounts/token-sums.js';
import type { FinishedRun, Group } from './metrics/metric.js';

/**
 * What a cohort earned, spent and risked, in USD; definitions as in the data dictionary's metrics.
 *
 * Where the token's price moves, amounts are worth what they were in the epoch in which they came about.
 */
export interface CohortAccount {
  readonly incomeUsd: number;
  readonly stolenUsd: number;
  readonly savedUsd: number;
  /** Paid by the insurance for what was slashed. */
  readonly claimsUsd: number;
  readonly computeUsd: number;
  readonly identityFeesUsd: number;
  /** Fees of jobs that they submitted themselves. */
  readonly ownJobsUsd: number;
  /** Charged for answers, premiums of the insurance, and paid for resource tokens more than was taken for them. */
  readonly chargesUsd: number;
  /** Bribes that operators paid more than they took, and the price of outages and eclipses that they ordered. */
  readonly attackCostsUsd: number;
  readonly slashedUsd: number;
  readonly capitalCostUsd: number;
  /** income + stolen + saved + claims − compute − fees − own jobs − charges − attack costs − slashed − capital cost */
  readonly profitUsd: number;
  /** Of each currency the most that each operator had locked of it at once, at its price as it came to be. */
  readonly peakLockedUsd: number;
  /** compute + identity fees + own jobs + charges + attack costs */
  readonly outlayUsd: number;
}

/** Adds up a cohort's operators, nodes and machines over the whole run. */
export function accountOf({ world, recorder, prices }: FinishedRun, cohort: number): CohortAccount {
  const { hardware, machines, operators, simulation } = world;
  const { tokens, bonds } = tokenSumsOf(world, recorder, cohort);
  let servicesUsd = 0;
  for (let operator = 0; operator < operators.count; operator++) {
    if (operators.cohort[operator] !== cohort) continue;
    servicesUsd += operators.strikes[operator]! * prices.strike + operators.eclipses[operator]! * prices.eclipse;
  }
  let computeUsd = 0;
  let savedSeconds = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    if (machines.cohort[machine] !== cohort) continue;
    const its = hardware[machines.hardware[machine]!]!;
    computeUsd += hardwareUsd(machines, its, machine);
    computeUsd += energyUsd(machines, its, machine, prices.electricity);
    savedSeconds += machines.savedSeconds[machine]! * machines.throughput[machine]!;
  }
  const worth = recorder.valued?.worth(cohort, tokens, simulation.now);
  const usd = (name: TokenSum) => worth?.[name] ?? (tokens[name] / microTokens) * prices.tokenPrice;
  const bondUsd = (amount: number) => (amount / microTokens) * prices.bondTokenPrice;
  const savedUsd = (savedSeconds / secondsPerHour) * prices.savedHour;
  const usdSeconds = usd('lockedSeconds') + bondUsd(bonds.lockedSeconds);
  const capitalCostUsd = (usdSeconds / (secondsPerHour * hoursPerYear)) * prices.capitalCost;
  const incomeUsd = usd('income') + bondUsd(bonds.income);
  const slashedUsd = usd('slashed') + bondUsd(bonds.slashed);
  const attackCostsUsd = usd('bribes') + servicesUsd;
  const identityFeesUsd = usd('fees');
  const ownJobsUsd = usd('ownJobs');
  const chargesUsd = usd('charges');
  const gains = incomeUsd + usd('stolen') + savedUsd + usd('claims');
  const outlayUsd = computeUsd + identityFeesUsd + ownJobsUsd + chargesUsd + attackCostsUsd;
  return {
    incomeUsd,
    stolenUsd: usd('stolen'),
    savedUsd,
    claimsUsd: usd('claims'),
    computeUsd,
    identityFeesUsd,
    ownJobsUsd,
    chargesUsd,
    attackCostsUsd,
    slashedUsd,
    capitalCostUsd,
    profitUsd:
      gains - computeUsd - identityFeesUsd - ownJobsUsd - chargesUsd - attackCostsUsd - slashedUsd - capitalCostUsd,
    peakLockedUsd: usd('peakLocked') + bondUsd(bonds.peakLocked),
    outlayUsd,
  };
}

/** The sum of the accounts of some cohorts; null if there are none. */
export function accountOfAll(run: FinishedRun, who: Group): CohortAccount | null {
  const accounts = run.world.cohorts
    .filter((cohort) => who(cohort.index))
    .map((cohort) => accountOf(run, cohort.index));
  const [first, ...rest] = accounts;
  if (first === undefined) return null;
  return rest.reduce<CohortAccount>((sum, account) => {
    const keys = Object.keys(sum) as (keyof CohortAccount)[];
    return Object.fromEntries(keys.map((key) => [key, sum[key] + account[key]])) as unknown as CohortAccount;
  }, first);
}
