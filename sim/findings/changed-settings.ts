import { toNumber, toPhrase } from '../../reports/figure.js';
import { isDurationText, toDuration } from '../model/contract/settings.js';
import { withPatternDefaults } from '../model/outside/shared-outages.js';
import { isDistribution, toComparable } from '../scenario/plan/resolved-protocol.js';
import { withClassDefaults } from '../scenario/plan/workload-plan.js';
import { type Scenario, scenarioSchema, warmUpSeconds } from '../scenario/schema/scenario-schema.js';
import { checkSource } from '../scenario/text/check.js';
import { InvalidInput, toFound } from '../scenario/text/faults.js';
import { plainSource } from '../scenario/text/plain-source.js';

/** A setting to which a scenario, or the protocol it names, gives another value than the default. */
export interface ChangedSetting {
  readonly path: string;
  readonly value: string;
  /** A dash where nothing is the default. */
  readonly standard: string;
}

/** A scenario as it was written, defaults left out, and as it was checked. */
export interface WrittenScenario {
  readonly written: unknown;
  readonly scenario: Scenario;
}

type Path = readonly string[];

/** A scenario with more settings than this has hundreds of cohorts, and nobody reads such a list. */
export const settingsMost = 300;

/**
 * The settings that differ from their defaults or have none, in the order in which they are written.
 *
 * A setting's default is what the scenario takes without it: for the work, fee and deadline of a workload, what its job
 * class says. Those that it can't do without, such as the number of nodes, have none. The seed and the expectations
 * aren't listed, nor settings of cohorts that aren't listed; the protocol's are looked at first where there are too
 * many for all.
 */
export function changedSettings(
  { written, scenario: checked }: WrittenScenario,
  isListed: (cohort: string) => boolean = () => true,
): readonly ChangedSetting[] {
  const scenario = withDefaults(checked);
  const schema = scenarioSchema(checked.registry);
  const check = (value: unknown): Scenario | undefined => {
    try {
      return withDefaults(checkSource(plainSource(value, '', ''), schema));
    } catch (error) {
      if (error instanceof InvalidInput) return undefined;
      throw error;
    }
  };
  const changed: ChangedSetting[] = [];
  for (const path of looked(settingsIn(written, scenario, []), isListed)) {
    const bare = withDefault(written, path, check);
    const value = valueAt(written, path);
    if (bare === undefined) {
      changed.push({ path: path.join('.'), value: kindOf(value) ?? toFound(value), standard: '–' });
      continue;
    }
    const [now, standard] = [valueAt(scenario, path), valueAt(bare, path)];
    const kind = kindOf(value);
    const isSame = kind === undefined ? toComparable(now) === toComparable(standard) : kindOf(now) === kindOf(standard);
    if (isSame) continue;
    changed.push({ path: path.join('.'), value: kind ?? toFound(value), standard: toStandard(standard, value) });
  }
  return changed;
}

/** The settings that are compared, in their order. */
function looked(paths: readonly Path[], isListed: (cohort: string) => boolean): readonly Path[] {
  const listed = paths.filter(([block, name]) => {
    if (block === 'seed' || block === 'expect') return false;
    return block !== 'fleet' || isListed(name!);
  });
  const others = listed.filter(([block]) => block !== 'protocol');
  const room = Math.max(0, settingsMost - (listed.length - others.length));
  const chosen = new Set(others.slice(0, room));
  return listed.filter((path) => path[0] === 'protocol' || chosen.has(path));
}

/** The scenario with the defaults that depend on other settings. */
export function withDefaults(scenario: Scenario): Scenario {
  const workload = Object.entries(scenario.workload).map(([name, entry]) => [name, withClassDefaults(entry)]);
  const outages = Object.entries(scenario.stress.outages).map(([name, entry]) => [name, withPatternDefaults(entry)]);
  return {
    ...scenario,
    warmUp: warmUpSeconds(scenario),
    workload: Object.fromEntries(workload),
    stress: { ...scenario.stress, outages: Object.fromEntries(outages) },
  };
}

/** Every setting's path: plain values, lists, distributions, and mechanisms, which their own settings follow. */
function settingsIn(written: unknown, checked: unknown, path: Path): readonly Path[] {
  const isMap = typeof written === 'object' && written !== null && !Array.isArray(written);
  const kind = kindOf(written);
  if ((!isMap && kind === undefined) || isDistribution(checked) || isDeadline(path)) return [path];
  const isList = Array.isArray(written);
  const inside = Object.entries(written as object)
    // A list of mechanisms names its members already.
    .filter(([key, value]) => key !== 'kind' && !(isList && typeof value === 'string'))
    .flatMap(([key, value]) => settingsIn(value, valueAt(checked, [key]), [...path, key]));
  const isMember = /^\d+$/.test(path.at(-1) ?? '');
  return kind === undefined || isMember ? inside : [path, ...inside];
}

/** Whether it is a workload's deadline, which takes the place of its class's with all of its parts. */
function isDeadline(path: Path): boolean {
  return path.length === 3 && path[0] === 'workload' && path[2] === 'deadline';
}

/**
 * The scenario without the setting; where that is refused because the setting belongs to others, such as shares that
 * sum to 1, without all of them. Undefined for a setting that has no default.
 */
function withDefault(
  written: unknown,
  path: Path,
  check: (value: unknown) => Scenario | undefined,
): Scenario | undefined {
  const values = written as Readonly<Record<string, unknown>>;
  // One cohort and one workload are enough, without what strikes them, and checking thousands of them again and again
  // would take long.
  const one = (block: string) => {
    const name = path[0] === block ? path[1]! : Object.keys(values[block] as object)[0]!;
    return { [name]: valueAt(values, [block, name]) };
  };
  const { expect: _expect, stress: _stress, ...rest } = values;
  const stress = path[0] === 'stress' ? { stress: alone(values, path.slice(0, 3)) } : {};
  const small = { ...rest, ...stress, fleet: one('fleet'), workload: one('workload') };
  for (let length = path.length; length > 0; length--) {
    const block = path.slice(0, length);
    const isEntry = length === 2 && (path[0] === 'fleet' || path[0] === 'workload');
    if (isEntry || (length < path.length && kindOf(valueAt(values, block)) !== undefined)) return undefined;
    const checked = check(without(small, block));
    if (checked !== undefined) return checked;
  }
  return undefined;
}

/** What stands at the path from its second name on, with nothing beside it. */
function alone(root: unknown, path: Path): unknown {
  return path.slice(1).reduceRight((inner: unknown, name) => ({ [name]: inner }), valueAt(root, path));
}

function without(value: unknown, [key, ...rest]: Path): unknown {
  const change = ([name, inner]: [string, unknown]): [string, unknown][] =>
    name !== key ? [[name, inner]] : rest.length === 0 ? [] : [[name, without(inner, rest)]];
  const entries = Object.entries(value as object).flatMap(change);
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** What stands at the path; undefined where nothing does. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The name of a mechanism, or the names in a list of them; undefined for anything else. */
function kindOf(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const kinds = value.map((member) => (typeof member === 'string' ? member : kindOf(member)));
    const isNamed = kinds.every((kind) => kind !== undefined) && value.some((member) => typeof member !== 'string');
    return isNamed ? kinds.join(', ') : undefined;
  }
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  return typeof value.kind === 'string' ? value.kind : undefined;
}

/** The default as the setting itself is written: in the largest unit for a duration, the bare name for a mechanism. */
function toStandard(standard: unknown, written: unknown): string {
  if (standard === undefined) return '–';
  if (typeof standard === 'number' && typeof written === 'string' && isDurationText(written))
    return toDuration(standard);
  if (isDistribution(standard)) {
    const mean = namesDuration(written) ? toPhrase(standard.mean, 's') : toNumber(standard.mean);
    return `${standard.kind}, mean ${mean}`;
  }
  const entries = typeof standard === 'object' && standard !== null ? Object.entries(standard) : [];
  if (entries.length === 1 && entries[0]![1] === 1) return entries[0]![0];
  return kindOf(standard) ?? toFound(standard);
}

/** Whether the setting is written as a duration, or with one in it. */
function namesDuration(written: unknown): boolean {
  if (typeof written === 'string') return isDurationText(written);
  return typeof written === 'object' && written !== null && Object.values(written).some(namesDuration);
}
