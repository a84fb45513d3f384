import type { LoadedScenario } from '../../scenario/load.js';
import { Journal } from '../pool/journal.js';
import { Runner, type RunnerOptions } from '../pool/runner.js';
import type { Unit, UnitResult } from '../work/outcome.js';
import { askedSweep, askedVariants, type SweepAsked } from './asked.js';
import { planSweep, type SweepPlan, unitsOf } from './plan.js';
import { resultsOf, type SweepResults } from './results.js';

/** The result of a run, wherever it is kept; undefined for one that hasn't been run. */
export type ResultOf = (unit: Unit) => UnitResult | undefined;

/**
 * Runs what is missing of a sweep, each point with the seeds of all others: replication k has the seed SEED/k. Returns
 * where the results are then.
 *
 * Throws the signal's reason when aborted; a run that fails is a result.
 */
export async function runSweep(plan: SweepPlan, options: RunnerOptions = {}): Promise<ResultOf> {
  const journal = options.journal ?? new Journal();
  const runner = new Runner(plan.points, { ...options, journal });
  try {
    await runner.run(unitsOf(plan));
    return (unit) => journal.resultOf(unit);
  } finally {
    await runner.close();
  }
}

type Running = 'workers' | 'allowPaths' | 'journal' | 'signal' | 'now' | 'onProgress' | 'onResult';

export interface SweepOptions extends SweepAsked, Pick<RunnerOptions, Running> {
  /** Runs the scenario's variants in place of anything that is varied. */
  readonly variants?: boolean;
}

/** A sweep that came to its end. */
export interface Swept extends SweepResults {
  /** What it ran, its points among it. */
  readonly plan: SweepPlan;
}

/**
 * Runs a scenario under many settings, or under each of its variants, and returns what came of every run.
 *
 * Throws InvalidInput for points that can't be, and the signal's reason when aborted; a run that fails is told among
 * the failures.
 */
export async function sweep(loaded: LoadedScenario, options: SweepOptions): Promise<Swept> {
  const { vary, points, replications, metrics, variants = false, ...running } = options;
  const command = ['run', loaded.file, ...loaded.overrides.flatMap((one) => ['--set', one])];
  const asked = {
    ...(vary === undefined ? {} : { vary }),
    ...(points === undefined ? {} : { points }),
    ...(replications === undefined ? {} : { replications }),
    ...(metrics === undefined ? {} : { metrics }),
  };
  const { request, placed } = variants
    ? askedVariants(loaded, replications ?? 1, command)
    : askedSweep(loaded, asked, command);
  const { allowPaths = [] } = running;
  const plan = planSweep(request, { allowPaths, placed });
  return { plan, ...resultsOf(plan, await runSweep(plan, running)) };
}
