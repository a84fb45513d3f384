import { JobOutcome } from '../../../model/columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../../../model/columns/nodes.js';
import { PolicyCause, type Unserved, UnservedReason } from '../../../model/columns/unserved-reason.js';
import { microTokens } from '../../../model/contract/units.js';
import type { World } from '../../../model/world/world.js';
import { KeptRows } from '../../rows/kept-rows.js';
import { type ColumnOf, cellOf, namesIn, type Table } from '../table.js';

/** What is kept of a job. */
export interface JobRow {
  readonly workload: string;
  readonly ordinal: number;
  readonly jobClass: string;
  /** Published score that it asks for; −Infinity for none. */
  readonly minimumScore: number;
  readonly tier: number;
  /** Of the client. */
  readonly region: string;
  /** [s] */
  readonly submittedAt: number;
  /** [s on the reference card] */
  readonly work: number;
  /** [micro-tokens] */
  readonly fee: number;
  /** First assigned [s], delivered [s], settled [s]; NaN where it wasn't. */
  readonly assignedAt: number;
  readonly deliveredAt: number;
  readonly finalAt: number;
  readonly outcome: JobOutcome;
  /** Why nobody served it; NONE unless it ended unserved. */
  readonly why: Unserved | null;
  readonly attempts: number;
  /** Of the last attempt for the client; NONE without any. */
  readonly node: NodeIndex;
  /** Due if it is accepted [micro-tokens]; NaN without an attempt. */
  readonly price: number;
  /** Whether a result that arrived was wrong; null without a result. */
  readonly isWrong: boolean | null;
  /** Of a job with numeric answers: what the client was given, and what would have been right; NaN else. */
  readonly answer: number;
  readonly trueAnswer: number;
}

/** What the columns don't tell of a job. */
interface Found {
  /** The last attempt for the client; NONE without any. */
  readonly lastWork: AttemptIndex;
  readonly why: Unserved | null;
  readonly hasWrong: boolean;
  /** The numeric answer that the client was given; NaN without one. */
  readonly answer: number;
}

/** The row of a job that is becoming final, or is open at the end, while it and its attempts can still be read. */
export function submittedJob(world: World, job: JobIndex, { lastWork, why, hasWrong, answer }: Found): JobRow {
  const { attempts, jobKeys, jobs, simulation, truth } = world;
  const outcome = jobs.outcome[job]! as JobOutcome;
  const deliveredAt = jobs.deliveredAt[job]!;
  return {
    ...identityOf(world, jobs.workload[job]!, jobKeys.ordinal(job), jobs.region[job]!),
    submittedAt: jobs.submittedAt[job]!,
    work: jobs.work[job]!,
    fee: jobs.fee[job]!,
    assignedAt: jobs.assignedAt[job]!,
    deliveredAt,
    finalAt: outcome === JobOutcome.open ? Number.NaN : simulation.now,
    outcome,
    why,
    attempts: jobs.attemptsMade[job]!,
    node: lastWork === NONE ? NONE : attempts.node[lastWork]!,
    price: lastWork === NONE ? Number.NaN : jobs.price[job]!,
    isWrong: Number.isNaN(deliveredAt) ? null : hasWrong,
    answer,
    trueAnswer: truth.isNumeric(job) ? truth.value(job) : Number.NaN,
  };
}

/** The row of a job that is refused now, as its client can't pay. */
export function refusedJob(world: World, workload: number, ordinal: number): JobRow {
  const { simulation, workloads } = world;
  const own = workloads[workload]!;
  return {
    ...identityOf(world, workload, ordinal, own.region(ordinal)),
    submittedAt: simulation.now,
    work: own.work(ordinal),
    fee: own.amounts.fee(ordinal),
    assignedAt: Number.NaN,
    deliveredAt: Number.NaN,
    finalAt: simulation.now,
    outcome: JobOutcome.unfunded,
    why: null,
    attempts: 0,
    node: NONE,
    price: Number.NaN,
    isWrong: null,
    answer: Number.NaN,
    trueAnswer: Number.NaN,
  };
}

function identityOf({ classes, lanes, network, workloads }: World, workload: number, ordinal: number, region: number) {
  const { jobClass, minimumScore, tier } = lanes[workloads[workload]!.lane(ordinal)]!;
  return {
    workload: workloads[workload]!.settings.name,
    ordinal,
    jobClass: classes[jobClass]!.name,
    minimumScore,
    tier,
    region: network.regions[region]!,
  };
}

/** A row a job. */
export function jobsTable(jobs: KeptRows<JobRow>): Table {
  const meaning =
    'Every job submitted: those that became final, refused ones among them, in that order; then those open at the ' +
    'end of the run, in the order of submission';
  return jobs.toTable('jobs', meaning);
}

/** Takes the rows of `jobsTable`. */
export function keptJobs(): KeptRows<JobRow> {
  return new KeptRows(columns);
}

const outcomeName = namesIn(JobOutcome);
const reasonName = namesIn(UnservedReason);
const causeName = namesIn(PolicyCause);

const columns: readonly ColumnOf<JobRow>[] = [
  { name: 'workload', unit: '', window: 'own', meaning: 'Workload', value: ({ workload }) => workload },
  {
    name: 'ordinal',
    unit: '',
    window: 'own',
    meaning: 'Ordinal within the workload, from 0',
    value: ({ ordinal }) => ordinal,
  },
  { name: 'jobClass', unit: '', window: 'own', meaning: 'Job class', value: ({ jobClass }) => jobClass },
  {
    name: 'minimumScore',
    unit: 'score',
    window: 'own',
    meaning: 'Published score that it asks for; empty for none',
    value: ({ minimumScore }) => (minimumScore === Number.NEGATIVE_INFINITY ? null : minimumScore),
  },
  {
    name: 'tier',
    unit: '',
    window: 'own',
    meaning: 'Tier, 0 for one that any node may have',
    value: ({ tier }) => tier,
  },
  { name: 'region', unit: '', window: 'own', meaning: 'Region of the client', value: ({ region }) => region },
  {
    name: 'submittedSeconds',
    unit: 's',
    window: 'own',
    meaning: 'Time of submission',
    value: ({ submittedAt }) => submittedAt,
  },
  {
    name: 'workSeconds',
    unit: 's',
    window: 'own',
    meaning: 'Declared work on the reference card',
    value: ({ work }) => work,
  },
  { name: 'feeTokens', unit: 'tokens', window: 'own', meaning: 'Fee', value: ({ fee }) => fee / microTokens },
  {
    name: 'assignedSeconds',
    unit: 's',
    window: 'own',
    meaning: 'Time of the first assignment',
    value: ({ assignedAt }) => cellOf(assignedAt),
  },
  {
    name: 'deliveredSeconds',
    unit: 's',
    window: 'own',
    meaning: 'When the result was in: with replicas the last that agreed, if refused the last',
    value: ({ deliveredAt }) => cellOf(deliveredAt),
  },
  {
    name: 'finalSeconds',
    unit: 's',
    window: 'own',
    meaning: 'Time of the settlement, or of the refusal; empty for an open job',
    value: ({ finalAt }) => cellOf(finalAt),
  },
  {
    name: 'outcome',
    unit: '',
    window: 'own',
    meaning:
      'completed, rejected, timedOut, unserved, unfunded (refused, as the client couldn’t pay), or open: not final ' +
      'when the run ended',
    value: ({ outcome }) => outcomeName(outcome),
  },
  {
    name: 'unservedReason',
    unit: '',
    window: 'own',
    meaning: 'Why nobody served it, as in unserved.csv; empty unless it ended unserved',
    value: ({ why }) => (why === null ? null : reasonName(why.reason)),
  },
  {
    name: 'unservedCause',
    unit: '',
    window: 'own',
    meaning: 'What the assignment policy went by, as in unserved.csv; empty unless noWeight is the reason',
    value: ({ why }) => (why === null || why.cause === NONE ? null : causeName(why.cause)),
  },
  {
    name: 'attempts',
    unit: 'attempts',
    window: 'own',
    meaning: 'Attempts made, recomputations included',
    value: ({ attempts }) => attempts,
  },
  {
    name: 'node',
    unit: '',
    window: 'own',
    meaning: 'Row of the last node that worked on it for the client',
    value: ({ node }) => (node === NONE ? null : node),
  },
  {
    name: 'priceTokens',
    unit: 'tokens',
    window: 'own',
    meaning: 'Part of the fee that was due, if the job was accepted',
    value: ({ price }) => cellOf(price / microTokens),
  },
  {
    name: 'isWrong',
    unit: '',
    window: 'own',
    meaning: 'Whether a result that arrived was wrong; empty without a result, and for an open job',
    value: ({ isWrong }) => isWrong,
  },
  {
    name: 'answer',
    unit: '',
    window: 'own',
    meaning: 'What the client was given, of a completed job with numeric answers: the consensus, or an accepted answer',
    value: ({ answer }) => cellOf(answer),
  },
  {
    name: 'trueAnswer',
    unit: '',
    window: 'own',
    meaning: 'What would have been right, of a job with numeric answers',
    value: ({ trueAnswer }) => cellOf(trueAnswer),
  },
];
