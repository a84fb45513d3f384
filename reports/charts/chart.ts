import type { TopLevelSpec } from 'vega-lite';
import type { Table } from '../../sim/record/table.js';

/** What every chart is drawn from. */
export interface ChartInput {
  /** One row per replication, sample time and cohort; network-wide counts stand on rows of the cohort `all`. */
  readonly timeseries: Table;
  /** Names in scenario order, which is the order of panels, legends and colours. */
  readonly cohorts: readonly string[];
  /** Simulated time of the run [days]. */
  readonly horizonDays: number;
  /** Part of it, from 0 on, that metrics leave out [days]. */
  readonly warmUpDays: number;
}

/** One kind of chart; its file in charts/ bears its name. */
export interface Chart {
  readonly name: string;
  readonly title: string;
  /** What one sees and how to read it, in one or two sentences. */
  readonly description: string;
  spec(input: ChartInput): TopLevelSpec;
}
