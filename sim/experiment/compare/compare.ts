import { metricNames } from '../../record/metrics/index.js';
import type { MetricValues } from '../../record/metrics/metric.js';
import type { LoadedScenario } from '../../scenario/load.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import { Runner, type RunnerOptions } from '../pool/runner.js';
import { type FailedReplication, pointOf } from '../replicate.js';
import { isFailure, type Unit } from '../work/outcome.js';
import { withSeed } from '../work/packed-scenario.js';
import { seedOf } from '../work/seeds.js';
import { type PairedFigure, pairedFigure } from './paired.js';

/** A scenario that is compared: one to be run, or the runs that a folder holds. */
export interface Side {
  /** What it is called beside the others. */
  readonly label: string;
  readonly question: string;
  /** The merged text before defaults, and the scenario that it is. */
  readonly written: unknown;
  readonly scenario: Scenario;
  readonly source: LoadedScenario | readonly SideRun[];
}

/** A run of a side. */
export interface SideRun {
  /** From 1. */
  readonly replication: number;
  readonly seed: string;
  readonly values: MetricValues;
}

export interface CompareOptions extends RunnerOptions {
  /** Runs of each scenario, from 1 on; default 8. Runs that folders hold are taken as they are. */
  readonly replications?: number;
  /** Chance, at most, that any difference is said to be one and is none; in (0, 1), default 0.05. */
  readonly errorRate?: number;
}

export interface ComparedSide extends Omit<Side, 'source'> {
  readonly isFromFolder: boolean;
  readonly runs: readonly SideRun[];
  readonly failures: readonly FailedReplication[];
}

/** A metric of a side less that of the first. */
export interface Difference extends PairedFigure {
  /** Of the side, from 1; the first is 0. */
  readonly side: number;
  readonly metric: string;
  /** Whether the interval leaves out 0; null where fewer than two pairs say nothing of chance. */
  readonly isChanged: boolean | null;
}

export interface Compared {
  /** The first is what the others are compared to. */
  readonly sides: readonly ComparedSide[];
  readonly errorRate: number;
  /** Confidence of each interval, so that all of them together have the error rate. */
  readonly level: number;
  /** Of each further side each metric that can be told of either. */
  readonly differences: readonly Difference[];
}

export const replicationsByDefault = 8;

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
    const seed = sides[0]!.scenario.seed;
    return { seed, replications: Array.from({ length: replications }, (_, place) => place + 1) };
  }
  const { seed } = first.scenario;
  const faults: Fault[] = others
    .filter(({ scenario }) => scenario.seed !== seed)
    .map(({ label, scenario }) => {
      return { path: label, expected: `runs with the seed of ${first.label}, ${seed}`, found: scenario.seed };
    });
  if (faults.length > 0) throw new InvalidInput(faults);
  const isEverywhere = (replication: number) => {
    return others.every(({ source }) => source.some((run) => run.replication === replication));
  };
  const common = first.source.map(({ replication }) => replication).filter(isEverywhere);
  if (common.length === 0) {
    throw new InvalidInput([{ path: first.label, expected: 'a replication that all folders have', found: 'none' }]);
  }
  return { seed, replications: common };
}

function isHeld(side: Side): side is Side & { readonly source: readonly SideRun[] } {
  return Array.isArray(side.source);
}

/**
 * Compares scenarios with the first of them, seed by seed: every run of one is paired with the run of the other that
 * has the same seed. The intervals are so wide that the chance that any of the differences that are seen is none is at
 * most the error rate (Bonferroni's inequality over metrics and sides).
 *
 * Throws the signal's reason when aborted; a run that fails is told among the failures.
 */
export async function compareSides(sides: readonly Side[], options: CompareOptions = {}): Promise<Compared> {
  const { errorRate = 0.05, replications = replicationsByDefault } = options;
  const pairing = pairingOf(sides, replications);
  const toRun = sides.filter((side) => !isHeld(side));
  const points = toRun.map(({ source }) => pointOf(withSeed(source as LoadedScenario, pairing.seed)));
  const units = points.flatMap((_, point) => pairing.replications.map((replication): Unit => ({ point, replication })));
  const runner = new Runner(points, options);
  try {
    const results = await runner.run(units);
    const compared = sides.map(({ source, ...side }): ComparedSide => {
      if (!Array.isArray(source)) {
        const point = toRun.findIndex((one) => one.source === source);
        const own = results.filter((_, place) => units[place]!.point === point);
        const runs: SideRun[] = [];
        const failures: FailedReplication[] = [];
        for (const [place, result] of own.entries()) {
          const replication = pairing.replications[place]!;
          if (isFailure(result)) failures.push({ replication, failure: result });
          else runs.push({ replication, seed: result.seed, values: result.values });
        }
        return { ...side, isFromFolder: false, runs, failures };
      }
      const runs = (source as readonly SideRun[]).filter(({ replication }) =>
        pairing.replications.includes(replication),
      );
      return { ...side, isFromFolder: true, runs, failures: [] };
    });
    return { sides: compared, ...differencesOf(compared, pairing, errorRate) };
  } finally {
    await runner.close();
  }
}

function differencesOf(
  sides: readonly ComparedSide[],
  { seed, replications }: Pairing,
  errorRate: number,
): Omit<Compared, 'sides'> {
  const seeds = replications.map((replication) => seedOf(seed, replication));
  const valuesOf = ({ runs }: ComparedSide, metric: string) => {
    const bySeed = new Map(runs.map((run) => [run.seed, run.values[metric]!]));
    return seeds.map((one) => bySeed.get(one) ?? Number.NaN);
  };
  const isTold = (values: readonly number[]) => values.some(Number.isFinite);
  const pairs = sides
    .slice(1)
    .flatMap((side, place) =>
      metricNames
        .map((metric) => ({
          side: place + 1,
          metric,
          before: valuesOf(sides[0]!, metric),
          now: valuesOf(side, metric),
        }))
        .filter(({ before, now }) => isTold(before) || isTold(now)),
    );
  const level = 1 - errorRate / Math.max(1, pairs.length);
  const differences = pairs.map(({ side, metric, before, now }): Difference => {
    const figure = pairedFigure(before, now, level);
    const { low, high } = figure.interval;
    return { side, metric, ...figure, isChanged: Number.isNaN(low) ? null : low > 0 || high < 0 };
  });
  return { errorRate, level, differences };
}
