import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { nodesMost } from '../model/columns/nodes.js';
import { type Compared, loadCompared, type NamedScenario, type StatedComparison } from './plan/compared.js';
import { roomOf } from './plan/fleet/room.js';
import { planChanges } from './plan/governance/changes.js';
import type { PlannedScenario } from './plan/planned-scenario.js';
import { checkStress } from './plan/stress/stress-check.js';
import { largestPart, supplyOf } from './plan/supply.js';
import { tooMuch } from './plan/too-much.js';
import { judge } from './plan/warnings/warnings.js';
import type { PluginFile, PluginMark } from './plugins/plugin-file.js';
import { type PluginOptions, withPlugins } from './plugins/with-plugins.js';
import { catalogue } from './schema/catalogue.js';
import { withDefaultKinds } from './schema/default-kinds.js';
import { protocolFile, protocolNames } from './schema/protocols.js';
import { Registry } from './schema/registry.js';
import { type Scenario, scenarioSchema } from './schema/scenario-schema.js';
import { withNestedChanges } from './text/changes.js';
import { checkSource } from './text/check.js';
import { asCounterpart } from './text/counterpart.js';
import { entriesOf, loadWithExtends, withNamedProtocol } from './text/extends.js';
import { type Fault, InvalidInput, nearest, nearestInWords, type Warning } from './text/faults.js';
import { withoutNulls } from './text/nulls.js';
import { applyOverrides } from './text/overrides.js';
import { plainSource } from './text/plain-source.js';
import { withSeedAsWritten } from './text/seed.js';
import { OVERRIDES_FILE, type Source, STANDARD_INPUT, toSource } from './text/source.js';
import { loadGolem2019 } from './traces/golem-2019.js';
import type { FleetTrace } from './traces/trace.js';

/** What a scenario's loader may do beyond its file. */
export interface LoadOptions extends PluginOptions {
  /** `path=value` settings, applied in order. */
  readonly set?: readonly string[];
  /** Folders that traces and plugins may lie in, besides the scenario's own and the working directory. */
  readonly allowPaths?: readonly string[];
  /** False leaves the records of replayed fleets where they are; such a scenario can be described, not run. */
  readonly withTraces?: boolean;
  /** What scenarios can name besides what their plugins define; default: what the package has. */
  readonly registry?: Registry;
}

/** A checked scenario with everything that it names. */
export interface LoadedScenario extends PlannedScenario {
  /** File name without its ending. */
  readonly name: string;
  /** First comment line of the file. */
  readonly question: string;
  readonly file: string;
  /** The protocol that it names, null if it states all rules itself or comes from a manifest. */
  readonly protocol: string | null;
  /** Files that it was read from, its own first, those that it is compared to last. */
  readonly files: readonly string[];
  /** What it says in vain, in the order of the text; then what those say that it is compared to. */
  readonly warnings: readonly Warning[];
  /** The `path=value` settings that were laid over the file. */
  readonly overrides: readonly string[];
  /** What was checked: the merged text, before defaults and without experiments; plain data. */
  readonly written: unknown;
  /** What each of its variants lays over it, as written, nulls included, by name. */
  readonly variants: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The modules that it brings, whose code has run. */
  readonly plugins: readonly PluginFile[];
  /** Whether all that it names is the package's or its plugins', so that any process can load it anew. */
  readonly isWhole: boolean;
  /** Where a part of the text stands. */
  readonly position: Source['position'];
  /** The scenarios that its expectations are compared to, each once. */
  readonly compared: readonly Compared<LoadedScenario>[];
}

/** A scenario's text with what it extends and what was laid over it, before it is checked. */
interface Text extends Pick<LoadedScenario, 'file' | 'files' | 'protocol'> {
  readonly source: Source;
  /** What is wrong with the protocol that it names. */
  readonly faults: readonly Fault[];
  /** What the code of its plugins must be, where that is known from before. */
  readonly pluginMarks?: readonly PluginMark[];
}

/** Finds the text of a scenario that an expectation is compared to; throws InvalidInput where there is none. */
type FindText = (stated: StatedComparison) => NamedScenario<Text>;

/**
 * Reads, merges, overrides and checks a scenario, `-` for the one on standard input; throws InvalidInput with every
 * fault.
 */
export function loadScenario(file: string, options: LoadOptions = {}): LoadedScenario {
  const extended = loadWithExtends(file, { resolve: resolveName });
  // settings find those of a change by their paths
  const nested = withNestedChanges(extended);
  const source = applyOverrides(nested.source, options.set ?? [], extended.withProtocol);
  return withFaults([...source.faults, ...nested.faults], () =>
    finishLoading({ ...source, source }, options, findFile),
  );
}

/** The plugins that a scenario names, itself or in what it extends; nothing of them is touched. */
export function pluginsOf(file: string): readonly string[] {
  const { plugins } = loadWithExtends(file, { resolve: resolveName }).value as { readonly plugins?: unknown };
  return Array.isArray(plugins) ? plugins.map(String) : [];
}

/**
 * What the scenario can name, with what its plugins define, whose code runs; the rest of it may be wrong. Throws
 * InvalidInput for a file that can't be read, and for faults of the plugins.
 */
export function registryOf(file: string, options: PluginOptions = {}): Registry {
  const source = loadWithExtends(file, { resolve: resolveName });
  return withPlugins(Registry.builtIn(), source, file, options).registry;
}

/** A path beside the file that names it, as `extends` has it. */
const findFile: FindText = ({ comparedTo, from }) => {
  const file = resolveName(comparedTo, from, 'scenario');
  return {
    id: resolve(file),
    load: () => {
      const extended = loadWithExtends(file, { resolve: resolveName });
      const source = extended.withProtocol(extended);
      return { ...source, source };
    },
  };
};

/** What the step returns; throws InvalidInput with the faults so far and those that it finds. */
function withFaults<T>(earlier: readonly Fault[], step: () => T): T {
  let result: T;
  try {
    result = step();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput([...earlier, ...error.faults]);
  }
  if (earlier.length > 0) throw new InvalidInput(earlier);
  return result;
}

/** A scenario that was compared to, as it was resolved before, and for which expectations. */
interface WrittenCompared {
  readonly expectations: readonly number[];
  readonly source: Source;
  readonly pluginMarks?: readonly PluginMark[];
}

/** Checks plain data that was resolved before, such as a manifest's scenario and those that it was compared to. */
export function loadWritten(
  source: Source,
  options: LoadOptions & { readonly pluginMarks?: readonly PluginMark[] } = {},
  compared: readonly WrittenCompared[] = [],
): LoadedScenario {
  const textOf = (written: Source, pluginMarks: readonly PluginMark[] = []): Text => {
    return { file: written.file, files: [written.file], protocol: null, source: written, faults: [], pluginMarks };
  };
  return finishLoading(textOf(source, options.pluginMarks), options, ({ number, comparedTo }) => {
    const id = compared.findIndex(({ expectations }) => expectations.includes(number));
    if (id < 0) throw new InvalidInput([{ path: '', expected: 'a scenario to compare to', found: comparedTo }]);
    return { id, load: () => textOf(compared[id]!.source, compared[id]!.pluginMarks) };
  });
}

function finishLoading(text: Text, options: LoadOptions, find: FindText): LoadedScenario {
  const { file, files, protocol } = text;
  const nested = withNestedChanges(text.source);
  const base = options.registry ?? Registry.builtIn();
  const { registry, plugins } = withPlugins(base, nested.source, file, options, text.pluginMarks);
  const source = withoutNulls(withSeedAsWritten(withDefaultKinds(nested.source, registry)));
  const scenario = withFaults(nested.faults, () => checkSource(source, scenarioSchema(registry)));
  const { changed, faults: ofChanges } = planChanges(scenario, source);
  const faults = [...crossCheck(scenario, source), ...ofChanges];
  if (faults.length > 0) throw new InvalidInput(faults);
  const isDescribed = options.withTraces === false;
  const traces = isDescribed
    ? new Map<string, FleetTrace>()
    : loadTraces(scenario, source, dirname(resolve(file)), options.allowPaths ?? []);
  const others = loadCompared(scenario, source, (stated) => {
    const { id, load } = find(stated);
    return { id, load: () => loadCounterpart(load(), scenario.seed, options) };
  });
  const changes = changed.map(({ change }) => change);
  const planned = { scenario, traces, changes, compared: others.compared };
  const judged = judge(planned, source, changed);
  const refused = [...judged.faults, ...tooMuch(planned, source), ...others.faults];
  if (refused.length > 0) throw new InvalidInput(refused);
  const read = others.compared.map(({ other }) => other);
  return {
    name: basename(file).replace(/\.ya?ml$/, ''),
    question: scenario.question?.ask ?? source.question,
    file,
    files: [...new Set([...files, ...plugins.map(({ path }) => path), ...read.flatMap((other) => other.files)])],
    protocol,
    ...planned,
    overrides: options.set ?? [],
    warnings: [...judged.warnings, ...read.flatMap(({ warnings }) => warnings)],
    written: withPluginFiles(withoutExperiments(source.value), plugins),
    plugins,
    isWhole: base === Registry.builtIn(),
    variants: variantsOf(source),
    position: source.position,
  };
}

/** The scenario that one run is of. */
function withoutExperiments(written: unknown): object {
  const { variants: _, experiment: _experiment, ...rest } = written as Record<string, unknown>;
  return rest;
}

/** With plugins where they were found, as seen from the scenario's folder: the same wherever it is named from. */
function withPluginFiles(written: object, plugins: readonly PluginFile[]): unknown {
  return plugins.length === 0 ? written : { ...written, plugins: plugins.map(({ file }) => file) };
}

function variantsOf({ tree, file, question }: Source): LoadedScenario['variants'] {
  const variants = entriesOf(tree)?.get('variants');
  const named = variants === undefined ? undefined : toSource(variants, file, question).value;
  return new Map(Object.entries((named ?? {}) as Record<string, Record<string, unknown>>));
}

/** The merged text of a scenario, as `written` has it, with settings laid over it as `--set` lays them. */
export function layOverWritten(
  written: Pick<LoadedScenario, 'file' | 'question' | 'protocol' | 'written'>,
  settings: readonly string[],
): Pick<LoadedScenario, 'protocol' | 'written'> {
  const { file, question } = written;
  let { protocol } = written;
  // its rules are there already, with what the scenario changes of them
  const isThere = (setting: string) => /^protocol(?:\.extends)?=\s*(.*?)\s*$/.exec(setting)?.[1] === protocol;
  const others = settings.filter((setting) => !isThere(setting));
  const source = applyOverrides(plainSource(written.written, file, question), others, (below) => {
    const same = { ...below, faults: [] };
    const named = entriesOf(entriesOf(below.tree)?.get('protocol') ?? below.tree)?.get('extends');
    if (named === undefined && typeof entriesOf(below.tree)?.get('protocol')?.content !== 'string') return same;
    const resolved = withNamedProtocol(below, { resolve: resolveName });
    protocol = resolved.protocol;
    return resolved;
  });
  return { protocol, written: source.value };
}

/** The text of a scenario that another is compared to, loaded by the ordinary path with that one's seed. */
function loadCounterpart(text: Text, seed: string, { set: _, ...options }: LoadOptions): LoadedScenario {
  const source = asCounterpart(text.source, seed);
  return withFaults(text.faults, () => finishLoading({ ...text, source }, options, findFile));
}

/** A protocol's name stands for the package's file; all else is a path, where it isn't absolute beside who names it. */
function resolveName(name: string, from: string, what: 'scenario' | 'protocol'): string {
  if (what === 'protocol' && !/[/\\.]/.test(name)) {
    const file = protocolFile(name);
    if (existsSync(file)) return file;
    const known = protocolNames();
    const suggestion = nearestInWords(name, known);
    throw new InvalidInput([
      {
        path: 'protocol.extends',
        expected: `one of: ${known.join(', ')}`,
        found: name,
        ...(suggestion === undefined ? {} : { suggestion }),
      },
    ]);
  }
  const path = isAbsolute(name) ? name : join(dirname(from), name);
  // a file of that name: only who types it means the standard input
  return path === STANDARD_INPUT ? `.${sep}${path}` : path;
}

/** What no single setting can tell: sums, limits, names that must fit together. */
function crossCheck(scenario: Scenario, source: Source): readonly Fault[] {
  const faults: Fault[] = [];
  const complain = (path: readonly string[], expected: string, found: string, suggestion?: string) => {
    const position = source.position(path);
    faults.push({
      ...(position === undefined ? {} : { position }),
      path: path.join('.'),
      expected,
      found,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  };
  const regions = catalogue().regionSets[scenario.network]!.regions;
  /** Regions of the file, which a network that the command line gives hasn't got. */
  const lost = new Set<string>();
  const isGiven = source.position(['network'])?.file === OVERRIDES_FILE;
  const isLost = (path: readonly string[]) => isGiven && source.position(path)?.file !== OVERRIDES_FILE;
  let identities = 0;
  const supply = supplyOf(scenario);
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    checkRegions(['fleet', name, 'regions'], cohort.regions);
    const nodes = (cohort.nodes ?? 0) + roomOf(cohort, scenario.horizon);
    const most = scenario.registry.cohortPlan(cohort.strategy, nodes).identitiesMost;
    identities += most;
  }
  for (const [name, workload] of Object.entries(scenario.workload)) {
    checkRegions(['workload', name, 'regions'], workload.regions);
  }
  checkStress(scenario, (path, what, known, found) => {
    if (path.at(-1) === 'region' && isLost(path)) {
      lost.add(found);
      return;
    }
    const list = known.length === 0 ? `${what}, of which there is none` : `${what}: ${known.join(', ')}`;
    complain(path, list, found, nearest(found, known));
  });
  if (lost.size > 0) {
    const expected = `a network with the regions that the scenario names: ${[...lost].join(', ')}`;
    complain(['network'], expected, scenario.network);
  }
  if (identities > nodesMost) complain(['fleet'], `at most ${nodesMost} identities in all cohorts`, String(identities));
  if (supply.tokens >= supply.limit) {
    const expected = `a supply below ${Math.floor(supply.limit)} tokens (stakes, funds, clients, treasury)`;
    const { path, inWords } = largestPart(scenario, source.position(['money', 'clientBudget']) !== undefined);
    complain(path, expected, `${Math.ceil(supply.tokens)}, most of it ${inWords}`);
  }
  const bondTokens = Object.values(scenario.fleet).reduce((sum, { bondFunds }) => sum + bondFunds, 0);
  if (bondTokens >= supply.limit) {
    const expected = `a supply of the bond currency below ${Math.floor(supply.limit)} tokens (bondFunds of all)`;
    complain(['fleet'], expected, String(Math.ceil(bondTokens)));
  }
  return faults;

  function checkRegions(path: readonly string[], mixture: Readonly<Record<string, number>> | undefined): void {
    for (const name of Object.keys(mixture ?? {})) {
      const set = catalogue().regionSets[name];
      const missing = (set?.regions ?? [name]).filter((region) => !regions.includes(region));
      if (missing.length > 0 && isLost([...path, name])) lost.add(name);
      else if (missing.length > 0)
        complain(path, `regions of the network ${scenario.network}: ${regions.join(', ')}`, name);
    }
  }
}

function loadTraces(
  scenario: Scenario,
  source: Source,
  folder: string,
  allowPaths: readonly string[],
): ReadonlyMap<string, FleetTrace> {
  const traces = new Map<string, FleetTrace>();
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    if (cohort.trace === undefined) continue;
    const allowed = allowPaths.map((each) => resolve(each));
    const path = allowedPath(cohort.trace.path, [folder, process.cwd(), ...allowed]);
    if (path === null) {
      const position = source.position(['fleet', name, 'trace', 'path']);
      const given = allowed.length === 0 ? '' : ` (${allowed.join(', ')})`;
      const places = `the scenario’s folder (${folder}), the working directory (${process.cwd()})`;
      // The folder of the records itself is easily given in place of the one that holds it.
      const meant = allowPaths.find((each) => allowedPath(cohort.trace!.path, [dirname(resolve(each))]) !== null);
      throw new InvalidInput([
        {
          ...(position === undefined ? {} : { position }),
          path: `fleet.${name}.trace.path`,
          expected: `a folder in ${places} or one given by --allow-path${given}`,
          found: cohort.trace.path,
          ...(meant === undefined ? {} : { suggestion: `--allow-path ${dirname(meant)}` }),
        },
      ]);
    }
    traces.set(name, loadGolem2019(path, cohort.trace.month, cohort.trace.successWithoutOutcomes));
  }
  return traces;
}

/** The first of the roots that holds the path; an absolute one must lie in one of them. */
function allowedPath(path: string, roots: readonly string[]): string | null {
  for (const root of roots) {
    const candidate = isAbsolute(path) ? path : join(root, path);
    const inside = relative(root, candidate);
    const isInside = inside === '' || (!isAbsolute(inside) && inside !== '..' && !inside.startsWith(`..${sep}`));
    if (isInside && existsSync(candidate)) return candidate;
  }
  return null;
}
