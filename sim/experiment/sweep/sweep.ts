import { Journal } from '../pool/journal.js';
import { Runner, type RunnerOptions } from '../pool/runner.js';
import type { Unit, UnitResult } from '../work/outcome.js';
import { type SweepPlan, unitsOf } from './plan.js';

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
