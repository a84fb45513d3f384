import { columnIndex, type Table } from '../record/tables/table.js';

/** A cohort as the report lists it. */
export interface CohortSummary {
  readonly cohort: string;
  readonly strategy: string;
  readonly isAttacker: boolean;
  readonly nodes: number;
  readonly ejected: number;
  /** NaN where nobody did any work. */
  readonly workFraction: number;
  readonly incomeUsd: number;
  /** Value to them of wrong results that nobody found out. */
  readonly stolenUsd: number;
  readonly slashedUsd: number;
  readonly profitUsd: number;
}

/** Who the cohorts are and how they fared, in the order of the scenario. */
export function cohortSummaries(cohorts: Table): readonly CohortSummary[] {
  const at = (name: string) => columnIndex(cohorts, name);
  const number = (cell: unknown) => (typeof cell === 'number' ? cell : Number.NaN);
  return Array.from(cohorts.rows(), (row) => ({
    cohort: String(row[at('cohort')]),
    strategy: String(row[at('strategy')]),
    isAttacker: row[at('isAttacker')] === true,
    nodes: number(row[at('nodesJoined')]),
    ejected: number(row[at('nodesEjected')]),
    workFraction: number(row[at('workFraction')]),
    incomeUsd: number(row[at('incomeUsd')]),
    stolenUsd: number(row[at('stolenUsd')]),
    slashedUsd: number(row[at('slashedUsd')]),
    profitUsd: number(row[at('profitUsd')]),
  }));
}
