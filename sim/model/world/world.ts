import type { Simulation } from '../../engine/simulation.js';
import type { Attempts } from '../columns/attempts.js';
import type { HardwareClass } from '../columns/hardware.js';
import type { Deadline, JobClass } from '../columns/job-class.js';
import type { Jobs } from '../columns/jobs.js';
import type { Machines } from '../columns/machines.js';
import type { Network } from '../columns/network.js';
import type { JobIndex, Nodes } from '../columns/nodes.js';
import type { Operators, Ownership } from '../columns/operators.js';
import type { RowSet } from '../columns/row-set.js';
import type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  VerificationScheme,
} from '../contract/roles.js';
import type { Openings } from '../matching/openings.js';
import type { WaitingJobs } from '../matching/waiting-jobs.js';
import type { Ledger, SlashDestination } from '../money/ledger.js';
import type { CommonCause } from '../outside/common-cause.js';
import type { Workload } from '../outside/workload.js';
import type { Truth } from '../truth/truth.js';
import type { Cohort } from './cohort.js';
import type { Journal } from './journal.js';

/** Rules of the protocol that the handlers themselves apply. */
export interface Rules {
  /** [s] */
  readonly epochSeconds: number;
  /** Attempts that may be queued at a node beyond its slots; Infinity for no limit. */
  readonly queueLimit: number;
  /** Most attempts of kind work a job gets when attempts fail. */
  readonly attemptsMost: number;
  /** An attempt not acknowledged within this time is given up [s]; Infinity never. */
  readonly acknowledgeWithinSeconds: number;
  /** Interval of availability check-ins [s]; Infinity for none. */
  readonly checkInSeconds: number;
  /** Stake below which a node isn't active [micro-tokens]. */
  readonly minimumStake: number;
  /** [micro-tokens] for each identity */
  readonly identityFee: number;
  readonly slashDestination: SlashDestination;
  /** Scores become public at multiples of this interval [s]; 0 at once. */
  readonly publishEverySeconds: number;
  readonly publishDelaySeconds: number;
  /** Seats among the reporters of the reputation oracle, and how many reports a publication needs. */
  readonly reporters: number;
  readonly reportThreshold: number;
  /** Class under which recomputations are assigned, an index; −1 for the job's own. */
  readonly recheckClass: number;
}

/** The mechanisms that the protocol plugged in. */
export interface Roles {
  readonly assignment: AssignmentPolicy;
  readonly verification: VerificationScheme;
  readonly reputation: ReputationModel;
  readonly slashing: SlashingRule;
  readonly rewards: RewardRule;
}

/** The parts of a world that exist before any mechanism does. */
export interface WorldColumns {
  readonly simulation: Simulation;
  readonly rules: Rules;
  readonly network: Network;
  readonly hardware: readonly HardwareClass[];
  readonly classes: readonly JobClass[];
  readonly workloads: readonly Workload[];
  readonly nodes: Nodes;
  readonly machines: Machines;
  readonly jobs: Jobs;
  readonly attempts: Attempts;
  readonly ownership: Ownership;
  readonly operators: Operators;
  readonly truth: Truth;
  readonly ledger: Ledger;
  readonly onlineNodes: RowSet;
  readonly presentNodes: RowSet;
  readonly waiting: WaitingJobs;
  readonly openings: Openings;
  /** First client's account; the operators' accounts come before. */
  readonly firstClientAccount: number;
  readonly journal: Journal;
}

/** Everything there is: the columns, the rules, who plays which role. */
export interface World extends WorldColumns {
  /** Outages that strike many machines together, and bugs of their clients. */
  readonly outages: readonly CommonCause[];
  readonly bugs: readonly CommonCause[];
  /** Plugged in once, while building: mechanisms and strategies look at the columns when they are made. */
  roles: Roles;
  cohorts: readonly Cohort[];
}

/** Deadline rule of the job's workload; null for none. */
export function deadlineOf(world: World, job: JobIndex): Deadline | null {
  return world.workloads[world.jobs.workload[job]!]!.settings.deadline;
}

/** A draw that belongs to the network's reaction to a job: keyed by the job's ordinal, never by its row. */
export function drawForJob(world: World, job: JobIndex, number: number, purpose: number): number {
  const { jobs, workloads } = world;
  return workloads[jobs.workload[job]!]!.endogenous.uniform(jobs.ordinal[job]!, number, purpose);
}
