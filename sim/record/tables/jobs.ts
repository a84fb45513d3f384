import { JobOutcome } from '../../model/columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../model/columns/nodes.js';
import { microTokens } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import { KeptRows } from '../rows/kept-rows.js';
import { type ColumnOf, cellOf, namesIn, type Table } from './table.js';

/** A job that became final, while it and its attempts can still be read. */
export interface FinalJob {
  readonly world: World;
  readonly job: JobIndex;
  readonly outcome: JobOutcome;
  /** The last attempt for the client; NONE without any. */
  readonly lastWork: AttemptIndex;
  /** Whether a result that arrived was wrong. */
  readonly hasWrong: boolean;
}

/** A row a job, in the order in which they became final. */
export function jobsTable(jobs: KeptRows<FinalJob>): Table {
  return jobs.toTable('jobs', 'Every job that became final, in that order');
}

/** Takes the rows of `jobsTable`. */
export function keptJobs(): KeptRows<FinalJob> {
  return new KeptRows(columns);
}

const outcomeName = namesIn(JobOutcome);

const columns: readonly ColumnOf<FinalJob>[] = [
  {
    name: 'workload',
    unit: '',
    meaning: 'Workload',
    value: ({ world: { workloads, jobs }, job }) => workloads[jobs.workload[job]!]!.settings.name,
  },
  {
    name: 'ordinal',
    unit: '',
    meaning: 'Ordinal within the workload, from 0',
    value: ({ world: { jobs }, job }) => jobs.ordinal[job]!,
  },
  {
    name: 'jobClass',
    unit: '',
    meaning: 'Job class',
    value: ({ world: { classes, jobs }, job }) => classes[jobs.jobClass[job]!]!.name,
  },
  {
    name: 'region',
    unit: '',
    meaning: 'Region of the client',
    value: ({ world: { network, jobs }, job }) => network.regions[jobs.region[job]!]!,
  },
  {
    name: 'submittedSeconds',
    unit: 's',
    meaning: 'Time of submission',
    value: ({ world: { jobs }, job }) => jobs.submittedAt[job]!,
  },
  {
    name: 'workSeconds',
    unit: 's',
    meaning: 'Declared work on the reference card',
    value: ({ world: { jobs }, job }) => jobs.work[job]!,
  },
  {
    name: 'feeTokens',
    unit: 'tokens',
    meaning: 'Fee',
    value: ({ world: { jobs }, job }) => jobs.fee[job]! / microTokens,
  },
  {
    name: 'assignedSeconds',
    unit: 's',
    meaning: 'Time of the first assignment',
    value: ({ world: { jobs }, job }) => cellOf(jobs.assignedAt[job]!),
  },
  {
    name: 'deliveredSeconds',
    unit: 's',
    meaning: 'When the result was in: with replicas the last that agreed, if refused the last',
    value: ({ world: { jobs }, job }) => cellOf(jobs.deliveredAt[job]!),
  },
  {
    name: 'finalSeconds',
    unit: 's',
    meaning: 'Time of the settlement',
    value: ({ world: { simulation } }) => simulation.now,
  },
  {
    name: 'outcome',
    unit: '',
    meaning: 'completed, rejected, timedOut or unserved',
    value: ({ outcome }) => outcomeName(outcome),
  },
  {
    name: 'attempts',
    unit: 'attempts',
    meaning: 'Attempts made, recomputations included',
    value: ({ world: { jobs }, job }) => jobs.attemptsMade[job]!,
  },
  {
    name: 'node',
    unit: '',
    meaning: 'Row of the last node that worked on it for the client',
    value: ({ world: { attempts }, lastWork }) => (lastWork === NONE ? null : attempts.node[lastWork]!),
  },
  {
    name: 'priceTokens',
    unit: 'tokens',
    meaning: 'Part of the fee that was due, if the job was accepted',
    value: ({ world: { jobs }, job, lastWork }) => (lastWork === NONE ? null : jobs.price[job]! / microTokens),
  },
  {
    name: 'isWrong',
    unit: '',
    meaning: 'Whether a result that arrived was wrong; empty without a result',
    value: ({ world: { jobs }, job, hasWrong }) => (Number.isNaN(jobs.deliveredAt[job]!) ? null : hasWrong),
  },
];
