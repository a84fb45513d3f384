import type { MetricValues } from '../../record/metrics/metric.js';
import type { Table } from '../../record/tables/table.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';

/** What the answer is made of. */
export interface RunFacts {
  readonly values: MetricValues;
  readonly scenario: Scenario;
  /** The scenario as it was written, with what it extends, defaults left out. */
  readonly written: unknown;
  /** A table of the run by its name. */
  table(name: string): Table;
}

/** The value of a metric by its name; NaN where it doesn't apply. */
export type ValueOf = (metric: string) => number;
