import { basename, normalize, resolve } from 'node:path';
import { valuesByReplication } from '../../findings/replications.js';
import { type Manifest, marksOf, traceFiles } from '../../folder/manifest.js';
import type { RunRecord } from '../../folder/run-record.js';
import type { MetricValues } from '../../record/metrics/metric.js';
import type { LoadedScenario } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';

/** A scenario to be compared, or the runs of one that a folder of `sim run` holds. */
export type Comparable = LoadedScenario | RunRecord;

/** A scenario that is compared, as plain data. */
export interface Side {
  /** What it is called beside the others. */
  readonly label: string;
  readonly name: string;
  readonly question: string;
  /** As it was given, or as the folder's manifest names it. */
  readonly file: string;
  readonly protocol: string | null;
  /** The merged text before defaults, and the scenario that it is. */
  readonly written: unknown;
  readonly scenario: Scenario;
  readonly overrides: readonly string[];
  readonly warnings: Manifest['warnings'];
  readonly traces: Manifest['traces'];
  readonly plugins: Manifest['plugins'];
  /** What is to be run, or the runs that are there. */
  readonly source: LoadedScenario | readonly SideRun[];
}

/** A run of a side. */
export interface SideRun {
  /** From 1. */
  readonly replication: number;
  readonly seed: string;
  readonly values: MetricValues;
  readonly fingerprints: Manifest['fingerprints'];
}

function isRecord(given: Comparable): given is RunRecord {
  return 'manifest' in given;
}

/** A side of a comparison. */
function sideOf(given: Comparable, label: string): Side {
  if (!isRecord(given)) {
    const { name, question, file, protocol, written, scenario, overrides, warnings, traces } = given;
    return {
      ...{ label, name, question, file, protocol, written, scenario, overrides },
      warnings: warnings.map(({ path, expected, found, why }) => ({ path, expected, found, why })),
      traces: traceFiles(traces),
      plugins: marksOf(given),
      source: given,
    };
  }
  const { manifest, scenario, table } = given;
  const { name, question, protocol, overrides, warnings, traces, plugins } = manifest;
  const values = valuesByReplication(table('runs'), scenario.registry.metrics);
  const source = manifest.replications.map(({ replication, seed, fingerprints }, place): SideRun => {
    return { replication, seed, values: values[place]!, fingerprints };
  });
  const [file, written] = [manifest.scenarioFile, manifest.scenario];
  const said = { label, name, question, file, protocol, written, scenario, overrides, warnings, traces };
  return { ...said, plugins, source };
}

/**
 * Scenarios and folders as sides; throws InvalidInput for fewer than two, or for the same twice.
 *
 * @param labels of all of them; names of files and folders if not given
 */
export function sidesOf(given: readonly Comparable[], labels?: readonly string[]): readonly Side[] {
  if (given.length < 2) {
    const expected = 'at least two scenarios or run folders, or --base beside --with';
    throw new InvalidInput([{ path: 'sides', expected, found: `${given.length}` }]);
  }
  const faults: Fault[] = [];
  const ids = given.map(idOf);
  for (const [place, id] of ids.entries()) {
    if (ids.indexOf(id) === place) continue;
    faults.push({ path: 'sides', expected: 'each scenario or folder once', found: `${pathOf(given[place]!)} twice` });
  }
  if (labels !== undefined && labels.length !== given.length) {
    faults.push({ path: 'labels', expected: `a label for each of ${given.length} sides`, found: `${labels.length}` });
  }
  const doubled = labels?.find((label, place) => labels.indexOf(label) !== place);
  if (doubled !== undefined) faults.push({ path: 'labels', expected: 'each label once', found: `${doubled} twice` });
  if (faults.length > 0) throw new InvalidInput(faults);
  const names = labels ?? labelsOf(given);
  return given.map((one, place) => sideOf(one, names[place]!));
}

/** The settings that were laid over a file that is there more than once; names of files and folders for all else. */
function labelsOf(given: readonly Comparable[]): readonly string[] {
  const paths = given.map(pathOf);
  const names = distinctNames(paths);
  return numbered(
    given.map((one, place) => {
      const isAgain = paths.filter((path) => path === paths[place]).length > 1;
      if (!isAgain || isRecord(one)) return names[place]!;
      return one.overrides.join(' & ') || names[paths.indexOf(paths[place]!)]!;
    }),
  );
}

function pathOf(given: Comparable): string {
  return isRecord(given) ? given.folder : given.file;
}

/** Equal for what is the same scenario with the same settings, or the same folder. */
function idOf(given: Comparable): string {
  if (isRecord(given)) return resolve(given.folder);
  return JSON.stringify([resolve(given.file), given.overrides, given.written]);
}

/** Names of files without their endings; as much of what leads to them as it takes to tell equal ones apart. */
export function distinctNames(paths: readonly string[]): readonly string[] {
  const parts = paths.map((path) => {
    const bare = normalize(path).replace(/\/+$/, '');
    return (basename(bare) === '.' ? resolve(bare) : bare)
      .replace(/\.ya?ml$/, '')
      .split('/')
      .filter(Boolean);
  });
  const longest = parts.reduce((most, { length }) => Math.max(most, length), 1);
  const named = parts.map((own) => {
    for (let length = 1; length <= longest; length++) {
      const name = (all: readonly string[]) => all.slice(-length).join('/');
      const isAlone = parts.every((other) => name(other) !== name(own) || other.join('/') === own.join('/'));
      if (isAlone) return name(own);
    }
    return own.join('/');
  });
  return numbered(named);
}

function numbered(names: readonly string[]): readonly string[] {
  return names.map((name, place) => {
    const before = names.slice(0, place).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
