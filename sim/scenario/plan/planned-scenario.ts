import type { Scenario } from '../schema/scenario-schema.js';
import type { FleetTrace } from '../traces/trace.js';

/** A checked scenario, with the records of the cohorts that replay some, by cohort. */
export interface PlannedScenario {
  readonly scenario: Scenario;
  readonly traces: ReadonlyMap<string, FleetTrace>;
}

/** Whether records are named that aren't loaded, so that nobody knows when a replayed cohort comes and goes. */
export function lacksRecords({ scenario, traces }: PlannedScenario): boolean {
  return Object.entries(scenario.fleet).some(([name, { trace }]) => trace !== undefined && !traces.has(name));
}
