import type { World } from '../model/world.js';
import { kaplanMeierCurve, kaplanMeierMedian, type TimeToEvent } from './kaplan-meier.js';
import type { Recorder } from './recorder.js';
import { columnIndex, type Table, tableOf } from './table.js';

const secondsPerDay = 86_400;

/** A row for each newcomer watched for a week, in the order of nodes: how long it took to earn like the others. */
export function newcomersTable(world: World, recorder: Recorder): Table {
  const { nodes, ownership, cohorts } = world;
  return tableOf(
    'newcomers',
    'Every honest newcomer since the warm-up that was watched for a week, and when it earned like the others',
    [
      { name: 'node', unit: '', meaning: 'Row of the node' },
      { name: 'cohort', unit: '', meaning: 'Its cohort' },
      { name: 'joinedDays', unit: 'd', meaning: 'When it joined' },
      {
        name: 'watchedDays',
        unit: 'd',
        meaning:
          'From joining to the first day from which on, for seven days, it earned at least 90 % of its hardware ' +
          'class’s median; if it wasn’t seen to, to the start of the last seven days in which it was looked at',
      },
      { name: 'isAtParity', unit: '', meaning: 'Whether it was seen to earn so' },
    ],
    recorder.parity.durations(world).map(({ node, time, isObserved }) => {
      const cohort = cohorts[ownership.cohort[node]!]!.name;
      return [node, cohort, nodes.joinedAt[node]! / secondsPerDay, time / secondsPerDay, isObserved];
    }),
  );
}

/** How soon the newcomers of a cohort came to earn like the others. */
export interface CohortParity {
  readonly cohort: string;
  /** Those that were watched for a week, and those of them that were seen to earn like the others. */
  readonly newcomers: number;
  readonly atParity: number;
  /** Time by which half earn so; NaN if fewer do [d]. */
  readonly medianDays: number;
  /** The longest that one was watched [d]. */
  readonly watchedDays: number;
  /** From each time since joining on [d], the estimated share of those that earn so; 0 before the first. */
  readonly steps: readonly { readonly days: number; readonly fraction: number }[];
}

/** The Kaplan–Meier estimates of the table of newcomers, for each cohort that has some, in the order given. */
export function cohortParities(newcomers: Table, cohorts: readonly string[]): readonly CohortParity[] {
  const [cohortAt, watchedAt, parityAt] = ['cohort', 'watchedDays', 'isAtParity'].map((name) =>
    columnIndex(newcomers, name),
  ) as [number, number, number];
  const byCohort = new Map<string, TimeToEvent[]>(cohorts.map((cohort) => [cohort, []]));
  for (const row of newcomers.rows()) {
    byCohort.get(String(row[cohortAt]))?.push({ time: Number(row[watchedAt]), isObserved: row[parityAt] === true });
  }
  return [...byCohort].flatMap(([cohort, durations]): CohortParity[] => {
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
