import { handleStep } from '../model/columns/rows/side-by-side.js';
import { hoursPerYear, microTokens, secondsPerHour } from '../model/contract/units.js';
import type { FinishedRun, Group } from './metrics/metric.js';

/** What a cohort earned, spent and risked, in USD; definitions as in the data dictionary's metrics. */
export interface CohortAccount {
  readonly incomeUsd: number;
  readonly stolenUsd: number;
  readonly savedUsd: number;
  readonly computeUsd: number;
  readonly identityFeesUsd: number;
  /** Fees of jobs that they submitted themselves. */
  readonly ownJobsUsd: number;
  /** Bribes paid, less those taken, and the price of outages and eclipses that they ordered. */
  readonly attackCostsUsd: number;
  readonly slashedUsd: number;
  readonly capitalCostUsd: number;
  /** income + stolen + saved − compute − identity fees − own jobs − attack costs − slashed − capital cost */
  readonly profitUsd: number;
  readonly peakLockedUsd: number;
  /** compute + identity fees + own jobs + attack costs */
  readonly outlayUsd: number;
}

/** Adds up a cohort's operators, nodes and machines over the whole run. */
export function accountOf({ world, recorder, prices }: FinishedRun, cohort: number): CohortAccount {
  const { machines, operators, nodes, ownership, hardware, simulation } = world;
  let income = 0;
  let slashed = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (ownership.cohort[node] !== cohort) continue;
    income += world.ledger.earned(node);
    slashed += recorder.slashed[node]!;
  }
  let stolen = 0;
  let fees = 0;
  let ownJobs = 0;
  let bribes = 0;
  let servicesUsd = 0;
  let peakLocked = 0;
  let lockedSeconds = 0;
  for (let operator = 0; operator < operators.count; operator++) {
    if (operators.cohort[operator] !== cohort) continue;
    stolen += recorder.stolen[operator]!;
    fees += operators.identityFees[operator]!;
    ownJobs += operators.ownJobFees[operator]!;
    bribes += operators.bribes[operator]!;
    servicesUsd += operators.strikes[operator]! * prices.strike + operators.eclipses[operator]! * prices.eclipse;
    peakLocked += operators.peakLocked[operator]!;
    const since = simulation.now - operators.lockedSince[operator]!;
    lockedSeconds += operators.lockedSeconds[operator]! + operators.locked[operator]! * since;
  }
  let computeUsd = 0;
  let savedSeconds = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    if (machines.cohort[machine] !== cohort) continue;
    const { fixedUsdPerHour, busyWatts, idleWatts } = hardware[machines.hardware[machine]!]!;
    const busySeconds = machines.busySeconds[machine]! / machines.slots[machine]!;
    const idleSeconds = Math.max(0, machines.upSeconds[machine]! - busySeconds);
    const kilowattHours = (busySeconds * busyWatts + idleSeconds * idleWatts) / (1_000 * secondsPerHour);
    computeUsd += (machines.usedSeconds[machine]! / secondsPerHour) * fixedUsdPerHour;
    computeUsd += kilowattHours * prices.electricity;
    savedSeconds += machines.savedSeconds[machine]! * machines.throughput[machine]!;
  }
  const usd = (amount: number) => (amount / microTokens) * prices.tokenPrice;
  const savedUsd = (savedSeconds / secondsPerHour) * prices.savedHour;
  const capitalCostUsd = (usd(lockedSeconds) / (secondsPerHour * hoursPerYear)) * prices.capitalCost;
  const attackCostsUsd = usd(bribes) + servicesUsd;
  const gains = usd(income) + usd(stolen) + savedUsd;
  return {
    incomeUsd: usd(income),
    stolenUsd: usd(stolen),
    savedUsd,
    computeUsd,
    identityFeesUsd: usd(fees),
    ownJobsUsd: usd(ownJobs),
    attackCostsUsd,
    slashedUsd: usd(slashed),
    capitalCostUsd,
    profitUsd: gains - computeUsd - usd(fees) - usd(ownJobs) - attackCostsUsd - usd(slashed) - capitalCostUsd,
    peakLockedUsd: usd(peakLocked),
    outlayUsd: computeUsd + usd(fees) + usd(ownJobs) + attackCostsUsd,
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
