import type { CohortPlan } from '../../model/contract/cohorts/cohort-plan.js';
import type { Scenario } from '../schema/scenario-schema.js';
import type { FleetTrace } from '../traces/trace.js';
import type { PlannedChange } from './governance/planned-change.js';

/** A checked scenario, with the records of the cohorts that replay some, by cohort, and how its rules change. */
export interface PlannedScenario {
  readonly scenario: Scenario;
  readonly traces: ReadonlyMap<string, FleetTrace>;
  /** Of the protocol's settings, in the order of time. */
  readonly changes: readonly PlannedChange[];
  /** Who stands behind cohorts that aren't planned by their strategies. */
  readonly shapes?: ReadonlyMap<string, CohortPlan>;
}

/** Who stands behind a cohort that declares so many identities or has room for them. */
export function shapeOf(
  { scenario, shapes }: Pick<PlannedScenario, 'scenario' | 'shapes'>,
  name: string,
  identities: number,
): CohortPlan {
  return shapes?.get(name) ?? scenario.registry.cohortPlan(scenario.fleet[name]!.strategy, identities);
}

/** Whether records are named that aren't loaded, so that nobody knows when a replayed cohort comes and goes. */
export function lacksRecords({ scenario, traces }: Pick<PlannedScenario, 'scenario' | 'traces'>): boolean {
  return Object.entries(scenario.fleet).some(([name, { trace }]) => trace !== undefined && !traces.has(name));
}
