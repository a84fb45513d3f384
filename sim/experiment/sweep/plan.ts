import type { LoadedScenario, LoadOptions } from '../../scenario/load.js';
import { estimateRun } from '../../scenario/plan/estimate.js';
import { runsMost } from '../../scenario/schema/experiment-schema.js';
import { type Fault, InvalidInput, toLine } from '../../scenario/text/faults.js';
import { OVERRIDES_FILE } from '../../scenario/text/source.js';
import type { Point } from '../pool/runner.js';
import type { Unit } from '../work/outcome.js';
import { laidOver, type PackedScenario, unpack } from '../work/packed-scenario.js';
import { type Place, placesOf, pointCount } from './design.js';
import type { SweepRequest } from './request.js';

/** A point of a sweep: the scenario under the settings of its places. */
export interface PlannedPoint extends Point {
  /** The value of each path, an axis after the other. */
  readonly cells: readonly (number | string)[];
  /** `path=value`, as after `--set`. */
  readonly settings: readonly string[];
}

/** What a sweep runs. */
export interface SweepPlan {
  readonly request: SweepRequest;
  /** The scenario as it stands. */
  readonly base: LoadedScenario;
  readonly points: readonly PlannedPoint[];
  /** Folders that its traces and plugins may lie in, besides the scenario's own and the working directory. */
  readonly allowPaths: readonly string[];
}

export interface PlanOptions extends Pick<LoadOptions, 'onPlugin'> {
  /** Folders that trace paths may lie in, besides the scenario's own and the working directory. */
  readonly allowPaths?: readonly string[];
  /** Says where a fault of a level's settings stands in what the user wrote; `level` is −1 for a number of a range. */
  readonly placed?: (fault: Fault, axis: number, level: number) => Fault;
}

/**
 * The points of a sweep, each checked as a scenario: a request gives the same ones in every process.
 *
 * Throws InvalidInput with the faults of all of them, each once, and for more runs than an experiment may have.
 */
export function planSweep(request: SweepRequest, options: PlanOptions = {}): SweepPlan {
  const { allowPaths = [] } = options;
  const runs = pointCount(request) * request.replications;
  if (runs > runsMost) {
    throw new InvalidInput([{ path: '', expected: `at most ${runsMost} runs in all`, found: `${runs}` }]);
  }
  const base = unpack(
    request.scenario,
    allowPaths,
    options.onPlugin === undefined ? {} : { onPlugin: options.onPlugin },
  );
  // records take long to read, and are the same at every point unless a path says otherwise
  const withTraces = request.axes.some(({ paths }) => paths.some((path) => path.includes('trace')));
  const faults = new Map<string, Fault>();
  const points: PlannedPoint[] = [];
  for (const places of placesOf(request)) {
    try {
      points.push(planPoint(request.scenario, places, allowPaths, withTraces));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) {
        const told = toldOf(fault, places, options);
        const key = keyOf(told, places);
        if (!faults.has(key)) faults.set(key, told);
      }
    }
  }
  if (faults.size > 0) throw new InvalidInput([...faults.values()]);
  return { request, base, points, allowPaths };
}

/** Every run of a sweep, a point after the other. */
export function unitsOf({ points, request: { replications } }: SweepPlan): readonly Unit[] {
  return points.flatMap((_, point) =>
    Array.from({ length: replications }, (_none, place): Unit => ({ point, replication: place + 1 })),
  );
}

function planPoint(
  base: PackedScenario,
  places: readonly Place[],
  allowPaths: readonly string[],
  withTraces: boolean,
): PlannedPoint {
  const settings = places.flatMap(({ level }) => level.settings);
  const loaded = unpack(laidOver(base, settings), allowPaths, { withTraces });
  return {
    cells: places.flatMap(({ level }) => level.cells),
    settings,
    seed: loaded.scenario.seed,
    cost: estimateRun(loaded).events,
    // thousands of them would fill the memory, and laying settings over takes a moment
    get scenario() {
      return laidOver(base, settings);
    },
  };
}

/** The fault as it concerns what is varied: at the setting of a level that it comes of, or of the point as a whole. */
function toldOf(fault: Fault, places: readonly Place[], { placed }: PlanOptions): Fault {
  const { position, ...rest } = fault;
  const axis = position?.file === OVERRIDES_FILE ? axisAt(position.line, places) : axisOf(fault.path, places);
  if (axis < 0) {
    const at = `at ${places.map(({ level }) => level.settings.join(', ')).join(', ')}`;
    return { ...rest, why: rest.why === undefined ? at : `${rest.why}, ${at}` };
  }
  const column = position?.file === OVERRIDES_FILE ? position.column : 1;
  const told = { ...rest, position: { file: '--vary', line: axis + 1, column } };
  return placed === undefined ? told : placed(told, axis, places[axis]!.ordinal);
}

/** The axis that the setting of that number, from 1, belongs to. */
function axisAt(ordinal: number, places: readonly Place[]): number {
  let setting = ordinal;
  return places.findIndex(({ level }) => {
    if (setting <= level.settings.length) return true;
    setting -= level.settings.length;
    return false;
  });
}

/** The axis that sets the path, something in it, or what it is in; −1 for none. */
function axisOf(path: string, places: readonly Place[]): number {
  const isWithin = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);
  const sets = ({ level }: Place, relates: (set: string) => boolean) =>
    level.settings.some((setting) => relates(setting.slice(0, setting.indexOf('=')).replace(/^\+/, '')));
  const above = places.findIndex((place) => sets(place, (set) => isWithin(path, set)));
  return above >= 0 || path === '' ? above : places.findIndex((place) => sets(place, (set) => isWithin(set, path)));
}

/** The same for what one line tells: of every point that has the level, and of every number of a range. */
function keyOf(told: Fault, places: readonly Place[]): string {
  const { why: _, ...same } = told;
  const isOfRange = places.some(({ ordinal }) => ordinal < 0);
  return isOfRange ? `${told.path}: ${told.expected}` : toLine(same);
}
