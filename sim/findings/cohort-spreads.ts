import type { Cast } from '../../reports/drawing/cast.js';
import { told } from '../../reports/drawing/words.js';
import type { Table } from '../record/tables/table.js';
import { type CohortAccount, castSummaries, cohortAccounts } from './cohort-accounts.js';
import { eachReplication } from './replications.js';

/** A cohort of the cast in numbers as people read them: of several replications their 95 % intervals. */
export interface CohortTexts {
  readonly nodes: string;
  readonly ejected: string;
  readonly work: string;
  /** [USD]; empty for one replication, whose account has it. */
  readonly profitInterval: string;
}

/** The texts of each cohort of the cast, in its order. */
export function cohortTexts(cohorts: Table, cast: Cast): readonly CohortTexts[] {
  const parts = eachReplication(cohorts).map((part) => castSummaries(cohortAccounts(part), cast));
  return (parts[0] ?? []).map((_, place): CohortTexts => {
    const of = (figure: (account: CohortAccount) => number, unit: string) => {
      const values = parts.map((part) => figure(part[place]!));
      return told(
        values.map((value) => (Number.isNaN(value) ? null : value)),
        unit,
      );
    };
    return {
      nodes: of(({ nodes }) => nodes, ''),
      ejected: of(({ ejected }) => ejected, ''),
      work: of(({ workFraction }) => workFraction, 'fraction'),
      profitInterval: parts.length > 1 ? of(({ profitUsd }) => profitUsd, '1') : '',
    };
  });
}
