import { catalogue } from '../schema/catalogue.js';
import type { Scenario } from '../schema/scenario-schema.js';
import { cumulatedShares } from './fleet/fleet-plan.js';

/** The shortest way from any client to any node of the scenario and back [s]. */
export function leastRoundTripSeconds(scenario: Scenario): number {
  const { latencyMs } = catalogue().regionSets[scenario.network]!;
  const clients = regionsOf(scenario, Object.values(scenario.workload));
  const nodes = regionsOf(scenario, Object.values(scenario.fleet));
  let least = Number.POSITIVE_INFINITY;
  for (const client of clients) {
    for (const node of nodes) least = Math.min(least, latencyMs[client]![node]! + latencyMs[node]![client]!);
  }
  return least / 1_000;
}

/** Indices of the regions in which some of the parts are. */
function regionsOf(
  scenario: Scenario,
  parts: readonly Pick<Scenario['fleet'][string], 'regions'>[],
): readonly number[] {
  const found = new Set<number>();
  for (const { regions } of parts) {
    const cumulated = cumulatedShares(scenario, regions);
    for (const [index, share] of cumulated.entries()) if (share > (cumulated[index - 1] ?? 0)) found.add(index);
  }
  return [...found];
}
