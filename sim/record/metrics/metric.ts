import type { World } from '../../model/world/world.js';
import type { Recorder } from '../recorder.js';

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
}

/** A figure of one replication; NaN where it doesn't apply, such as attackers' figures without attackers. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  value(run: FinishedRun): number;
}

/** What each metric came to, by its name; in the order of `metrics` where they are gone through. */
export type MetricValues = Readonly<Record<string, number>>;
