import { toPhrase } from '../../../reports/figure.js';
import { isFailure, type Unit, type UnitResult } from '../../experiment/work/outcome.js';
import { type Scenario, statedExpectations } from '../../scenario/schema/scenario-schema.js';

/** The least and the most that a figure has come to, told beside the progress of an experiment. */
export interface FigureSoFar {
  readonly onResult: (unit: Unit, result: UnitResult) => void;
  /** `attackerWorkShare 1.2 to 3.4 %`; empty while there is nothing to tell. */
  readonly told: () => string;
}

/**
 * Follows the metric that is asked about: the first of those that are to be shown, or of the scenario's question, or of
 * its expectations; none where nothing is asked.
 */
export function createFigureSoFar(scenario: Scenario, shown: readonly string[] = []): FigureSoFar {
  const stated = statedExpectations(scenario).toSorted((a, b) => a.number - b.number);
  const name = shown[0] ?? stated[0]?.expectation.metric;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    onResult: (_unit, result) => {
      const value = name === undefined || isFailure(result) ? Number.NaN : result.values[name]!;
      if (value < least) least = value;
      if (value > most) most = value;
    },
    told: () => {
      if (name === undefined || least > most) return '';
      const { unit } = scenario.registry.metricNamed(name);
      const [from, to] = [least, most].map((value) => toPhrase(value, unit));
      return from === to ? `${name} ${from} so far` : `${name} ${from} to ${to} so far`;
    },
  };
}
