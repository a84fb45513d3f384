import { CapacityState, capacityStateCount } from '../../model/columns/capacity-state.js';
import { NONE } from '../../model/columns/nodes.js';
import {
  PolicyCause,
  policyCauseCount,
  UnservedReason,
  unservedReasonCount,
} from '../../model/columns/unserved-reason.js';
import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { CapacityLog } from '../rows/capacity-log.js';
import type { Tally } from '../tally.js';
import type { KeptNodes } from '../timeline.js';
import { type ColumnOf, cellOf, namesIn, type Table, tableOf } from './table.js';

/** Jobs of a class that ended unserved, or wait at the end, for one reason. */
interface UnservedRow {
  readonly jobClass: string;
  readonly reason: UnservedReason;
  /** What the policy goes by, of `noWeight`. */
  readonly cause: PolicyCause | typeof NONE;
  readonly jobs: number;
  /** Of all unserved jobs. */
  readonly jobsFraction: number;
  readonly openJobs: number;
}

const reasonName = namesIn(UnservedReason);

const causeName = namesIn(PolicyCause);

const columns: readonly ColumnOf<UnservedRow>[] = [
  { name: 'jobClass', unit: '', window: 'fixed', meaning: 'Job class', value: ({ jobClass }) => jobClass },
  {
    name: 'reason',
    unit: '',
    window: 'own',
    meaning:
      'What kept all nodes from it when it, or the run, ended; each is about those that passed the ones before: ' +
      'noHardware (no machine has what the class needs), noneOnline, lowStake (below the minimum), ' +
      'noResourceToken (where the protocol asks for one), jailed (or suspended), lowScore (below the minimum that ' +
      'the job states), lowTier (not granted its tier), noBond ' +
      '(operators can’t lock it, or pay for an answer), tried (by them already, or by others of their ' +
      'operators), tooSlow (for its deadline, had they begun ' +
      'when it was submitted), noWeight (not given to them by the assignment policy, by the cause beside it), ' +
      'busy (no free slot, nor room in a queue; capacity.csv says of how many nodes), resting (a ' +
      'free slot, and a rest after the last assignment), tooLate (free at last, with too little time left)',
    value: ({ reason }) => reasonName(reason),
  },
  {
    name: 'cause',
    unit: '',
    window: 'own',
    meaning:
      'Where noWeight is the reason, what of most of the nodes the assignment policy goes by, a row each: score ' +
      '(too low, or without weight), stake (none), seat (not elected), risk (more than the score covers), fee (too ' +
      'high for who is on probation), latency (too long), quality (known to a policy that knows the truth), ' +
      'other (it can’t say)',
    value: ({ cause }) => (cause === NONE ? null : causeName(cause)),
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

/**
 * A row for each reason for which jobs of a class got no node, and for each cause of the policy's: classes, then
 * reasons in the order asked, then causes.
 */
export function unservedTable({ classes }: World, tally: Tally): Table {
  const { passedOverBy, passedOverWaitingBy, unserved, unservedBy, waitingBy } = tally;
  const rows = Array.from(unservedBy).flatMap((jobs, row): UnservedRow[] => {
    const index = Math.floor(row / unservedReasonCount);
    const jobClass = classes[index]!.name;
    const reason = (row % unservedReasonCount) as UnservedReason;
    if (reason !== UnservedReason.noWeight) {
      return [{ jobClass, reason, cause: NONE, jobs, jobsFraction: jobs / unserved, openJobs: waitingBy[row]! }];
    }
    return Array.from({ length: policyCauseCount }, (_, cause) => {
      const place = index * policyCauseCount + cause;
      const [ended, openJobs] = [passedOverBy[place]!, passedOverWaitingBy[place]!];
      return { jobClass, reason, cause: cause as PolicyCause, jobs: ended, jobsFraction: ended / unserved, openJobs };
    });
  });
  return tableOf(
    'unserved',
    'Why jobs got no node, by class and reason, since the end of the warm-up, and why they still wait',
    columns,
    rows.filter(({ jobs, openJobs }) => jobs > 0 || openJobs > 0),
  );
}

/** Nodes of a state when jobs of a class got no node for a reason. */
interface CapacityRow {
  readonly jobClass: string;
  readonly reason: number;
  readonly state: number;
  readonly jobs: number;
  readonly nodes: number;
  readonly slots: number;
  /** [s]; NaN for never. */
  readonly since: number;
}

const stateName = namesIn(CapacityState);

const capacityColumns: readonly ColumnOf<CapacityRow>[] = [
  { name: 'jobClass', unit: '', window: 'fixed', meaning: 'Job class', value: ({ jobClass }) => jobClass },
  {
    name: 'reason',
    unit: '',
    window: 'own',
    meaning: 'Why they got no node, as in unserved.csv',
    value: ({ reason }) => reasonName(reason),
  },
  {
    name: 'jobs',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Jobs that ended so after the warm-up, and those that wait for a first node at the end',
    value: ({ jobs }) => jobs,
  },
  {
    name: 'state',
    unit: '',
    window: 'own',
    meaning:
      'Of nodes in the network, the first that holds: noHardware (lacks what the class needs), lowStake (below the ' +
      'minimum), noResourceToken (where the protocol asks for one), jailed (or suspended), lowScore (below the ' +
      'minimum that the jobs state), lowTier (not granted ' +
      'their tier), noBond (the operator can’t lock their least bond), offline, able (could take such jobs, and is ' +
      'mostly busy or rests)',
    value: ({ state }) => stateName(state),
  },
  {
    name: 'nodesMean',
    unit: 'nodes',
    window: 'after the warm-up',
    meaning: 'Nodes of that state when these jobs ended, or the run, a mean over the jobs',
    value: ({ nodes }) => nodes,
  },
  {
    name: 'slotsMean',
    unit: 'slots',
    window: 'after the warm-up',
    meaning: 'The same of their slots',
    value: ({ slots }) => slots,
  },
  {
    name: 'sinceDays',
    unit: 'd',
    window: 'own',
    meaning:
      'The sample from which on half or more of all nodes were lowStake, jailed or noBond until the end; empty if ' +
      'they aren’t, and for other states',
    value: ({ since }) => cellOf(since / secondsPerDay),
  },
];

/** A row for each class, reason and state of which there were nodes: what kept how much of the capacity. */
export function capacityTable({ classes }: World, log: CapacityLog, since: KeptNodes['since']): Table {
  const sinceOf: Readonly<Record<number, number>> = {
    [CapacityState.lowStake]: since.lowStake,
    [CapacityState.jailed]: since.jailed,
    [CapacityState.noBond]: since.withoutBond,
  };
  const rows: CapacityRow[] = [];
  log.jobs.forEach((jobs, row) => {
    if (jobs === 0) return;
    const [jobClass, reason] = [classes[Math.floor(row / unservedReasonCount)]!.name, row % unservedReasonCount];
    for (let state = 0; state < capacityStateCount; state++) {
      const place = row * capacityStateCount + state;
      const nodes = log.nodes[place]! / jobs;
      const slots = log.slots[place]! / jobs;
      if (nodes > 0) rows.push({ jobClass, reason, state, jobs, nodes, slots, since: sinceOf[state] ?? Number.NaN });
    }
  });
  const meaning = 'What kept the nodes in the network from jobs that got none, at the moments when these ended';
  return tableOf('capacity', meaning, capacityColumns, rows);
}
