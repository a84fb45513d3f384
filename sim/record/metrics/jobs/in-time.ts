import type { Metric } from '../metric.js';

const ratio = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);

/** Whether what was promised came in time: to clients, and of each attempt. */
export const inTimeMetrics: readonly Metric[] = [
  {
    name: 'onTimeFraction',
    label: 'share of jobs with a deadline that were served on time',
    formula: 'completed by the deadline ÷ final jobs with a deadline',
    leavesOutOpen: true,
    unit: 'fraction',
    better: 'higher',
    window: 'after the warm-up',
    meaning:
      'Of final jobs with a deadline, those completed whose result came by the deadline of the reference card, as is ' +
      'promised while nobody has the job: that of a slower node lies later; jobs open at the end are left out',
    of: ({ tally }) => ratio(tally.onTime, tally.withDeadline),
  },
  {
    name: 'attemptsInTimeFraction',
    label: 'share of attempts that brought a result in time',
    formula: 'attempts whose result came in time ÷ attempts settled',
    leavesOutOpen: true,
    unit: 'fraction',
    better: 'higher',
    window: 'after the warm-up',
    meaning:
      'Of attempts at clients’ jobs that were settled, recomputations left out, those whose result came by their ' +
      'own deadline: the service level that nodes kept',
    of: ({ tally }) => ratio(tally.returned, tally.attempts),
  },
];
