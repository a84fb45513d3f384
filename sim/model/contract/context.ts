import type { Attempts } from '../columns/attempts.js';
import type { JobClass } from '../columns/job-class.js';
import type { Jobs } from '../columns/jobs.js';
import type { Lane } from '../columns/lane.js';
import type { Network } from '../columns/network.js';
import type { JobIndex, NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { Panels } from '../columns/panels.js';
import type { Measured } from '../columns/rows/measures.js';
import type { OwnColumn } from '../columns/rows/own-column.js';
import type { Instruments } from '../truth/instruments.js';
import type { Truth } from '../truth/truth.js';
import type { Candidates, Retries } from './candidates.js';
import type { Deterrents } from './cohorts/deterrents.js';
import type { EvidenceKinds } from './findings/evidence-kinds.js';
import type { Live } from './live.js';
import type { NodeSampler } from './node-sampler.js';
import type { ReputationModel, RewardRule, SlashingRule, VerificationScheme } from './roles.js';

/** What the network can see, and nothing of the truth. */
interface NetworkView {
  readonly nodes: Nodes;
  readonly jobs: Jobs;
  readonly attempts: Attempts;
  readonly panels: Panels;
  readonly classes: readonly JobClass[];
  readonly lanes: readonly Lane[];
  readonly network: Network;
  /** What is true of each kind of finding, by index. */
  readonly kinds: EvidenceKinds;
  /** What the client states that a wrong result of the job would be worth to who returned it [micro-tokens]. */
  valueAtRisk(job: JobIndex): number;
  /** Current time [s]. */
  now(): number;
  /** A draw in [0, 1) that belongs to the network's reaction to the job. */
  uniform(job: JobIndex, number: number, purpose: number): number;
}

/** What every mechanism is given: reputation models, slashing rules and reward rules no more than this. */
export interface MechanismContext extends NetworkView {
  /** A column of the mechanism's own, a row a node (times `width`), all 0. */
  column(width?: number): Float64Array;
  /**
   * A column of what mechanisms measure for one another, a row a node, NaN where nothing was measured: one's own if it
   * is said what is measured, which tables then print; else to read another's, all NaN where nobody publishes it.
   */
  measure(name: string, measured?: Measured): Float64Array;
  /** The same of attempts and of jobs; whoever asks for one sets a row anew as its attempt or job begins. */
  attemptColumn(): OwnColumn;
  jobColumn(): OwnColumn;
}

/** What assignment policies are given besides. */
export interface AssignmentContext extends MechanismContext {
  readonly candidates: Candidates;
  /** Trees to draw nodes from in proportion to weights. */
  sampler(): NodeSampler;
  /** The one instrument that policies may ask: a benchmark of a node, as `Instruments.benchmark`. */
  benchmark(node: NodeIndex, number: number, falsePassProbability: number): number;
  /** Public randomness of an epoch, from 0, by which a draw can be recomputed. */
  beacon(epoch: number): string;
}

/** What the policy is given that knows the truth, as a bound to hold others against; no other is. */
export interface OracleContext extends AssignmentContext {
  /** Probability that a result of the node is there and right; 0 for attackers, and while its client has a bug. */
  quality(node: NodeIndex): number;
}

/** What verification schemes are given besides: they alone hold instruments, the one door from truth to evidence. */
export interface VerificationContext extends MechanismContext {
  readonly retries: Retries;
  readonly instruments: Instruments;
  /** Which of its kind the scheme is in the protocol, from 0: so that two of a kind draw for themselves. */
  readonly instance: number;
  /** Its place in the list that it stands in, from 0. */
  readonly stage: number;
  /** Another scheme, for lists, which begins at that place. */
  create(settings: Live<{ readonly kind: string }>, stage: number): VerificationScheme;
}

/** What slashing rules are given besides. */
export interface SlashingContext extends MechanismContext {
  /** The range of scores that the reputation model keeps to, and where a node begins. */
  readonly scores: Pick<ReputationModel, 'lowest' | 'highest' | 'prior'>;
  /** Another rule, for those that wrap one. */
  create(settings: Live<{ readonly kind: string }>): SlashingRule;
}

/** What reward rules are given besides. */
export interface RewardContext extends MechanismContext {
  /** Another rule, for those that are made of some. */
  create(settings: Live<{ readonly kind: string }>): RewardRule;
}

/** What a strategy is given: the network's view, and what operators know of themselves. */
export interface StrategyContext extends NetworkView {
  readonly truth: Truth;
  readonly ownership: Ownership;
  /** Its own cohort, as in `ownership.cohort`. */
  readonly cohort: number;
  /** What the rules in force say of what a lie risks; the same object until they change. */
  deterrents(): Deterrents;
  /** Names of the workloads, by index. */
  readonly workloads: readonly string[];
  /** A draw in [0, 1) that belongs to a node, one of its own or of those that it is after. */
  uniformOf(node: NodeIndex, number: number, purpose: number): number;
  /** Nodes of an operator, those that are gone included. */
  nodesOf(operator: number): readonly NodeIndex[];
  /** What an operator's nodes have earned it so far, paid out or not [micro-tokens]. */
  incomeOf(operator: number): number;
  /**
   * What an operator has in tokens: its balance, what it has locked or asked back, and pay that is due to its nodes;
   * without the purses that it shares [micro-tokens].
   */
  wealthOf(operator: number): number;
}
