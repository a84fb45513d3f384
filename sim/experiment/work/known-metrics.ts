import type { Metric } from '../../record/metrics/metric.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';
import { type Fault, InvalidInput, nearestInWords } from '../../scenario/text/faults.js';

/** Every metric that one of the scenarios has, each once: the package's, and then those that they bring themselves. */
export function metricsOf(scenarios: readonly Pick<Scenario, 'registry'>[]): readonly Metric[] {
  const byName = new Map<string, Metric>();
  for (const { registry } of scenarios) {
    for (const metric of registry.metrics) if (!byName.has(metric.name)) byName.set(metric.name, metric);
  }
  return [...byName.values()];
}

/** A fault for each name that no metric of the scenarios has. */
export function faultsOfMetrics(
  names: readonly string[],
  scenarios: readonly Pick<Scenario, 'registry'>[],
  path = '--metric',
): readonly Fault[] {
  const known = metricsOf(scenarios).map(({ name }) => name);
  return names
    .filter((name) => !known.includes(name))
    .map((name): Fault => {
      const suggestion = nearestInWords(name, known);
      const fault = { path, expected: 'the name of a metric', found: name };
      return suggestion === undefined ? fault : { ...fault, suggestion };
    });
}

/** Throws InvalidInput with a line for each of them. */
export function checkMetrics(...given: Parameters<typeof faultsOfMetrics>): void {
  const faults = faultsOfMetrics(...given);
  if (faults.length > 0) throw new InvalidInput(faults);
}
