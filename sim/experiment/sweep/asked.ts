/** What a user asks of a sweep, in words typed and in the scenario's file, as a request. */
import type { LoadedScenario } from '../../scenario/load.js';
import { metricsShownMost } from '../../scenario/schema/experiment-schema.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import { faultsOfMetrics } from '../work/known-metrics.js';
import { pack } from '../work/packed-scenario.js';
import { pointCount } from './design.js';
import { type PlanOptions, planSweep } from './plan.js';
import { type Axis, type Design, type Level, type SweepRequest, variantAxis } from './request.js';
import { parseVary, writtenAxis } from './vary.js';

/** What is typed, or given to `sweep`; it lies over the scenario's `experiment`. */
export interface SweepAsked {
  /** `PATH=VALUES` each; one of a path that the file varies takes its place. */
  readonly vary?: readonly string[];
  /** `latin:COUNT` or `sobol:COUNT`; every combination without it. */
  readonly points?: string;
  readonly replications?: number;
  /** Metrics that the report shows. */
  readonly metrics?: readonly string[];
}

export interface AskedSweep extends Required<Pick<PlanOptions, 'placed'>> {
  readonly request: SweepRequest;
}

const replicationsByDefault = 8;

/**
 * The sweep that is asked for; throws InvalidInput with every fault that can be told before its points are made.
 *
 * @param command words behind `sim` that run the scenario once
 */
export function askedSweep(loaded: LoadedScenario, asked: SweepAsked, command: readonly string[]): AskedSweep {
  const { experiment } = loaded.scenario;
  const faults: Fault[] = [];
  const attempt = <T>(step: () => T): T[] => {
    try {
      return [step()];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
      return [];
    }
  };
  const [design = { kind: 'grid' as const }] = attempt(() => designOf(asked.points ?? experiment.points));
  const typed = (asked.vary ?? []).flatMap((text) => attempt(() => parseVary(text, design.kind)));
  const written = Object.entries(experiment.vary).flatMap(([path, values]) => {
    const position = loaded.position(['experiment', 'vary', path], 'key');
    const axis = attempt(() => writtenAxis(path, values, design.kind)).map((own) => ({ path, own }));
    // faults of the file have its place
    if (axis.length === 0) faults.push({ ...faults.pop()!, ...(position === undefined ? {} : { position }) });
    return axis;
  });
  const isTyped = ({ own }: (typeof written)[number]) => typed.some(({ name }) => name === own.name);
  const kept = written.filter((one) => !isTyped(one));
  const axes = [...kept.map(({ own }) => own), ...typed];
  const doubled = axes.flatMap(({ paths }) => paths).find((path, place, all) => all.indexOf(path) !== place);
  if (doubled !== undefined) faults.push({ path: '--vary', expected: 'each path once', found: doubled });
  if (axes.length === 0 && faults.length === 0) {
    const expected = '--vary PATH=VALUES, or an experiment in the scenario that says what to vary';
    faults.push({ path: '--vary', expected, found: 'nothing' });
  }
  const replications = asked.replications ?? experiment.replications ?? replicationsByDefault;
  if (replications < 2 && design.kind === 'grid') {
    const expected = 'at least 2, as intervals and verdicts are over replications (latin and sobol points may have 1)';
    faults.push({ path: '--replications', expected, found: `${replications}` });
  }
  const metrics = asked.metrics ?? experiment.metrics ?? [];
  for (const fault of faultsOfShown(metrics, loaded)) faults.push(fault);
  if (faults.length > 0) throw new InvalidInput(faults);
  const { seed } = loaded.scenario;
  const request = { scenario: pack(loaded), seed, axes, design, replications, metrics, command };
  return {
    request,
    placed: (fault, axis, level) => {
      const path = kept[axis]?.path;
      const ordinal = axis - kept.length + 1;
      if (path === undefined) return { ...fault, position: { ...fault.position!, line: ordinal } };
      const way = ['experiment', 'vary', path];
      const isListed = Array.isArray(experiment.vary[path]) && level >= 0;
      const position = isListed ? loaded.position([...way, String(level)]) : loaded.position(way, 'key');
      return position === undefined ? fault : { ...fault, position };
    },
  };
}

function designOf(points: string | undefined): Design {
  if (points === undefined) return { kind: 'grid' };
  const [, kind, count] = /^(latin|sobol):([1-9]\d{0,6})$/.exec(points) ?? [];
  if (kind === undefined) {
    throw new InvalidInput([{ path: '--points', expected: 'latin:COUNT or sobol:COUNT', found: points }]);
  }
  return { kind: kind as 'latin' | 'sobol', points: Number(count) };
}

function faultsOfShown(metrics: readonly string[], { scenario }: LoadedScenario): readonly Fault[] {
  const faults = faultsOfMetrics(metrics, [scenario]);
  if (metrics.length <= metricsShownMost) return faults;
  return [...faults, { path: '--metric', expected: `at most ${metricsShownMost} metrics`, found: `${metrics.length}` }];
}

/** The variants of a scenario as a sweep over one axis of words. */
export function askedVariants(loaded: LoadedScenario, replications: number, command: readonly string[]): AskedSweep {
  const levels = [...loaded.variants.keys()].map((name): Level => {
    return { label: name, number: null, cells: [name], settings: variantSettings(loaded, name) };
  });
  const axis: Axis = { name: variantAxis, paths: [variantAxis], units: [''], values: { kind: 'levels', levels } };
  const request: SweepRequest = {
    scenario: pack(loaded),
    seed: loaded.scenario.seed,
    axes: [axis],
    design: { kind: 'grid' },
    replications,
    metrics: loaded.scenario.experiment.metrics ?? [],
    command,
  };
  return { request, placed: (fault, _axis, level) => placedInVariant(fault, loaded, levels[level]!.label) };
}

/** What a variant lays over its scenario, as settings after `--set`. */
export function variantSettings({ variants }: LoadedScenario, name: string): readonly string[] {
  return Object.entries(variants.get(name)!).map(([path, value]) => `${path}=${JSON.stringify(value)}`);
}

/** The fault at the place of the setting in the variant. */
export function placedInVariant(fault: Fault, { variants, position }: LoadedScenario, name: string): Fault {
  const [key] = Object.keys(variants.get(name)!).filter((path) => {
    const own = path.replace(/^\+/, '');
    return fault.path === own || fault.path.startsWith(`${own}.`) || own.startsWith(`${fault.path}.`);
  });
  const inside = key === undefined ? '' : fault.path.slice(key.replace(/^\+/, '').length + 1);
  const way = ['variants', name, ...(key === undefined ? [] : [key]), ...(inside === '' ? [] : inside.split('.'))];
  const at = position(way, 'key');
  return at === undefined ? fault : { ...fault, position: at, path: `variants.${name}.${fault.path}` };
}

/** Points of an experiment that are looked at one by one where none is run. */
const pointsChecked = 1_000;

/** Checks a scenario's variants, and what it says as its experiment; throws InvalidInput with the faults of both. */
export function checkExperiments(loaded: LoadedScenario, allowPaths: readonly string[]): void {
  const faults: Fault[] = [];
  const check = (ask: () => AskedSweep) => {
    try {
      const { request, placed } = ask();
      if (pointCount(request) <= pointsChecked) planSweep(request, { allowPaths, placed });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
    }
  };
  if (loaded.variants.size > 0) check(() => askedVariants(loaded, 1, []));
  const { vary } = loaded.scenario.experiment;
  if (Object.keys(vary).length > 0) check(() => askedSweep(loaded, {}, []));
  if (faults.length > 0) throw new InvalidInput(faults);
}
