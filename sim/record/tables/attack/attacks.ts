import type { World } from '../../../model/world/world.js';
import { shareOfWork } from '../../metrics/attack.js';
import { type FinishedRun, type Group, isCounted, type Metric, ofSome, sideOf } from '../../metrics/metric.js';
import { type ColumnOf, cellOf, type Table, tableOf } from '../table.js';

/** What takes part in it: the cohorts that name it, or the one that names none and means harm. */
interface Attack {
  readonly name: string;
  readonly cohorts: readonly string[];
  readonly who: Group;
}

/** A row an attack, in the order of its first cohorts: each figure of attackers, of its members alone. */
export function attacksTable(run: FinishedRun, metrics: readonly Metric[]): Table {
  const columns = [...fixedColumns(run), ...metrics.filter(isOfMembers).map((metric) => columnOf(metric, run))];
  return tableOf(
    'attacks',
    'What each attack came to, whatever cohorts take part in it',
    columns,
    attacksOf(run.world),
  );
}

function attacksOf({ cohorts }: World): readonly Attack[] {
  const members = cohorts.filter(({ isAttacker }) => isAttacker);
  return [...new Set(members.map(({ attack }) => attack))].map((attack) => {
    const own = members.filter((cohort) => cohort.attack === attack);
    const who: Group = (cohort) => cohorts[cohort]!.attack === attack;
    return { name: own[0]!.attackName, cohorts: own.map(({ name }) => name), who };
  });
}

/** Whether it is about attackers and can be told of some of them; what goes by the time of all of them can't. */
function isOfMembers(metric: Metric): boolean {
  return sideOf(metric) === 'attackers' && metric.about !== undefined && !(isCounted(metric) && metric.isSinceEntry);
}

function fixedColumns(run: FinishedRun): readonly ColumnOf<Attack>[] {
  return [
    {
      name: 'attack',
      unit: '',
      window: 'fixed',
      meaning: 'Its name, or that of its one cohort',
      value: (its) => its.name,
    },
    {
      name: 'cohorts',
      unit: '',
      window: 'fixed',
      meaning: 'Cohorts that take part in it, in the order of the scenario',
      value: ({ cohorts }) => cohorts.join(' + '),
    },
    {
      name: 'workFraction',
      unit: 'fraction',
      window: 'after the warm-up',
      meaning: 'Share of the accepted work after the warm-up that its members did; empty where nobody did any',
      value: ({ who }) => cellOf(shareOfWork(run.recorder.counts, who)),
    },
  ];
}

function columnOf(metric: Metric, run: FinishedRun): ColumnOf<Attack> {
  const { name, unit, window, meaning } = metric;
  return { name, unit, window, meaning, value: ({ who }) => cellOf(ofSome(metric, run, who)) };
}
