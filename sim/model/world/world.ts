import type { KeyedDraw } from '../../engine/random-stream.js';
import type { Simulation } from '../../engine/simulation.js';
import type { Attempts } from '../columns/attempts.js';
import type { HardwareClass } from '../columns/hardware.js';
import type { Deadline, JobClass } from '../columns/job-class.js';
import type { Jobs } from '../columns/jobs.js';
import type { Lane } from '../columns/lane.js';
import type { Limits } from '../columns/limits.js';
import type { Machines } from '../columns/machines.js';
import type { Network } from '../columns/network.js';
import type { JobIndex, Nodes } from '../columns/nodes.js';
import type { Operators, Ownership } from '../columns/operators.js';
import type { Panels } from '../columns/panels.js';
import type { GroupedRows } from '../columns/rows/grouped-rows.js';
import type { Measures } from '../columns/rows/measures.js';
import type { RowSet } from '../columns/rows/row-set.js';
import type { Rules, SlashDestination } from '../columns/rules.js';
import type { Watches } from '../columns/watches.js';
import type { Proposal } from '../contract/cohorts/ballots.js';
import type { EvidenceKind } from '../contract/evidence.js';
import type { EvidenceKinds } from '../contract/findings/evidence-kinds.js';
import type { Live } from '../contract/live.js';
import type { Roles } from '../contract/roles.js';
import type { Ledger } from '../money/ledger.js';
import type { MarketPrices } from '../money/market-prices.js';
import type { CommonCause } from '../outside/common-cause.js';
import type { PartitionPlan } from '../outside/regions/partitions.js';
import type { Workload } from '../outside/workload.js';
import type { JobKeys } from '../truth/job-keys.js';
import type { PanelSecrets } from '../truth/panel-secrets.js';
import type { AttemptSecrets } from '../truth/secrets.js';
import type { Truth } from '../truth/truth.js';
import type { Cohort } from './cohort.js';
import type { Journal } from './journal.js';
import type { Vote } from './vote.js';

/** The parts of a world that exist before any mechanism does. */
export interface WorldColumns {
  readonly simulation: Simulation;
  /** When the run ends [s]: what is done then has no effect any more. */
  readonly horizonSeconds: number;
  readonly rules: Live<Rules>;
  readonly network: Network;
  readonly hardware: readonly HardwareClass[];
  readonly classes: readonly JobClass[];
  readonly kinds: EvidenceKinds;
  readonly lanes: readonly Lane[];
  readonly workloads: readonly Workload[];
  readonly nodes: Nodes;
  readonly measures: Measures;
  readonly machines: Machines;
  readonly jobs: Jobs;
  readonly jobKeys: JobKeys;
  readonly attempts: Attempts;
  readonly panels: Panels;
  readonly watches: Watches;
  readonly ownership: Ownership;
  readonly operators: Operators;
  readonly limits: Limits;
  readonly truth: Truth;
  readonly secrets: AttemptSecrets;
  readonly panelSecrets: PanelSecrets;
  readonly ledger: Ledger;
  /** The currency in which bonds are locked: the same ledger unless the protocol has a currency of its own for them. */
  readonly bondLedger: Ledger;
  readonly onlineNodes: RowSet;
  /** The same by declared region. */
  readonly onlineByRegion: GroupedRows;
  readonly presentNodes: RowSet;
  /** By cohort: what belongs to its machines and nodes is drawn from it, by their ordinals. */
  readonly cohortDraws: readonly KeyedDraw[];
  /** By cohort: the account of those who delegate to its nodes; these come after the clients'. */
  readonly delegatorAccounts: readonly number[];
  /** By attack, which is by the first of its cohorts: the purse that its members share; these come last. */
  readonly purseAccounts: readonly number[];
  /** By workload: the account of its clients; the operators' accounts come before. */
  readonly clientAccounts: readonly number[];
  readonly prices: MarketPrices;
  readonly journal: Journal;
  /** Who sits in committees, and who of them errs. */
  readonly appealDraws: KeyedDraw;
}

/** A change of the protocol's settings in mid-run. */
export interface RulesChange {
  /** [s] */
  readonly at: number;
  /** What it depends on; null for one that comes in any case. */
  readonly vote: Vote | null;
  /** What the rules say of the risk of a lie without it and with it, as far as votes have been decided. */
  deterrents(): Pick<Proposal, 'before' | 'after'>;
  /** Puts the settings into force: at once, or for jobs submitted from now on. */
  enact(): void;
}

/** Everything there is: the columns, the rules, who plays which role. */
export interface World extends WorldColumns {
  /** Outages that strike many machines together, and bugs of their clients. */
  readonly outages: readonly CommonCause[];
  readonly bugs: readonly CommonCause[];
  /** What keeps regions apart. */
  readonly partitions: readonly PartitionPlan[];
  readonly roles: Roles;
  /** In the order of time. */
  readonly changes: readonly RulesChange[];
  readonly cohorts: readonly Cohort[];
}

/** The ledgers of the run, one a currency. */
export function ledgersOf({ ledger, bondLedger }: WorldColumns): readonly Ledger[] {
  return bondLedger === ledger ? [ledger] : [ledger, bondLedger];
}

/** Where tokens go that are slashed for this kind of finding. */
export function slashDestination({ kinds, rules }: WorldColumns, cause: EvidenceKind): SlashDestination {
  return rules.now.slashedTo.byFinding[kinds.nameOf(cause)] ?? rules.now.slashedTo;
}

/** Deadline rule of the job's workload; null for none. */
export function deadlineOf({ jobs, workloads }: WorldColumns, job: JobIndex): Deadline | null {
  return workloads[jobs.workload[job]!]!.settings.deadline;
}

/** What a wrong result of the job would be worth to who returned it, as its client states [micro-tokens]. */
export function valueAtRisk({ jobKeys, jobs, workloads }: WorldColumns, job: JobIndex): number {
  return workloads[jobs.workload[job]!]!.amounts.valueAtRisk(jobKeys.ordinal(job));
}

/** Visits the clients' jobs that are submitted and not final. */
export function eachOpenOfClients({ jobKeys, jobs }: WorldColumns, visit: (job: JobIndex) => void): void {
  jobs.eachOpen((job) => {
    if (jobKeys.isClients(job)) visit(job);
  });
}

/** Clients' jobs that are submitted and not final. */
export function openOfClients({ jobKeys, jobs }: WorldColumns): number {
  return jobs.open - jobKeys.othersOpen;
}
