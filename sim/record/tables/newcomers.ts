import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { Recorder } from '../recorder.js';
import { type Table, tableOf } from './table.js';

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
