import { isDistribution, toComparable } from '../../scenario/plan/resolved-protocol.js';
import { toFound } from '../../scenario/text/faults.js';
import { valueAt, type WrittenScenario, withDefaults } from '../changed-settings.js';

/** A setting that isn't the same in all scenarios. */
export interface DifferingSetting {
  readonly path: string;
  /** As each scenario has it, in their order: as written, or its default; a dash where there is no such setting. */
  readonly values: readonly string[];
}

/**
 * The settings in which scenarios differ, in the order in which they stand. What is written in two ways and means the
 * same, such as 1d and 24h, or a default that is written out, doesn't differ. Seed, question and expectations aren't
 * among them: they change nothing in what happens.
 */
export function differingSettings(scenarios: readonly WrittenScenario[]): readonly DifferingSetting[] {
  const checked = scenarios.map(({ scenario, written }) => ({ written, scenario: withDefaults(scenario) }));
  const paths = new Map<string, readonly string[]>();
  for (const { scenario } of checked) {
    for (const path of pathsIn(scenario, [])) {
      const known = wherePresent(path, checked);
      paths.set(JSON.stringify(known), known);
    }
  }
  return [...paths.values()]
    .filter(([block]) => !apart.has(block!))
    .filter((path) => new Set(checked.map(({ scenario }) => toComparable(valueAt(scenario, path)))).size > 1)
    .map((path) => ({ path: path.join('.'), values: checked.map((one) => wordsOf(one, path)) }));
}

const apart: ReadonlySet<string> = new Set(['seed', 'question', 'expect', 'variants', 'experiment']);

/** The path as far as all scenarios have it: of a cohort that some haven't got, the cohort is the difference. */
function wherePresent(path: readonly string[], checked: readonly WrittenScenario[]): readonly string[] {
  for (let length = 1; length < path.length; length++) {
    const part = path.slice(0, length);
    if (checked.some(({ scenario }) => valueAt(scenario, part) === undefined)) return part;
  }
  return path;
}

/** Paths of all that is no map; distributions, and lists but those of mechanisms, are compared as a whole. */
function pathsIn(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  const isMap = typeof value === 'object' && value !== null && !isDistribution(value);
  const isPlainList = Array.isArray(value) && !value.every((one) => typeof one === 'object' && one !== null);
  if (!isMap || isPlainList) return value === undefined ? [] : [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
}

function wordsOf({ scenario, written }: WrittenScenario, path: readonly string[]): string {
  const stated = valueAt(written, path);
  if (stated !== undefined && stated !== null) return toFound(stated);
  const value = valueAt(scenario, path);
  if (value === undefined) return '–';
  if (isDistribution(value)) return `${value.kind}, mean ${value.mean}`;
  return toFound(value);
}
