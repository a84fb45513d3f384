import type { Scenario } from '../schema/scenario-schema.js';
import type { FleetTrace } from '../traces/trace.js';

/** A checked scenario, with the records of the cohorts that replay some, by cohort. */
export interface PlannedScenario {
  readonly scenario: Scenario;
  readonly traces: ReadonlyMap<string, FleetTrace>;
}
