import { handleStep } from '../../model/columns/rows/side-by-side.js';
import { microTokens, secondsPerHour } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import { type CountedLosses, tokenSumsOf } from './token-sums.js';
import type { ValuedSums } from './valued-sums.js';

/** What corruption brought a cohort so far, and what it cost it [USD]. */
export interface Cheating {
  /** Value of wrong results that nobody found out, and computing left out. */
  readonly gainUsd: number;
  /** Slashed, less what insurance or lender bore, and paid for entries, jobs of its own, bribes, strikes, eclipses. */
  readonly costUsd: number;
}

/** Of who doesn't attack. */
export const noCheating: Cheating = { gainUsd: Number.NaN, costUsd: Number.NaN };

/** What amounts are worth [USD]. */
export interface CheatingPrices {
  readonly tokenPrice: number;
  readonly bondTokenPrice: number;
  readonly savedHour: number;
  readonly strike: number;
  readonly eclipse: number;
}

/**
 * The part of a cohort's account that is about corruption alone: what honest work brings and costs is left out. Every
 * amount is up to date at any time, so that it can be asked at samples.
 */
export function cheatingOf(
  world: World,
  counted: CountedLosses & { readonly valued: ValuedSums | null },
  prices: CheatingPrices,
  cohort: number,
): Cheating {
  const { machines, operators, simulation } = world;
  const { tokens, bonds } = tokenSumsOf(world, counted, cohort);
  const worth = counted.valued?.worth(cohort, tokens, simulation.now);
  const usd = (name: 'stolen' | 'slashed' | 'claims' | 'fees' | 'ownJobs' | 'bribes') =>
    worth?.[name] ?? (tokens[name] / microTokens) * prices.tokenPrice;
  let servicesUsd = 0;
  for (let operator = 0; operator < operators.count; operator++) {
    if (operators.cohort[operator] !== cohort) continue;
    servicesUsd += operators.strikes[operator]! * prices.strike + operators.eclipses[operator]! * prices.eclipse;
  }
  let savedSeconds = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    if (machines.cohort[machine] !== cohort) continue;
    savedSeconds += machines.savedSeconds[machine]! * machines.throughput[machine]!;
  }
  const slashedUsd = usd('slashed') + (bonds.slashed / microTokens) * prices.bondTokenPrice;
  return {
    gainUsd: usd('stolen') + (savedSeconds / secondsPerHour) * prices.savedHour,
    costUsd: slashedUsd - usd('claims') + usd('fees') + usd('ownJobs') + usd('bribes') + servicesUsd,
  };
}
