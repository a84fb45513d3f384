import { toCommandLine } from '../../folder/command-line.js';
import { fingerprintsOf } from '../../folder/manifest.js';
import type { Metric } from '../../record/metrics/metric.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import type { FailedRun } from '../failures.js';
import { type Point, Runner, type RunnerOptions } from '../pool/runner.js';
import { pointOf } from '../replicate.js';
import { checkMetrics, metricsOf } from '../work/known-metrics.js';
import { isFailure, type Unit, type UnitResult } from '../work/outcome.js';
import { withSeed } from '../work/packed-scenario.js';
import { seedOf } from '../work/seeds.js';
import { type PairedFigure, pairedFigure } from './paired.js';
import type { Side, SideRun } from './sides.js';

export interface CompareOptions extends RunnerOptions {
  /** Runs of each scenario, from 1 on; default 8. Runs that folders hold are taken as they are. */
  readonly replications?: number;
  /** Chance, at most, that any difference is said to be one and is none; in (0, 1), default 0.05. */
  readonly errorRate?: number;
  /** Metrics that are compared; all if none are named. */
  readonly metrics?: readonly string[];
}

export interface ComparedSide extends Omit<Side, 'source'> {
  readonly isFromFolder: boolean;
  /** Those that came to an end, with the numbers that they have in the comparison. */
  readonly runs: readonly SideRun[];
  readonly failures: readonly FailedRun[];
}

/** A metric of a side less that of the first. */
export interface Difference extends PairedFigure {
  /** Of the side, from 1; the first is 0. */
  readonly side: number;
  readonly metric: string;
  readonly metricUnit: string;
  /** Whether the interval leaves out 0; null where the pairs are too few to tell it from chance. */
  readonly isChanged: boolean | null;
}

export interface Compared {
  /** The first is what the others are compared to. */
  readonly sides: readonly ComparedSide[];
  /** The seeds that all sides have. */
  readonly pairing: Pairing;
  /** Asked for by name; empty for all. */
  readonly metrics: readonly string[];
  readonly errorRate: number;
  /** Confidence of each interval, so that all of them together have the error rate. */
  readonly level: number;
  /** Of each further side each metric that can be told of either. */
  readonly differences: readonly Difference[];
  /** Of the runs that were done for it. */
  readonly events: number;
}

export const replicationsByDefault = 8;
export const errorRateByDefault = 0.05;

/** Which seeds the scenarios are run with. */
export interface Pairing {
  readonly seed: string;
  readonly replications: readonly number[];
}

/**
 * The seeds that all sides have: those of the folders among them, or else the first scenario's own.
 *
 * Throws InvalidInput if folders have no seed in common.
 */
export function pairingOf(sides: readonly Side[], replications: number): Pairing {
  const folders = sides.filter(isHeld);
  const [first, ...others] = folders;
  if (first === undefined) {
    const { seed } = sides[0]!.scenario;
    return { seed, replications: Array.from({ length: replications }, (_, place) => place + 1) };
  }
  const seedsOf = others.map(({ source }) => new Set(source.map(({ seed }) => seed)));
  const common = first.source.filter(({ seed }) => seedsOf.every((seeds) => seeds.has(seed)));
  if (common.length === 0) {
    const faults = others
      .filter((_, place) => first.source.every(({ seed }) => !seedsOf[place]!.has(seed)))
      .map((other): Fault => {
        return {
          path: other.label,
          expected: `a run with a seed of ${first.label} (${listed(first)})`,
          found: listed(other),
        };
      });
    const none = { path: first.label, expected: 'a seed that all folders have', found: listed(first) };
    throw new InvalidInput(faults.length > 0 ? faults : [none]);
  }
  return { seed: first.scenario.seed, replications: common.map(({ replication }) => replication) };
}

type Held = Side & { readonly source: readonly SideRun[] };

function isHeld(side: Side): side is Held {
  return Array.isArray(side.source);
}

/** Seeds of a folder; of many the first and the last. */
function listed({ source }: Held): string {
  const seeds = source.map(({ seed }) => seed);
  return seeds.length <= 3 ? seeds.join(', ') : `${seeds[0]}, ${seeds[1]}, …, ${seeds.at(-1)}`;
}

/** The scenarios that are to be run, with the seed that all sides have. */
export function pointsOf(sides: readonly Side[], { seed }: Pairing): readonly Point[] {
  return sides.filter((side) => !isHeld(side)).map(({ source }) => pointOf(withSeed(source as LoadedScenario, seed)));
}

/** Every run that is to be done, a scenario after the other. */
export function unitsOf(points: readonly Point[], { replications }: Pairing): readonly Unit[] {
  return points.flatMap((_, point) => replications.map((replication): Unit => ({ point, replication })));
}

/**
 * Compares scenarios with the first of them, seed by seed: every run of one is paired with the run of the other that
 * has the same seed. The intervals are so wide that the chance that any of the differences that are seen is none is at
 * most the error rate (C. E. Bonferroni's inequality over metrics and sides).
 *
 * Throws InvalidInput for a metric that doesn't exist and for folders without a common seed, and the signal's reason
 * when aborted; a run that fails is told among the failures.
 */
export async function compareSides(sides: readonly Side[], options: CompareOptions = {}): Promise<Compared> {
  const { errorRate = errorRateByDefault, replications = replicationsByDefault, metrics = [] } = options;
  const scenarios = sides.map(({ scenario }) => scenario);
  checkMetrics(metrics, scenarios);
  const pairing = pairingOf(sides, replications);
  const points = pointsOf(sides, pairing);
  const units = unitsOf(points, pairing);
  const runner = new Runner(points, options);
  try {
    const results = await runner.run(units);
    let point = 0;
    const compared = sides.map((side): ComparedSide => {
      if (isHeld(side)) return heldSide(side, pairing);
      const from = point++ * pairing.replications.length;
      return ranSide(side, pairing, results.slice(from, from + pairing.replications.length));
    });
    const events = results.reduce((sum, result) => sum + (isFailure(result) ? 0 : result.events), 0);
    const wanted = metricsOf(scenarios).filter(({ name }) => metrics.length === 0 || metrics.includes(name));
    return { sides: compared, pairing, metrics, ...differencesOf(compared, pairing, errorRate, wanted), events };
  } finally {
    await runner.close();
  }
}

/** The runs of a folder that all sides have. */
function heldSide({ source, ...side }: Held, { seed, replications }: Pairing): ComparedSide {
  const bySeed = new Map(source.map((run) => [run.seed, run]));
  const runs = replications.flatMap((replication) => {
    const run = bySeed.get(seedOf(seed, replication));
    return run === undefined ? [] : [{ ...run, replication }];
  });
  return { ...side, isFromFolder: true, runs, failures: [] };
}

function ranSide(
  { source: _, ...side }: Side,
  { replications }: Pairing,
  results: readonly UnitResult[],
): ComparedSide {
  const runs: SideRun[] = [];
  const failures: FailedRun[] = [];
  for (const [place, result] of results.entries()) {
    const replication = replications[place]!;
    const { seed } = result;
    if (!isFailure(result))
      runs.push({ replication, seed, values: result.values, fingerprints: fingerprintsOf(result) });
    else {
      const set = side.overrides.flatMap((one) => ['--set', one]);
      const command = toCommandLine(['run', side.file, ...set, '--seed', seed]);
      failures.push({ replication, seed, failed: result.failed, command });
    }
  }
  return { ...side, isFromFolder: false, runs, failures };
}

type Differences = Pick<Compared, 'errorRate' | 'level' | 'differences'>;

function differencesOf(
  sides: readonly ComparedSide[],
  { seed, replications }: Pairing,
  errorRate: number,
  metrics: readonly Metric[],
): Differences {
  const seeds = replications.map((replication) => seedOf(seed, replication));
  const bySeed = sides.map(({ runs }) => new Map(runs.map((run) => [run.seed, run.values])));
  const valuesOf = (side: number, metric: string) => seeds.map((one) => bySeed[side]!.get(one)?.[metric] ?? Number.NaN);
  const isTold = (values: readonly number[]) => values.some(Number.isFinite);
  const pairs = sides.slice(1).flatMap((_, place) =>
    metrics
      .map(({ name: metric, unit: metricUnit }) => ({
        ...{ side: place + 1, metric, metricUnit },
        before: valuesOf(0, metric),
        now: valuesOf(place + 1, metric),
      }))
      .filter(({ before, now }) => isTold(before) || isTold(now)),
  );
  const level = 1 - errorRate / Math.max(1, pairs.length);
  const differences = pairs.map(({ side, metric, metricUnit, before, now }): Difference => {
    const figure = pairedFigure(before, now, level);
    const { low, high } = figure.interval;
    return { side, metric, metricUnit, ...figure, isChanged: Number.isNaN(low) ? null : low > 0 || high < 0 };
  });
  return { errorRate, level, differences };
}
