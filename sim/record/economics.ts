import { handleStep } from '../model/columns/rows/side-by-side.js';
import { hoursPerYear, microTokens, secondsPerHour } from '../model/contract/units.js';
import { energyUsd, hardwareUsd } from '../model/money/machine-costs.js';
import type { FinishedRun, Group } from './metrics/metric.js';

/** What a cohort earned, spent and risked, in USD; definitions as in the data dictionary's metrics. */
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
  /** Charged for answers, and premiums of the insurance. */
  readonly chargesUsd: number;
  /** Bribes that operators paid more than they took, and the price of outages and eclipses that they ordered. */
  readonly attackCostsUsd: number;
  readonly slashedUsd: number;
  readonly capitalCostUsd: number;
  /** income + stolen + saved + claims − compute − fees − own jobs − charges − attack costs − slashed − capital cost */
  readonly profitUsd: number;
  /** Of each currency the most that each operator had locked of it at once. */
  readonly peakLockedUsd: number;
  /** compute + identity fees + own jobs + charges + attack costs */
  readonly outlayUsd: number;
}

/** Adds up a cohort's operators, nodes and machines over the whole run. */
export function accountOf({ world, recorder, prices }: FinishedRun, cohort: number): CohortAccount {
  const { machines, operators, nodes, ownership, hardware, simulation } = world;
  let income = 0;
  let slashed = 0;
  let bondIncome = 0;
  let slashedBonds = 0;
  const hasBondCurrency = world.bondLedger !== world.ledger;
  for (let node = 0; node < nodes.count; node++) {
    if (ownership.cohort[node] !== cohort) continue;
    income += world.ledger.earned(node);
    slashed += recorder.slashed[node]!;
    if (!hasBondCurrency) continue;
    bondIncome += world.bondLedger.earned(node);
    slashedBonds += recorder.slashedBonds[node]!;
  }
  let stolen = 0;
  let fees = 0;
  let ownJobs = 0;
  let charges = 0;
  let claims = 0;
  let bribes = 0;
  let servicesUsd = 0;
  let peakLocked = 0;
  let lockedSeconds = 0;
  // a purse that several cohorts share is of the first of them
  const purse = operators.rowOfPurse(cohort);
  let peakBonds = 0;
  let bondSeconds = 0;
  for (let operator = 0; operator < operators.count; operator++) {
    if (operators.cohort[operator] !== cohort) continue;
    stolen += recorder.stolen[operator]!;
    fees += operators.identityFees[operator]!;
    ownJobs += operators.ownJobFees[operator]!;
    income += world.ledger.delegations.paidTo(operator);
    slashed += operators.delegatedNet[operator]! - operators.delegatedNow[operator]!;
    charges += operators.charged[operator]!;
    claims += operators.claims[operator]!;
    const paid = operators.bribes[operator]!;
    if (paid > 0) bribes += paid;
    else income -= paid;
    servicesUsd += operators.strikes[operator]! * prices.strike + operators.eclipses[operator]! * prices.eclipse;
    peakLocked += operators.peakLocked[operator]!;
    lockedSeconds += operators.lockedUntil(operator, simulation.now);
    if (!hasBondCurrency) continue;
    peakBonds += operators.bonds.peakLocked[operator]!;
    bondSeconds += operators.bonds.lockedUntil(operator, simulation.now);
  }
  peakLocked += operators.peakLocked[purse]!;
  lockedSeconds += operators.lockedUntil(purse, simulation.now);
  let computeUsd = 0;
  let savedSeconds = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    if (machines.cohort[machine] !== cohort) continue;
    const its = hardware[machines.hardware[machine]!]!;
    computeUsd += hardwareUsd(machines, its, machine);
    computeUsd += energyUsd(machines, its, machine, prices.electricity);
    savedSeconds += machines.savedSeconds[machine]! * machines.throughput[machine]!;
  }
  const usd = (amount: number) => (amount / microTokens) * prices.tokenPrice;
  const bondUsd = (amount: number) => (amount / microTokens) * prices.bondTokenPrice;
  const savedUsd = (savedSeconds / secondsPerHour) * prices.savedHour;
  const usdSeconds = usd(lockedSeconds) + bondUsd(bondSeconds);
  const capitalCostUsd = (usdSeconds / (secondsPerHour * hoursPerYear)) * prices.capitalCost;
  const incomeUsd = usd(income) + bondUsd(bondIncome);
  const slashedUsd = usd(slashed) + bondUsd(slashedBonds);
  const attackCostsUsd = usd(bribes) + servicesUsd;
  const gains = incomeUsd + usd(stolen) + savedUsd + usd(claims);
  const outlayUsd = computeUsd + usd(fees) + usd(ownJobs) + usd(charges) + attackCostsUsd;
  return {
    incomeUsd,
    stolenUsd: usd(stolen),
    savedUsd,
    claimsUsd: usd(claims),
    computeUsd,
    identityFeesUsd: usd(fees),
    ownJobsUsd: usd(ownJobs),
    chargesUsd: usd(charges),
    attackCostsUsd,
    slashedUsd,
    capitalCostUsd,
    profitUsd:
      gains - computeUsd - usd(fees) - usd(ownJobs) - usd(charges) - attackCostsUsd - slashedUsd - capitalCostUsd,
    peakLockedUsd: usd(peakLocked) + bondUsd(peakBonds),
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
