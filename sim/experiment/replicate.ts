import { summaryOf } from '../record/tables/summary.js';
import type { LoadedScenario } from '../scenario/load.js';
import { estimateRun } from '../scenario/plan/estimate.js';
import { type Point, Runner, type RunnerOptions } from './pool/runner.js';
import { checkMetrics } from './work/known-metrics.js';
import { type Failure, isFailure, type Outcome, type Unit } from './work/outcome.js';
import { pack } from './work/packed-scenario.js';

/** How exactly the mean of a metric, or its median if it is a quantile, is to be known. */
export interface Precision {
  readonly metric: string;
  /** Half of the 95 % interval's width, at most, in the metric's unit; above 0. */
  readonly halfWidth: number;
}

export interface ReplicateOptions extends RunnerOptions {
  /** Runs, from 1 on; with a precision, the runs of the first look. */
  readonly replications: number;
  /** More runs follow until all of these are reached. */
  readonly precision?: readonly Precision[];
  /** Runs at most, whatever the precision; default 1,000. */
  readonly replicationsMost?: number;
}

/** A run of the scenario. */
export interface Replication {
  /** From 1. */
  readonly replication: number;
  readonly outcome: Outcome;
}

/** A run that ended in an error. */
export interface FailedReplication {
  readonly replication: number;
  readonly failure: Failure;
}

export interface Replicated {
  readonly loaded: LoadedScenario;
  /** Those that came to an end, in their order. */
  readonly replications: readonly Replication[];
  readonly failures: readonly FailedReplication[];
  /** Whether each precision was reached; null where none was asked for. */
  readonly isPrecise: boolean | null;
}

/** Each look at the precision takes a quarter more runs, so that how many there are depends on nothing but results. */
const growth = 1.25;
export const replicationsMostByDefault = 1_000;

/** The scenario as the only point of an experiment. */
export function pointOf(loaded: LoadedScenario): Point {
  return { scenario: pack(loaded), seed: loaded.scenario.seed, cost: estimateRun(loaded).events };
}

/**
 * Runs a scenario again and again with seeds of their own, which depend on the scenario's seed and the replication's
 * number alone: how many there are, and on how many threads, changes nothing in any of them.
 *
 * Throws the signal's reason when aborted; a run that fails is told among the failures.
 */
export async function replicate(loaded: LoadedScenario, options: ReplicateOptions): Promise<Replicated> {
  const { precision = [], replicationsMost = replicationsMostByDefault } = options;
  checkMetrics(
    precision.map(({ metric }) => metric),
    [loaded.scenario],
    'precision.metric',
  );
  const runner = new Runner([pointOf(loaded)], options);
  try {
    let asked = Math.min(options.replications, replicationsMost);
    for (;;) {
      const units = Array.from({ length: asked }, (_, place): Unit => ({ point: 0, replication: place + 1 }));
      const results = await runner.run(units);
      const replications: Replication[] = [];
      const failures: FailedReplication[] = [];
      results.forEach((result, place) => {
        if (isFailure(result)) failures.push({ replication: place + 1, failure: result });
        else replications.push({ replication: place + 1, outcome: result });
      });
      const isPrecise = precision.length === 0 ? null : precision.every((one) => isReached(loaded, one, replications));
      if (isPrecise !== false || asked >= replicationsMost) return { loaded, replications, failures, isPrecise };
      asked = Math.min(Math.max(asked + 2, Math.ceil(asked * growth)), replicationsMost);
    }
  } finally {
    await runner.close();
  }
}

function isReached(
  { scenario }: LoadedScenario,
  { metric, halfWidth }: Precision,
  replications: readonly Replication[],
): boolean {
  const { low, high } = summaryOf(
    scenario.registry.metricNamed(metric),
    replications.map(({ outcome }) => outcome),
  );
  // an interval that can't be told is as wide as can be
  return (high - low) / 2 <= halfWidth;
}
