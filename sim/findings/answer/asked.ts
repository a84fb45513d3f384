import { type Scenario, statedExpectations } from '../../scenario/schema/scenario-schema.js';

/** Whether the scenario's question or expectations are about the metric. */
export function isAsked(scenario: Scenario, name: string): boolean {
  return statedExpectations(scenario).some(({ expectation: { metric } }) => metric === name);
}
