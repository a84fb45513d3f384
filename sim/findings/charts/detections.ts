import type { DetectionsOfCohort } from '../../../reports/charts/index.js';
import type { Cast } from '../../../reports/drawing/cast.js';
import { kaplanMeierCurve, kaplanMeierMedian, type TimeToEvent } from '../../kernels/kaplan-meier.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';

/** The Kaplan–Meier estimates of the table of detection, for each of the cast that has cheats, in its order. */
export function cohortDetections(detection: Table, { cohorts, nameOf }: Cast): readonly DetectionsOfCohort[] {
  const byCohort = new Map<string, TimeToEvent[]>(cohorts.map((cohort) => [cohort, []]));
  for (const row of records(detection, ['cohort', 'unpunishedDays', 'isPunished'])) {
    const durations = byCohort.get(nameOf.get(textOf(row.cohort)) ?? '');
    durations?.push({ time: numberOf(row.unpunishedDays), isObserved: row.isPunished === true });
  }
  return [...byCohort].flatMap(([cohort, durations]): DetectionsOfCohort[] => {
    if (durations.length === 0) return [];
    return [
      {
        cohort,
        cheats: durations.length,
        punished: durations.filter(({ isObserved }) => isObserved).length,
        medianDays: kaplanMeierMedian(durations),
        watchedDays: durations.reduce((longest, { time }) => Math.max(longest, time), 0),
        steps: kaplanMeierCurve(durations).map(({ time, surviving }) => ({ days: time, fraction: 1 - surviving })),
      },
    ];
  });
}
