import type { NewcomersOfCohort } from '../../reports/charts/index.js';
import type { Cast } from '../../reports/drawing/cast.js';
import { kaplanMeierCurve, kaplanMeierMedian, type TimeToEvent } from '../kernels/kaplan-meier.js';
import { numberOf, records, type Table, textOf } from '../record/tables/table.js';

/** The Kaplan–Meier estimates of the table of newcomers, for each of the cast that has some, in its order. */
export function cohortParities(newcomers: Table, { cohorts, nameOf }: Cast): readonly NewcomersOfCohort[] {
  const byCohort = new Map<string, TimeToEvent[]>(cohorts.map((cohort) => [cohort, []]));
  for (const { cohort, watchedDays, isAtParity } of records(newcomers, ['cohort', 'watchedDays', 'isAtParity'])) {
    byCohort
      .get(nameOf.get(textOf(cohort)) ?? '')
      ?.push({ time: numberOf(watchedDays), isObserved: isAtParity === true });
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
