import type { LoadedScenario } from '../../scenario/load.js';
import { Runner, type RunnerOptions } from '../pool/runner.js';
import { pointOf } from '../replicate.js';
import type { Unit, UnitResult } from '../work/outcome.js';
import type { Baseline } from './baseline.js';
import { looksOf } from './looks.js';
import { type CheckedScenario, ScenarioCheck } from './scenario-check.js';

export interface CheckOptions extends RunnerOptions {
  /** Chance, at most, that a verdict of the call is wrong; in (0, 1), default 0.05. */
  readonly errorRate?: number;
  /** Replications of the first look, from 2 on; default 4. */
  readonly replications?: number;
  /** Replications at most while a verdict is undecided, from those of the first look on; default 64. */
  readonly replicationsMost?: number;
  /** Baselines by the names of scenarios; those without one are held against their expectations alone. */
  readonly baselines?: ReadonlyMap<string, Baseline>;
  /** Change since a baseline that is none, as a share of the metric's value there; at least 0, default 0. */
  readonly margin?: number;
  /** Baselines are made, of so many replications of each scenario, from 2 on. */
  readonly baselineReplications?: number;
}

export interface Checked {
  /** In the order given. */
  readonly scenarios: readonly CheckedScenario[];
  readonly errorRate: number;
  /** Replications at each look at the verdicts. */
  readonly looks: readonly number[];
}

export const errorRateByDefault = 0.05;
export const firstLookByDefault = 4;
export const mostByDefault = 64;

/**
 * Holds scenarios against their expectations, and their figures against baselines, with as many replications as the
 * verdicts take.
 *
 * A verdict falls when the interval of what is bounded lies within the bounds, or outside. The intervals are as wide as
 * it takes for the chance that any verdict of the call is wrong to be at most the error rate, whatever depends on what:
 * it is shared out evenly over expectations and looks (C. E. Bonferroni's inequality), half of it over the metrics of
 * baselines where there are any. What is undecided after the most replications stays so. Seeds are the scenarios' own,
 * so that the same program always comes to the same verdicts.
 *
 * Where there is a baseline, one replication is run first: is it the baseline's, to the last figure, nothing has
 * changed.
 *
 * Throws the signal's reason when aborted; a run that fails is told among the failures.
 */
export async function checkScenarios(all: readonly LoadedScenario[], options: CheckOptions): Promise<Checked> {
  const { errorRate = errorRateByDefault, replications = firstLookByDefault, margin = 0 } = options;
  const looks = looksOf(replications, Math.max(replications, options.replicationsMost ?? mostByDefault));
  const makesBaselines = options.baselineReplications !== undefined;
  const baselines = all.map(({ name }) => (makesBaselines ? undefined : options.baselines?.get(name)));
  const sum = (amounts: readonly number[]) =>
    Math.max(
      1,
      amounts.reduce((one, other) => one + other, 0),
    );
  const expected = sum(all.map(({ scenario }) => scenario.expect.length));
  const compared = sum(baselines.map((one) => Object.keys(one?.metrics ?? {}).length));
  const isShared = baselines.some((one) => one !== undefined);
  const confidence = {
    ofExpectation: 1 - (isShared ? errorRate / 2 : errorRate) / (expected * looks.length),
    ofChange: 1 - errorRate / 2 / compared,
    margin,
  };
  const checks = all.map((loaded, place) => new ScenarioCheck(loaded, baselines[place], confidence, makesBaselines));
  const runner = new Runner(all.map(pointOf), options);
  const resultsOf = async (wanted: ReadonlyMap<number, number>): Promise<ReadonlyMap<number, UnitResult[]>> => {
    const units = [...wanted].flatMap(([point, many]) =>
      Array.from({ length: many }, (_, place): Unit => ({ point, replication: place + 1 })),
    );
    const results = await runner.run(units);
    const byPoint = new Map([...wanted.keys()].map((point): [number, UnitResult[]] => [point, []]));
    for (const [place, { point }] of units.entries()) byPoint.get(point)!.push(results[place]!);
    return byPoint;
  };
  try {
    const first = baselines.flatMap((one, point): [number, number][] => (one === undefined ? [] : [[point, 1]]));
    for (const [point, [result]] of await resultsOf(new Map(first))) checks[point]!.takeFirst(result!);
    for (const look of looks) {
      const open = [...checks.keys()].filter((point) => !checks[point]!.isDecided);
      if (open.length === 0) break;
      const most = (point: number) => {
        return Math.max(look, baselines[point]?.replications ?? 0, options.baselineReplications ?? 0);
      };
      const results = await resultsOf(new Map(open.map((point) => [point, most(point)])));
      for (const [point, found] of results) checks[point]!.take(found, look);
    }
    return { scenarios: checks.map((one) => one.result()), errorRate, looks };
  } finally {
    await runner.close();
  }
}
