/** One thing that comes to the network from outside, as the exogenous trace lists it. */
export interface ExogenousRow {
  /** Such as `cohort/honest` or `workload/batch`. */
  readonly source: string;
  /** Ordinal of the machine, node or job within its source, from 0; else 0. */
  readonly ordinal: number;
  readonly purpose: string;
  /** Number of the session, window, span or attempt, from 0; else 0. */
  readonly number: number;
  readonly value: number | string | boolean | null;
}
