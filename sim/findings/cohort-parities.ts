import type { NewcomersOfCohort } from '../../reports/charts/index.js';
import { kaplanMeierCurve, kaplanMeierMedian, type TimeToEvent } from '../kernels/kaplan-meier.js';
import { columnIndex, type Table } from '../record/tables/table.js';

/** The Kaplan–Meier estimates of the table of newcomers, for each cohort that has some, in the order given. */
export function cohortParities(newcomers: Table, cohorts: readonly string[]): readonly NewcomersOfCohort[] {
  const [cohortAt, watchedAt, parityAt] = ['cohort', 'watchedDays', 'isAtParity'].map((name) =>
    columnIndex(newcomers, name),
  ) as [number, number, number];
  const byCohort = new Map<string, TimeToEvent[]>(cohorts.map((cohort) => [cohort, []]));
  for (const row of newcomers.rows()) {
    byCohort.get(String(row[cohortAt]))?.push({ time: Number(row[watchedAt]), isObserved: row[parityAt] === true });
  }
  return [...byCohort].flatMap(([cohort, durations]): NewcomersOfCohort[] => {
    if (durations.length === 0) return [];
    return [
      {
        cohort,
        newcomers: durations.length,
        atParity: durations.filter(({ isObserved }) => isObserved).length,
        medianDays: kaplanMeierMedian(durations),
        watchedDays: durations.reduce((longest, { time }) => Math.max(longest, time), 0),
        steps: kaplanMeierCurve(durations).map(({ time, surviving }) => ({ days: time, fraction: 1 - surviving })),
      },
    ];
  });
}
