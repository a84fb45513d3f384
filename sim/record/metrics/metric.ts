import { CensoredSample } from '../../kernels/censored-sample.js';
import { NodeState } from '../../model/columns/nodes.js';
import { eachOpenOfClients, openOfClients, type World } from '../../model/world/world.js';
import type { Counts } from '../counted-window.js';
import type { Recorder } from '../recorder.js';
import type { Window } from '../window.js';

/** What prices metrics in USD need. */
export interface Prices {
  /** USD a token. */
  readonly tokenPrice: number;
  /** USD a token of the bond currency. */
  readonly bondTokenPrice: number;
  /** USD a kilowatt-hour. */
  readonly electricity: number;
  /** Yearly cost of locked capital, as a share. */
  readonly capitalCost: number;
  /** USD for each reference-card hour that was not computed. */
  readonly savedHour: number;
  /** USD an outage that somebody orders, and USD a node and epoch in which somebody eclipses it. */
  readonly strike: number;
  readonly eclipse: number;
}

/** A finished run as metrics see it. */
export interface FinishedRun {
  readonly world: World;
  readonly recorder: Recorder;
  readonly prices: Prices;
  /** Latency of completed jobs and, censored, how long the others have been waited for [s]. */
  readonly latencyWithOpen: CensoredSample;
  /** The same network with every attacker honest; null where it wasn't run. */
  readonly twin: FinishedRun | null;
}

/** To be called once the world and its recorder have ended. */
export function finishedRun(
  world: World,
  recorder: Recorder,
  prices: Prices,
  twin: FinishedRun | null = null,
): FinishedRun {
  const { ended, completed } = recorder.total;
  const others = agesOfOthers(world, ended - completed);
  return { world, recorder, prices, latencyWithOpen: new CensoredSample(recorder.latency.values, others), twin };
}

/** How long the open jobs have been waited for [s]; those that failed are waited for in vain, for ever. */
function agesOfOthers(world: World, failed: number): Float64Array {
  const { jobs, simulation } = world;
  const ages = new Float64Array(openOfClients(world) + failed).fill(Number.POSITIVE_INFINITY);
  let count = 0;
  eachOpenOfClients(world, (job) => {
    ages[count++] = simulation.now - jobs.submittedAt[job]!;
  });
  return ages;
}

/** Whom a figure is about, by cohort. */
export type Group = (cohort: number) => boolean;

interface Described {
  readonly name: string;
  /** What people call it, as within a sentence. */
  readonly label: string;
  readonly unit: string;
  /** The part of the run that it speaks of. */
  readonly window: Window;
  readonly meaning: string;
  /** What it comes to where its meaning doesn’t say, and who described it first: for docs/metrics.md. */
  readonly formula?: string;
  readonly source?: string;
  /** True for a share of something that it isn't a part of, such as a return: it can be below 0 or above 1. */
  readonly isRatio?: true;
  /** The highest value that it can take, included, where the unit doesn’t tell. */
  readonly most?: number;
  /** True for a quantile of a sample, such as a median: over replications its own median is told. */
  readonly isQuantile?: true;
  /** True for a figure of jobs that ended, which says nothing of those that are open. */
  readonly leavesOutOpen?: true;
  /** Which way is better for the network and its honest operators; absent where that depends. */
  readonly better?: 'lower' | 'higher';
  /** What a scenario must have for it to be told. */
  readonly needs?: 'attackers' | 'newcomers' | 'sharedOutages' | 'twin';
  /** Whose figure it is, if not everybody's; it can be told of some of them, too. */
  readonly about?: 'attackers' | 'honest';
}

/** A figure of what was counted over a stretch of time: the same of the whole, after the warm-up, and of a window. */
export interface CountedMetric extends Described {
  of(counts: Counts, who: Group): number;
  /** True for a number that grows with the time that it is counted over: only parts of one length can be compared. */
  readonly addsUp?: true;
  /** True if it is told from the group's entry on: a window that begins before is cut there. */
  readonly isSinceEntry?: true;
  /** Its value of the whole, where that isn't all that was counted after the warm-up. */
  whole?(run: FinishedRun): number;
}

/** A figure of the run as a whole, such as a state at its end or what accrued until then. */
export interface RunMetric extends Described {
  value(run: FinishedRun, who: Group): number;
  /** True for the state at the end. */
  readonly isAtEnd?: true;
}

/** A figure of one replication; NaN where it doesn't apply, such as attackers' figures without attackers. */
export type Metric = CountedMetric | RunMetric;

/** Whether it is a figure of what was counted, so that it can be told of a window. */
export function isCounted(metric: Metric): metric is CountedMetric {
  return 'of' in metric;
}

/** The metric's value of the whole run, warm-up left out as its meaning says; NaN where nobody is there whose it is. */
export function wholeOf(metric: Metric, run: FinishedRun): number {
  const side = sideOf(metric);
  const who: Group = (cohort) => run.world.cohorts[cohort]!.isAttacker === (side === 'attackers');
  if (!isAnybodyThere(metric, run, who)) return Number.NaN;
  if (!isCounted(metric)) return metric.value(run, who);
  return metric.whole?.(run) ?? metric.of(run.recorder.counts, who);
}

/** The same of some of those whom it is about; counted ones of all the time after the warm-up. */
export function ofSome(metric: Metric, run: FinishedRun, who: Group): number {
  if (!isAnybodyThere(metric, run, who)) return Number.NaN;
  return isCounted(metric) ? metric.of(run.recorder.counts, who) : metric.value(run, who);
}

/** On whose presence it depends, if not everybody's: those whom it is about, or who have their part in it. */
export function sideOf({ about, needs }: Metric): Metric['about'] {
  return about ?? (needs === 'attackers' ? 'attackers' : undefined);
}

/**
 * Whether some of the group were in the network at any time that the metric counts: who came and went within the
 * warm-up did nothing that it tells, and that isn't the same as nothing done.
 */
export function isAnybodyThere(metric: Metric, { world, recorder }: FinishedRun, who: Group): boolean {
  if (sideOf(metric) === undefined || metric.window !== 'after the warm-up') return true;
  const { nodes, ownership } = world;
  for (let node = 0; node < nodes.count; node++) {
    const isThere = nodes.state[node] !== NodeState.absent && nodes.leftAt[node]! > recorder.options.warmUpSeconds;
    if (isThere && who(ownership.cohort[node]!)) return true;
  }
  return false;
}

/** What each metric came to, by its name; in the order of `metrics` where they are gone through. */
export type MetricValues = Readonly<Record<string, number>>;

/** The values that a metric can take, both included. */
export function rangeOf({ unit, isRatio, most }: Metric): readonly [lowest: number, highest: number] {
  const isAmount = unit === 'USD' || unit.endsWith('tokens');
  if (isAmount || isRatio === true) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const isShare = unit === 'fraction' || unit === 'probability';
  return [0, most ?? (isShare ? 1 : Number.POSITIVE_INFINITY)];
}
