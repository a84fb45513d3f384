import type { ChartInput } from '../drawing/chart.js';

/** A node that was in the network: its final score, the work it did, and how long it was there. */
export interface FinalNode {
  readonly score: number;
  /** Accepted work on the reference card [h]. */
  readonly workHours: number;
  /** From joining to leaving, ejection or the end of the run. */
  readonly days: number;
}

/** The final nodes of each cohort, in the order of cohorts; those that never joined or have no score are left out. */
export function finalNodes({ nodes, cohorts, horizonDays }: ChartInput): FinalNode[][] {
  const at = (name: string) => {
    const index = nodes.columns.findIndex((column) => column.name === name);
    if (index < 0) throw new Error(`table ${nodes.name}: expected a column '${name}', found none`);
    return index;
  };
  const [cohortAt, scoreAt, workAt] = [at('cohort'), at('score'), at('workReferenceHours')];
  const [joinedAt, leftAt] = [at('joinedDays'), at('leftDays')];
  const byCohort = new Map<string, FinalNode[]>(cohorts.map((cohort) => [cohort, []]));
  for (const row of nodes.rows()) {
    const [score, joined, left] = [row[scoreAt], row[joinedAt], row[leftAt]];
    if (typeof score !== 'number' || typeof joined !== 'number') continue;
    const days = (typeof left === 'number' ? left : horizonDays) - joined;
    byCohort.get(String(row[cohortAt]))?.push({ score, workHours: Number(row[workAt]), days });
  }
  return [...byCohort.values()];
}
