import { secondsPerDay } from '../../../model/contract/units.js';
import type { World } from '../../../model/world/world.js';
import type { Recorder } from '../../recorder.js';
import type { Wrongdoer } from '../../rows/detection.js';
import { type ColumnOf, cellOf, type Table, tableOf } from '../table.js';

/** A row for each attacker's identity that lied, in the order of nodes; none without attackers. */
export function detectionTable(world: World, { detection }: Recorder): Table {
  return tableOf(
    'detection',
    'Every attacker’s identity that returned a wrong result on purpose, and how long it got away with it',
    detectionColumns(world),
    detection?.wrongdoers(world) ?? [],
  );
}

function detectionColumns({ ownership, cohorts }: World): readonly ColumnOf<Wrongdoer>[] {
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
      name: 'firstWrongDays',
      unit: 'd',
      window: 'own',
      meaning: 'When it returned its first wrong result on purpose at a client’s job',
      value: ({ wrongAt }) => wrongAt / secondsPerDay,
    },
    {
      name: 'isPunished',
      unit: '',
      window: 'own',
      meaning: 'Whether a penalty struck it since',
      value: ({ penalizedAt }) => !Number.isNaN(penalizedAt),
    },
    {
      name: 'unpunishedDays',
      unit: 'd',
      window: 'own',
      meaning: 'From then to the first penalty; if none came, to its leaving or the end of the run',
      value: ({ wrongAt, penalizedAt, seenUntil }) =>
        ((Number.isNaN(penalizedAt) ? seenUntil : penalizedAt) - wrongAt) / secondsPerDay,
    },
    {
      name: 'jobs',
      unit: 'jobs',
      window: 'own',
      meaning: 'Results that it returned meanwhile, the first wrong one and that of the penalty included',
      value: ({ jobs }) => jobs,
    },
    {
      name: 'wrongResults',
      unit: 'results',
      window: 'own',
      meaning: 'Wrong ones on purpose among them',
      value: ({ wrong }) => wrong,
    },
    {
      name: 'ejectedAfterDays',
      unit: 'd',
      window: 'own',
      meaning: 'From then to ejection; empty if it wasn’t ejected',
      value: ({ isEjected, seenUntil, wrongAt }) =>
        cellOf(isEjected ? (seenUntil - wrongAt) / secondsPerDay : Number.NaN),
    },
  ];
}
