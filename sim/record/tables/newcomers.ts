import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { NewcomerDuration } from '../newcomer-parity.js';
import type { Recorder } from '../recorder.js';
import { type ColumnOf, type Table, tableOf } from './table.js';

/** A row for each newcomer watched for a week, in the order of nodes: how long it took to earn like the others. */
export function newcomersTable(world: World, recorder: Recorder): Table {
  return tableOf(
    'newcomers',
    'Every honest newcomer since the warm-up that was watched for a week, and when it earned like the others',
    newcomerColumns(world),
    recorder.parity.durations(world),
  );
}

function newcomerColumns({ nodes, ownership, cohorts }: World): readonly ColumnOf<NewcomerDuration>[] {
  return [
    { name: 'node', unit: '', window: 'fixed', meaning: 'Row of the node', value: ({ node }) => node },
    {
      name: 'cohort',
      unit: '',
      window: 'fixed',
      meaning: 'Its cohort',
      value: ({ node }) => cohorts[ownership.cohort[node]!]!.name,
    },
    {
      name: 'joinedDays',
      unit: 'd',
      window: 'own',
      meaning: 'When it joined',
      value: ({ node }) => nodes.joinedAt[node]! / secondsPerDay,
    },
    {
      name: 'watchedDays',
      unit: 'd',
      window: 'since joining',
      meaning:
        'From joining to the first day from which on, for seven days, it earned at least 90 % of its hardware ' +
        'class’s median; if it wasn’t seen to, to the start of the last seven days in which it was looked at',
      value: ({ time }) => time / secondsPerDay,
    },
    {
      name: 'isAtParity',
      unit: '',
      window: 'since joining',
      meaning: 'Whether it was seen to earn so',
      value: ({ isObserved }) => isObserved,
    },
  ];
}
