import { CensoredSample } from '../../kernels/censored-sample.js';
import type { World } from '../../model/world/world.js';
import type { Recorder } from '../recorder.js';
import type { Window } from '../window.js';

/** What prices metrics in USD need. */
export interface Prices {
  /** USD a token. */
  readonly tokenPrice: number;
  /** USD a kilowatt-hour. */
  readonly electricity: number;
  /** Yearly cost of locked capital, as a share. */
  readonly capitalCost: number;
  /** USD for each reference-card hour that was not computed. */
  readonly savedHour: number;
}

/** A finished run as metrics see it. */
export interface FinishedRun {
  readonly world: World;
  readonly recorder: Recorder;
  readonly prices: Prices;
  /** Latency of completed jobs and, censored, how long the open ones had taken by the end [s]. */
  readonly latencyWithOpen: CensoredSample;
}

/** To be called once the world and its recorder have ended. */
export function finishedRun(world: World, recorder: Recorder, prices: Prices): FinishedRun {
  return { world, recorder, prices, latencyWithOpen: new CensoredSample(recorder.latency.values, openAges(world)) };
}

/** How long the open jobs have been waited for [s]. */
function openAges({ jobs, simulation }: World): Float64Array {
  const ages = new Float64Array(jobs.open);
  let count = 0;
  jobs.eachOpen((job) => {
    ages[count++] = simulation.now - jobs.submittedAt[job]!;
  });
  return ages;
}

/** A figure of one replication; NaN where it doesn't apply, such as attackers' figures without attackers. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  /** The part of the run that it speaks of. */
  readonly window: Window;
  readonly meaning: string;
  /** True for a share of something that it isn't a part of, such as a return: it can be below 0 or above 1. */
  readonly isRatio?: true;
  value(run: FinishedRun): number;
}

/** What each metric came to, by its name; in the order of `metrics` where they are gone through. */
export type MetricValues = Readonly<Record<string, number>>;

/** The values that a metric can take, both included. */
export function rangeOf({ unit, isRatio }: Metric): readonly [lowest: number, highest: number] {
  const isAmount = unit === 'USD' || unit.endsWith('tokens');
  if (isAmount || isRatio === true) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return [0, unit === 'fraction' || unit === 'probability' ? 1 : Number.POSITIVE_INFINITY];
}
