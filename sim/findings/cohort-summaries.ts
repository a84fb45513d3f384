import { type Cell, numberOf, records, type Table, textOf } from '../record/tables/table.js';

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

/** The columns of `cohorts` that a summary is read from. */
export const summaryColumns = [
  'cohort',
  'strategy',
  'isAttacker',
  'nodesJoined',
  'nodesEjected',
  'workFraction',
  'incomeUsd',
  'stolenUsd',
  'slashedUsd',
  'profitUsd',
] as const;

/** Who the cohorts are and how they fared, in the order of the scenario. */
export function cohortSummaries(cohorts: Table): readonly CohortSummary[] {
  return Array.from(records(cohorts, summaryColumns), summaryOf);
}

export function summaryOf(cohort: Readonly<Record<(typeof summaryColumns)[number], Cell>>): CohortSummary {
  return {
    cohort: textOf(cohort.cohort),
    strategy: textOf(cohort.strategy),
    isAttacker: cohort.isAttacker === true,
    nodes: numberOf(cohort.nodesJoined),
    ejected: numberOf(cohort.nodesEjected),
    workFraction: numberOf(cohort.workFraction),
    incomeUsd: numberOf(cohort.incomeUsd),
    stolenUsd: numberOf(cohort.stolenUsd),
    slashedUsd: numberOf(cohort.slashedUsd),
    profitUsd: numberOf(cohort.profitUsd),
  };
}
