import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import { type ColumnOf, type Rows, type Table, tableOf } from './table.js';

/** What is kept of a dispute when it is decided: when [s], about which job, who argued, and what came of it. */
export const disputeParts = [
  'timeSeconds',
  'workload',
  'ordinal',
  'worker',
  'challenger',
  'challengers',
  'rounds',
  'isUpheld',
  'isWrong',
] as const;
type Dispute = Readonly<Record<(typeof disputeParts)[number], number>>;

export function disputesTable(world: World, disputes: Rows<Dispute>): Table {
  return tableOf(
    'disputes',
    'Every dispute about an accepted result, in the order of decisions',
    columns(world),
    disputes,
  );
}

function columns({ workloads }: World): readonly ColumnOf<Dispute>[] {
  return [
    {
      name: 'timeDays',
      unit: 'd',
      window: 'own',
      meaning: 'When it was decided',
      value: ({ timeSeconds }) => timeSeconds / secondsPerDay,
    },
    {
      name: 'workload',
      unit: '',
      window: 'fixed',
      meaning: 'Workload of the job',
      value: ({ workload }) => workloads[workload]!.settings.name,
    },
    {
      name: 'ordinal',
      unit: '',
      window: 'fixed',
      meaning: 'Ordinal of the job within the workload',
      value: ({ ordinal }) => ordinal,
    },
    { name: 'worker', unit: '', window: 'own', meaning: 'Row of the worker', value: ({ worker }) => worker },
    {
      name: 'challenger',
      unit: '',
      window: 'own',
      meaning: 'Row of the node that challenged first',
      value: ({ challenger }) => challenger,
    },
    {
      name: 'challengers',
      unit: '',
      window: 'own',
      meaning: 'How many challenged the result',
      value: ({ challengers }) => challengers,
    },
    { name: 'rounds', unit: '', window: 'own', meaning: 'Rounds that it took', value: ({ rounds }) => rounds },
    {
      name: 'upheld',
      unit: '',
      window: 'own',
      meaning: 'Whether the result was refuted',
      value: ({ isUpheld }) => isUpheld === 1,
    },
    {
      name: 'wrong',
      unit: '',
      window: 'own',
      meaning: 'Whether a result was really wrong, which the protocol doesn’t know',
      value: ({ isWrong }) => isWrong === 1,
    },
  ];
}
