import { UnservedReason, unservedReasonCount } from '../../model/columns/unserved-reason.js';
import type { World } from '../../model/world/world.js';
import type { Tally } from '../tally.js';
import { type ColumnOf, cellOf, namesIn, type Table, tableOf } from './table.js';

/** Jobs of a class that ended unserved, or wait at the end, for one reason. */
interface Unserved {
  readonly jobClass: string;
  readonly reason: UnservedReason;
  readonly jobs: number;
  /** Of all unserved jobs. */
  readonly jobsFraction: number;
  readonly openJobs: number;
}

const reasonName = namesIn(UnservedReason);

const columns: readonly ColumnOf<Unserved>[] = [
  { name: 'jobClass', unit: '', window: 'fixed', meaning: 'Job class', value: ({ jobClass }) => jobClass },
  {
    name: 'reason',
    unit: '',
    window: 'own',
    meaning:
      'What kept all nodes from it when it, or the run, ended; each is about those that passed the ones before: ' +
      'noHardware (no machine has what the class needs), noneOnline, lowStake (below the minimum), jailed, noBond ' +
      '(operators can’t lock it), tried (by them already, or by others of their operators), tooSlow (for its ' +
      'deadline, had they begun when it was submitted), noWeight (free, but with a score or stake of 0), busy (no ' +
      'free slot, nor room in a queue), tooLate (free at last, with too little time left)',
    value: ({ reason }) => reasonName(reason),
  },
  {
    name: 'jobs',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Unserved jobs since the end of the warm-up',
    value: ({ jobs }) => jobs,
  },
  {
    name: 'jobsFraction',
    unit: 'fraction',
    window: 'after the warm-up',
    meaning: 'Their share of all unserved jobs',
    value: ({ jobsFraction }) => cellOf(jobsFraction),
  },
  {
    name: 'openJobs',
    unit: 'jobs',
    window: 'at the end',
    meaning: 'Jobs that wait for a first node at the end',
    value: ({ openJobs }) => openJobs,
  },
];

/** A row for each reason for which jobs of a class got no node: classes, then reasons in the order asked. */
export function unservedTable({ classes }: World, { unserved, unservedBy, waitingBy }: Tally): Table {
  const rows = Array.from(unservedBy, (jobs, row): Unserved => {
    const jobClass = classes[Math.floor(row / unservedReasonCount)]!.name;
    const reason = (row % unservedReasonCount) as UnservedReason;
    return { jobClass, reason, jobs, jobsFraction: jobs / unserved, openJobs: waitingBy[row]! };
  });
  return tableOf(
    'unserved',
    'Why jobs got no node, by class and reason, since the end of the warm-up, and why they still wait',
    columns,
    rows.filter(({ jobs, openJobs }) => jobs > 0 || openJobs > 0),
  );
}
