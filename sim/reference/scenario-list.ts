import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { toNumber } from '../../reports/figure.js';
import { refusal, toFileFault } from '../folder/file-fault.js';
import { type LoadedScenario, loadScenario, pluginsOf } from '../scenario/load.js';
import { estimateRun, type RunEstimate, runSeconds } from '../scenario/plan/estimate.js';
import { type Fault, InvalidInput } from '../scenario/text/faults.js';
import { readSource } from '../scenario/text/source.js';

/** A scenario's file as a list shows it. */
export interface ListedScenario {
  readonly file: string;
  /** Path within the folder without its ending, such as `traces/golem-january`. */
  readonly name: string;
  readonly question: string;
  /** Modules that it brings, as it or what it extends names them. */
  readonly plugins: readonly string[];
  /** Absent for a file that can't be run, whose faults are listed, and for one with plugins. */
  readonly summary?: ScenarioSummary;
  readonly faults: readonly Fault[];
}

export interface ScenarioSummary {
  /** Null for a scenario that states all rules itself. */
  readonly protocol: string | null;
  readonly attackers: readonly AttackingCohort[];
  /** Kinds of strategies that any of its cohorts plays, each once. */
  readonly strategies: readonly string[];
  /** Names of the metrics that it bounds, or a variant of it, or that it asks about, each once. */
  readonly metrics: readonly string[];
  /** Identities declared; null where a trace that isn't read here brings them. */
  readonly nodes: number | null;
  /** Whether others come besides. */
  readonly hasNewcomers: boolean;
  readonly horizonSeconds: number;
  readonly estimate: RunEstimate;
  /** Reckoned from the estimate of events, without charts [s]. */
  readonly runSeconds: number;
}

/** A cohort whose operators mean harm. */
export interface AttackingCohort {
  readonly cohort: string;
  readonly strategy: string;
  /** Kinds of strategies that it is made of, its own first. */
  readonly plays: readonly string[];
  /** Name of the attack that it takes part in; null for one that acts by itself. */
  readonly attack: string | null;
  /** Null where a trace that isn't read here brings them. */
  readonly nodes: number | null;
}

/** Such as `600 sybil-swarm, 10 lazy`. */
export function attackersInWords({ attackers }: ScenarioSummary): string {
  return attackers.length === 0 ? 'none' : attackers.map(attackerOf).join(', ');
}

/** Honest members of an attack are told by its name. */
function attackerOf({ strategy, attack, nodes }: AttackingCohort): string {
  const name = strategy === 'honest' ? `${strategy} in ${attack}` : strategy;
  return nodes === null ? name : `${toNumber(nodes)} ${name}`;
}

/** Deeper folders hold results of somebody rather than scenarios. */
const depthMost = 8;

/**
 * The scenarios in a folder and below it, its own first: YAML files with a fleet, or that extend another file.
 *
 * Files that say nothing of a fleet, such as protocols and catalogues, are passed over; one that isn't YAML is listed
 * with its faults. Throws InvalidInput if the folder can't be read.
 */
export function listScenarios(folder: string): readonly ListedScenario[] {
  return filesBelow(folder, 0)
    .map((file) => ({
      file,
      name: relative(folder, file)
        .replace(/\.ya?ml$/, '')
        .replaceAll('\\', '/'),
    }))
    .sort((a, b) => depthOf(a.name) - depthOf(b.name) || (a.name < b.name ? -1 : 1))
    .flatMap(({ file, name }) => describe(file, name));
}

const depthOf = (name: string) => name.split('/').length;

function filesBelow(folder: string, depth: number): readonly string[] {
  try {
    if (depth === 0 && !statSync(folder).isDirectory()) throw refusal(folder, 'a folder', 'a file');
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return /\.ya?ml$/.test(entry.name) ? [path] : [];
      const isFollowed = entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name) && depth < depthMost;
      return isFollowed ? filesBelow(path, depth + 1) : [];
    });
  } catch (error) {
    throw toFileFault(error, folder, 'a folder that can be read');
  }
}

function describe(file: string, name: string): readonly ListedScenario[] {
  let question = '';
  try {
    const source = readSource(file);
    if (!isScenario(source.value)) return [];
    question = source.question;
    const plugins = pluginsOf(file);
    // what is looked through may be anybody's: none of its code is run
    if (plugins.length > 0) return [{ file, name, question, plugins, faults: [] }];
    const loaded = loadScenario(file, { withTraces: false, withPlugins: false });
    return [{ file, name, question, plugins, summary: summaryOf(loaded), faults: [] }];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return [{ file, name, question, plugins: [], faults: error.faults }];
  }
}

function isScenario(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('fleet' in value || 'extends' in value);
}

function summaryOf(loaded: LoadedScenario): ScenarioSummary {
  const { scenario, protocol } = loaded;
  const cohorts = Object.entries(scenario.fleet);
  const estimate = estimateRun(loaded);
  return {
    protocol,
    attackers: cohorts
      .filter(([, cohort]) => scenario.registry.isAttackers(cohort))
      .map(([cohort, { strategy, attack, nodes }]) => ({
        cohort,
        strategy: strategy.kind,
        plays: scenario.registry.strategyKinds(strategy),
        attack: attack ?? null,
        nodes: nodes ?? null,
      })),
    strategies: [...new Set(cohorts.flatMap(([, { strategy }]) => scenario.registry.strategyKinds(strategy)))],
    metrics: [...new Set(metricsAsked(loaded))],
    nodes: cohorts.every(([, { nodes }]) => nodes !== undefined)
      ? cohorts.reduce((sum, [, { nodes }]) => sum + (nodes ?? 0), 0)
      : null,
    hasNewcomers: cohorts.some(([, { joins }]) => joins.newcomers !== undefined),
    horizonSeconds: scenario.horizon,
    estimate,
    runSeconds: runSeconds(estimate),
  };
}

/** Metrics of its expectations, of those that variants state in their place, and of what its question asks. */
function metricsAsked({ scenario, variants }: LoadedScenario): readonly string[] {
  const { expect, experiment, question } = scenario;
  const ofVariants = [...variants.values()].flatMap(({ expect: stated }) => {
    return Array.isArray(stated) ? (stated as readonly { readonly metric: string }[]) : [];
  });
  const bounds = [...expect, ...(question === undefined ? [] : [question.yesIf]), ...ofVariants];
  return [...bounds.map(({ metric }) => metric), ...(experiment.metrics ?? [])];
}
