import type { MetricValues } from '../../record/metrics/metric.js';
import type { Table } from '../../record/tables/table.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';

/** What the answer is made of. */
export interface RunFacts {
  /** Means over the replications. */
  readonly values: MetricValues;
  /** Each replication's, in their order; one for an ordinary run. */
  readonly replications: readonly MetricValues[];
  readonly scenario: Scenario;
  /** The scenario as it was written, with what it extends, defaults left out. */
  readonly written: unknown;
  /** A table of the run by its name. */
  table(name: string): Table;
}

/** The value of a metric by its name; NaN where it doesn't apply. */
export type ValueOf = (metric: string) => number;

/** What is said already, in the sentences before. */
export interface Said {
  /** Whether the metric's figure of the whole run, warm-up left out as its meaning says, is given. */
  figure(metric: string): boolean;
  /** Whether the words are among them, be it at a sentence's start. */
  words(text: string): boolean;
}

/** What a run says to its scenario's question. */
export interface Answer {
  /** Yes, no, or that it can't be told, with the figure that decides; empty where nothing is asked or expected. */
  readonly verdict: string;
  /** Why, in at most three sentences. */
  readonly reasons: readonly string[];
  /** What else there is to say, a sentence each. */
  readonly more: readonly string[];
}
