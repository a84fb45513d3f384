import type { TopLevelSpec } from 'vega-lite';
import type { Table } from '../../sim/record/tables/table.js';
import type { MeasuredOfNodes } from '../series/measured.js';
import type { Cast } from './cast.js';

/** What every chart is drawn from. */
export interface ChartInput extends Cast {
  /** One row per replication, sample time and cohort; network-wide counts stand on rows of the cohort `all`. */
  readonly timeseries: Table;
  /** The same of the honest twin; null where none was run. */
  readonly twin: Table | null;
  /** One row per node: its final state. */
  readonly nodes: Table;
  /** What the protocol's mechanisms measured of nodes, by cohort; none where they measure nothing. */
  readonly measures: readonly MeasuredOfNodes[];
  /** Attacks, outages and other stretches of time that stand in a strip under each time axis. */
  readonly episodes: Table;
  /** Cohorts that have newcomers of which one can tell when they earned like the others, in the order of cohorts. */
  readonly newcomers: readonly NewcomersOfCohort[];
  /** Attacking cohorts of which somebody lied, in the order of cohorts. */
  readonly detections: readonly DetectionsOfCohort[];
  /** What either side's account has beyond that in the honest twin; none where no twin was run. */
  readonly overTwin: readonly AccountOverTwin[];
  /** What was slashed of stake and bonds, by cause and cohort, in the order in which each first occurred. */
  readonly losses: readonly Loss[];
  /** Headline figures over the replications; none of one run. */
  readonly figures: readonly ReplicatedFigure[];
  /** Simulated time of the run [days]. */
  readonly horizonDays: number;
  /** Part of it, from 0 on, that metrics leave out [days]. */
  readonly warmUpDays: number;
}

/** A figure of the run over its replications. */
export interface ReplicatedFigure {
  /** As within a sentence. */
  readonly label: string;
  readonly unit: string;
  /** Of replications of which it can be told, in their order; at least one. */
  readonly values: readonly number[];
  /** Replications of which it can't. */
  readonly missing: number;
  /** The 95 % interval of the middle; NaN where replications are too few for one. */
  readonly low: number;
  readonly high: number;
  /** Mean of the values, or their median for a figure that is a quantile itself. */
  readonly middle: number;
  /** The interval in words, such as `0.6 to 1.7 %`, or that there is none. */
  readonly interval: string;
}

/** When the newcomers of a cohort that were watched for a week came to earn like the others. */
export interface NewcomersOfCohort {
  readonly cohort: string;
  readonly newcomers: number;
  /** Those of them that were seen to earn so. */
  readonly atParity: number;
  /** Since joining, when half earn so; NaN if fewer do [days]. */
  readonly medianDays: number;
  /** The longest that one was watched [days]. */
  readonly watchedDays: number;
  /** The estimated share that earns so, from each time since joining on [days]; 0 before the first. */
  readonly steps: readonly { readonly days: number; readonly fraction: number }[];
}

/** How soon the identities of an attacking cohort that lied were punished. */
export interface DetectionsOfCohort {
  readonly cohort: string;
  readonly cheats: number;
  /** Those of them that a penalty struck. */
  readonly punished: number;
  /** Since the first lie, when half are punished; NaN if fewer are [days]. */
  readonly medianDays: number;
  /** The longest that one was at large or watched [days]. */
  readonly watchedDays: number;
  /** The estimated share that is punished, from each time since that result on [days]; 0 before the first. */
  readonly steps: readonly { readonly days: number; readonly fraction: number }[];
}

/** By how much items of the accounts of a side are better for it than in the honest twin. */
export interface AccountOverTwin {
  readonly side: 'attackers' | 'honest';
  /** In the order in which they lead to the profit; those that are the same as in the twin among them. */
  readonly items: readonly {
    /** In plain words. */
    readonly name: string;
    /** Gains that are more, and costs that are less, count above 0 [USD]. */
    readonly usd: number;
  }[];
  /** The sum [USD]. */
  readonly profitUsd: number;
}

/** What a cohort lost of stake and bonds for one cause. */
export interface Loss {
  readonly cohort: string;
  /** In plain words. */
  readonly cause: string;
  readonly tokens: number;
  readonly count: number;
  readonly nodes: number;
}

/** One kind of chart; its file in charts/ bears its name. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  /** How to read it, in one or two sentences. */
  readonly description: string;
  /** Whether the strip of episodes stands under its axis. */
  readonly isOverTime: boolean;
  /** True for a drawing that fits a narrow page, and isn't made as wide as others. */
  readonly isNarrow?: true;
  /** Whether the run has what it shows; a chart without this method is drawn of every run. */
  applies?(input: ChartInput): boolean;
  spec(input: ChartInput): TopLevelSpec;
  /** What is seen in this run, in a sentence or two made from its data. */
  says(input: ChartInput): string;
}
