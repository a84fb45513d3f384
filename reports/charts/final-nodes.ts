import type { ChartInput } from './chart.js';

/** A node that was in the network: its final score and the work it did. */
export interface FinalNode {
  readonly score: number;
  /** Accepted work on the reference card for each day since it joined [h]. */
  readonly hoursPerDay: number;
}

/** The final nodes of each cohort, in the order of cohorts; those that never joined or have no score are left out. */
export function finalNodes({ nodes, cohorts, horizonDays }: ChartInput): FinalNode[][] {
  const at = (name: string) => {
    const index = nodes.columns.findIndex((column) => column.name === name);
    if (index < 0) throw new Error(`table ${nodes.name}: expected a column '${name}', found none`);
    return index;
  };
  const [cohortAt, scoreAt, joinedAt, workAt] = [at('cohort'), at('score'), at('joinedDays'), at('workReferenceHours')];
  const byCohort = new Map<string, FinalNode[]>(cohorts.map((cohort) => [cohort, []]));
  for (const row of nodes.rows()) {
    const [score, joined] = [row[scoreAt], row[joinedAt]];
    if (typeof score !== 'number' || typeof joined !== 'number') continue;
    const days = horizonDays - joined;
    byCohort.get(String(row[cohortAt]))?.push({ score, hoursPerDay: days > 0 ? Number(row[workAt]) / days : 0 });
  }
  return [...byCohort.values()];
}

/** Type-7 quantile of values in ascending order. */
export function quantileOf(sorted: readonly number[], probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (sorted[Math.min(below + 1, sorted.length - 1)]! - low) * (place - below);
}
