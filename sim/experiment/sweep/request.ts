import type { PackedScenario } from '../work/packed-scenario.js';

/**
 * All that a sweep asks for, as plain data: what `planSweep` makes points of, in any process the same ones.
 */
export interface SweepRequest {
  readonly scenario: PackedScenario;
  readonly seed: string;
  /** What is varied; the first changes slowest. */
  readonly axes: readonly Axis[];
  readonly design: Design;
  /** Runs of each point, from 1 on. */
  readonly replications: number;
  /** Metrics that the report shows, in that order; empty for those that a reader looks at first. */
  readonly metrics: readonly string[];
  /** The words behind `sim` that run one of its points, but for the settings of the point and the seed. */
  readonly command: readonly string[];
}

/** Every combination of levels, or points that fill the ranges. */
export type Design = { readonly kind: 'grid' } | { readonly kind: 'latin' | 'sobol'; readonly points: number };

/** One setting that is varied, or several that change together. */
export interface Axis {
  /** As tables and charts name it: the paths with & between them, or `variant`. */
  readonly name: string;
  readonly paths: readonly string[];
  /** Of each path: `s` for durations, whose numbers are seconds; empty for plain numbers and words. */
  readonly units: readonly Unit[];
  readonly values: Levels | Range;
}

export type Unit = '' | 's';

interface Levels {
  readonly kind: 'levels';
  readonly levels: readonly Level[];
}

/** A value of an axis. */
export interface Level {
  /** As people read it. */
  readonly label: string;
  /** Where it lies on the axis: the number of the first path; null where the axis has words. */
  readonly number: number | null;
  /** The value of each path, as tables have it. */
  readonly cells: readonly (number | string)[];
  /** `path=value`, as after `--set`. */
  readonly settings: readonly string[];
}

/** Numbers from low to high, of which a design takes some. */
export interface Range {
  readonly kind: 'range';
  readonly low: number;
  readonly high: number;
  readonly scale: 'linear' | 'log';
  /** Values are low + k · step, by factors the nearest of them; null for any. */
  readonly step: number | null;
}

/** Name of the axis whose levels are the variants of a scenario. */
export const variantAxis = 'variant';
