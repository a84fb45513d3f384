import { toCommandLine } from '../../folder/command-line.js';
import { isFailure, type Unit, type UnitResult } from '../work/outcome.js';
import { seedOf } from '../work/seeds.js';
import type { SweepPlan } from './plan.js';
import { variantAxis } from './request.js';
import type { FailedPointRun, PointRun } from './tables.js';

/** What a sweep came to, a point after the other. */
export interface SweepResults {
  /** Runs of each point that came to an end. */
  readonly runs: readonly (readonly PointRun[])[];
  readonly failures: readonly FailedPointRun[];
}

/** The results of all runs of a sweep, by point; throws when one is missing. */
export function resultsOf(plan: SweepPlan, resultOf: (unit: Unit) => UnitResult | undefined): SweepResults {
  const failures: FailedPointRun[] = [];
  const runs = plan.points.map((_, point) => {
    const own: PointRun[] = [];
    for (let replication = 1; replication <= plan.request.replications; replication++) {
      const result = resultOf({ point, replication });
      if (result === undefined) throw new Error(`expected the result of ${point}/${replication}, found none`);
      if (!isFailure(result)) own.push({ replication, outcome: result });
      else {
        const { seed, failed } = result;
        const command = commandOfRun(plan, point, replication);
        failures.push({ point: point + 1, replication, seed, failed, command });
      }
    }
    return own;
  });
  return { runs, failures };
}

/** The words behind `sim` that run one run of a sweep by itself. */
export function commandOfRun({ request, points }: SweepPlan, point: number, replication: number): string {
  const { seed, settings, cells } = points[point]!;
  const isVariant = request.axes[0]!.name === variantAxis;
  const set = isVariant ? ['--variant', String(cells[0])] : settings.flatMap((one) => ['--set', one]);
  return toCommandLine([...request.command, ...set, '--seed', seedOf(seed, replication)]);
}
