import { CausePlan, type CauseSettings } from '../../../model/outside/common-cause.js';
import { PartitionPlan } from '../../../model/outside/regions/partitions.js';
import { withPatternDefaults } from '../../../model/outside/shared-outages.js';
import { createSurges, type Surge } from '../../../model/outside/surges.js';
import { catalogue } from '../../schema/catalogue.js';
import type { Scenario } from '../../schema/scenario-schema.js';

/** The scenario's outages that many machines share. */
export function outagePlans(scenario: Scenario): readonly CausePlan[] {
  return Object.entries(scenario.stress.outages).map(([name, written]) =>
    causePlan(scenario, `outages.${name}`, withPatternDefaults(written)),
  );
}

/** The scenario's bugs of clients. */
export function bugPlans(scenario: Scenario): readonly CausePlan[] {
  return Object.entries(scenario.stress.bugs).map(([name, settings]) =>
    causePlan(scenario, `bugs.${name}`, { ...settings, announced: false }),
  );
}

function causePlan({ seed, network }: Scenario, name: string, settings: CauseSettings): CausePlan {
  return new CausePlan(seed, name, settings, catalogue().regionSets[network]!.regions);
}

/** What keeps regions of the scenario's network apart. */
export function partitionPlans({ network, seed, stress }: Scenario): readonly PartitionPlan[] {
  const { regions } = catalogue().regionSets[network]!;
  return Object.entries(stress.partitions).map(
    ([name, settings]) => new PartitionPlan(seed, `partitions.${name}`, settings, regions),
  );
}

/** The surges of a workload. */
export function surgesOf(scenario: Scenario, workload: string): readonly Surge[] {
  return createSurges(scenario.seed, workload, scenario.workload[workload]!.arrivals.surges);
}
