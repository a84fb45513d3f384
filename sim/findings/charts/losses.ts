import type { Loss } from '../../../reports/charts/index.js';
import type { Cast } from '../../../reports/drawing/cast.js';
import { type Slashing, slashingSums } from '../slashing-sums.js';

/**
 * What was slashed of stake and bonds by cause and cohort of the cast, in the order in which each first occurred; bonds
 * in a currency of their own can't be added to it, and are left out.
 */
export function lossesOf(slashings: Iterable<Slashing>, { nameOf }: Cast): readonly Loss[] {
  const shown = (cohort: string) => nameOf.get(cohort) ?? cohort;
  const sums = slashingSums(inTokens(slashings), ({ cause, cohort }) => JSON.stringify([cause, shown(cohort)]));
  return Array.from(sums.values(), ({ first: { cause, cohort }, nodes, count, tokens }) => {
    return { cause, cohort: shown(cohort), nodes, count, tokens };
  });
}

function* inTokens(slashings: Iterable<Slashing>): Generator<Slashing> {
  for (const slashing of slashings) if (slashing.collateral !== 'bondToken') yield slashing;
}
