import type { z } from 'zod';
import type { Attack } from './cohorts/attack.js';
import type { CohortPlan } from './cohorts/cohort-plan.js';
import type {
  AssignmentContext,
  MechanismContext,
  OracleContext,
  RewardContext,
  SlashingContext,
  StrategyContext,
  VerificationContext,
} from './context.js';
import type { DeclaredKind } from './findings/evidence-kinds.js';
import type { Live } from './live.js';
import type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  Strategy,
  VerificationScheme,
} from './roles.js';

/** What can be told of a network before a run. */
export interface Outline {
  /** Identities that there can come to be. */
  readonly nodes: number;
  /** Operators that they can come to say they belong to. */
  readonly operators: number;
  /** With scores that are brought along; `unworked` only where the rules don't change. */
  readonly scores: ScoreRange;
  /** Null where none are granted. */
  readonly tiers: TierBounds | null;
  /** Where clients are. */
  readonly clientRegions: readonly ClientRegion[];
  /** Attempts at one job whose answers can come to stand side by side. */
  readonly attemptsMost: number;
  /** Names of the workloads, in their order. */
  readonly workloadNames: readonly string[];
  /** Whether jobs may name the node that they are for. */
  readonly directsJobs: boolean;
  /** Whether jobs of some workload can be recomputed. */
  readonly hasRecomputable: boolean;
  /** Whether the answers of some workload are numbers that can be near one another. */
  readonly hasNumeric: boolean;
  /** Tokens of an operator beyond its first stakes and fees, by the name of its part of the fleet. */
  readonly funds: Readonly<Record<string, number>>;
  /** The same of the purse that bonds are locked of, and the setting that fills it. */
  readonly bondFunds: Readonly<Record<string, number>>;
  readonly bondPurse: 'funds' | 'bondFunds';
  /** The most witnesses that are asked about an attempt, and the most jurors about a disputed result; 0 for none. */
  readonly witnesses: number;
  readonly jurors: number;
  /** Whether answers come sealed, to be revealed later. */
  readonly seals: boolean;
  /** Whether results that were accepted can be challenged. */
  readonly isChallengeable: boolean;
  /** Whether nodes of some part of the fleet take bribes. */
  readonly takesBribes: boolean;
  /** Probability that it is seen if a node signs twice: the highest that is ever in force. */
  readonly seesDoubleSigning: number;
  /** Whether nodes of some part of the fleet ask for less than the whole fee. */
  readonly bids: boolean;
  /** Whether the assignment policy may go by what nodes ask for. */
  readonly heedsBids: boolean;
  /** The lowest stake with which a node gets work [tokens], and the lowest fee of an identity that enters. */
  readonly minimumStake: number;
  readonly identityFee: number;
  /** The lowest fee of any job [tokens]. */
  readonly leastFee: number;
  /** The highest fee of any job [tokens]. */
  readonly mostFee: number;
  /** The least and the most that is at risk in a job of each workload [tokens], by name. */
  readonly valuesAtRisk: Readonly<Record<string, readonly [number, number]>>;
  /** The least that an attempt of any workload can need locked [tokens]; 0 where the rewards can't say. */
  readonly leastBond: number;
  readonly contribution: Contribution;
  /** Whether any finding can cost a node stake, or its place. */
  readonly punishes: boolean;
  readonly supply: Supply;
  /** Whether attempts lock a bond. */
  readonly locksBonds: boolean;
  /** The shortest way from any client to any node and back [s]. */
  readonly leastRoundTripSeconds: number;
  /** Time after leaving in which stake can still be slashed [s]. */
  readonly unbondingSeconds: number;
  readonly horizonSeconds: number;
  readonly epochSeconds: number;
  /** Names of the findings that the protocol's mechanisms can make of a node to its harm. */
  readonly findings: readonly string[];
  /** Names of the findings without harm that the verification schemes file with these settings. */
  readonly filed: readonly string[];
  /** Names of what the protocol's mechanisms measure of nodes for one another. */
  readonly measures: readonly string[];
  /** Every job class that scenarios can name. */
  readonly classNames: readonly string[];
  /** Every hardware class, and every region of the network. */
  readonly hardwareNames: readonly string[];
  readonly regionNames: readonly string[];
}

/** Tokens that there are before the first event. */
export interface Supply {
  readonly tokens: number;
  /** Of these, stakes, of newcomers too. */
  readonly staked: number;
  /** There can't come to be so many. */
  readonly limit: number;
}

/** The scores that a reputation model can come to give. */
export interface ScoreRange {
  readonly lowest: number;
  /** False if scores come near the lowest and never get there. */
  readonly reachesLowest: boolean;
  readonly highest: number;
  /** Of a new node that is there at time 0; absent where it depends on more than settings. */
  readonly initial?: number;
  /** The highest of any node while none has had a job; absent where it depends on more than settings. */
  readonly unworked?: number;
}

/** What a node must have for jobs of tier 1, where a reputation model grants tiers. */
export interface TierBounds {
  /** Score, excluded. */
  readonly scoreAbove: number;
  /** Measured share of its jobs that succeeded. */
  readonly successLeast: number;
}

/** Neighbours that clients can have. */
export interface ClientRegion {
  readonly region: string;
  /** The share of the jobs of some workload whose clients are there: the largest. */
  readonly jobsFraction: number;
  /** Identities that can be expected there. */
  readonly nodes: number;
}

/** Work that can lie behind a score, where a reputation model measures it [jobs]. */
export interface Contribution {
  /** Of nodes that are there at time 0. */
  readonly first: number;
  /** At most, however much was done. */
  readonly most: number;
}

/** Where a cohort stands. */
export interface Standing {
  /** Identities that there can come to be in all cohorts of its attack, and of others. */
  readonly members: number;
  readonly others: number;
  /** What each of its identities locks as it enters, and what others delegate to it [tokens]. */
  readonly stake: number;
  readonly delegated: number;
  /** What each of its operators fills up to from the purse of its attack [tokens]; 0 where nothing is in there. */
  readonly fromPurse: number;
}

/** A setting that can have no effect, or can't mean what it says, in this network. */
export interface Remark {
  /** Below the mechanism's own path; empty for the whole of it. */
  readonly setting: string;
  readonly expected: string;
  readonly found: string;
  /** What comes of it: `so that nobody is ever ejected`. */
  readonly why: string;
  /** True if nothing at all can come of a run with it; `asWritten` only where it isn't the default. */
  readonly isFault?: boolean | 'asWritten';
  /** True if the mechanism or strategy then does nothing at all of its own, which is told of a default, too. */
  readonly isInert?: boolean;
  /** True if it is told of a default, too, where the scenario itself, and not what it extends, picks the mechanism. */
  readonly isOfChoice?: boolean;
}

/** A mechanism as a registry lists it: its name in scenarios, its settings with their documentation, its maker. */
export interface Definition<Role, Context, Settings extends { readonly kind: string } = { readonly kind: string }> {
  readonly kind: string;
  /** One sentence for lists and the scenario reference. */
  readonly meaning: string;
  readonly settings: z.ZodType<Settings>;
  /** Kinds of findings that it brings, besides the built-in ones. */
  readonly kinds?: readonly DeclaredKind[];
  /** Names of what it measures of nodes for others, by `context.measure`. */
  readonly measures?: readonly string[];
  /** Mechanisms of its own role that it is made of, by their settings. */
  members?(settings: Settings): readonly { readonly kind: string }[];
  /** What tells these members apart, where it isn't their kinds alone: the same for a whole run. */
  memberNames?(settings: Settings): readonly string[];
  /** A verification scheme's: true if some member of it is a list of schemes, which can't stand in a list again. */
  holdsList?(settings: Settings): boolean;
  /** True if it goes by what is at risk in a job. */
  readonly readsValueAtRisk?: true;
  /** True for the one assignment policy that is given the truth, as a bound to hold others against. */
  readonly usesTruth?: true;
  /** What of these settings is in vain in such a network. */
  remarks?(settings: Settings, outline: Outline): readonly Remark[];
  /** A reputation model's: the scores that it can come to give, with check-ins or without. */
  scores?(settings: Settings, isCheckedIn: boolean): ScoreRange;
  /** A reputation model's: the work behind its scores, where it measures that; absent: it can't say. */
  contribution?(settings: Settings): Contribution;
  /** An assignment policy's: true if it never reads published scores. */
  ignoresScores?(settings: Settings): boolean;
  /** An assignment policy's: true if it never reads what nodes ask for; absent: it may. */
  readonly ignoresBids?: true;
  /** A reputation model's: true if it says which nodes may serve jobs of a tier, by `lanes`. */
  readonly grantsTiers?: boolean;
  /** A reputation model's: what jobs of tier 1 take, where it grants tiers. */
  tiers?(settings: Settings): TierBounds;
  /** A reputation model's: true if it passes over availability check-ins. */
  readonly ignoresCheckIns?: boolean;
  /** A reward rule's: time after leaving in which stake can still be slashed [s]; absent: none. */
  unbondingSeconds?(settings: Settings): number;
  /** A reward rule's: whether attempts lock a bond; absent: they may. */
  locksBonds?(settings: Settings): boolean;
  /** A reward rule's: the least bond of an attempt at a job of that fee and class [tokens]; absent: it can't say. */
  leastBond?(settings: Settings, fee: number, className: string): number;
  /** A verification scheme's: true if results that it accepts can be challenged. */
  readonly isChallengeable?: boolean;
  /** A verification scheme's: answers to one job that can come to stand side by side; absent: one. */
  attemptsMost?(settings: Settings): number;
  /** A verification scheme's: the most witnesses that it asks about an attempt; absent: none. */
  witnesses?(settings: Settings): number;
  /** A verification scheme's: the most jurors that it asks about a disputed result; absent: none. */
  jurors?(settings: Settings): number;
  /** A verification scheme's: how long there is to reveal answers [s], its setting `commitReveal`; absent: null. */
  revealSeconds?(settings: Settings): number | null;
  /** A verification scheme's: probability that a wrong result is found to be wrong; absent: it can't say. */
  foundProbability?(settings: Settings): number;
  /** A slashing rule's: share of its stake that a node loses by such a result; absent: it can't say. */
  slashedFraction?(settings: Settings): number;
  /** A reward rule's: share of the fee that a node is paid; absent: it can't say. */
  payFraction?(settings: Settings): number;
  /** A slashing rule's: true if it takes stake from nobody. */
  readonly takesNothing?: true;
  /** A verification scheme's: names of built-in findings that it files with these settings; absent: none. */
  files?(settings: Settings): readonly string[];
  /**
   * Settings are never kept, but read when they are needed: `settings.of(job)` for what belongs to a job, else
   * `settings.now`; what is computed from them is `settings.map(…)`.
   */
  create(settings: Live<Settings>, context: Context): Role;
}

/** A strategy that another is made of. */
export interface StrategyMember {
  /** Where it stands below the whole's own path. */
  readonly setting: string;
  readonly strategy: { readonly kind: string };
}

/** A strategy as the registry lists it. */
export interface StrategyDefinition<Settings extends { readonly kind: string } = { readonly kind: string }> {
  readonly kind: string;
  readonly meaning: string;
  /** What it comes to, by the names of its settings, and who described it first: for docs/adversaries.md. */
  readonly formula?: string;
  readonly source?: string;
  /** True if its operators mean harm; members of an attack do, whatever their strategy. */
  readonly isAttacker: boolean;
  readonly settings: z.ZodType<Settings>;
  /** Strategies that it is made of: where one of them means harm, bids or lies in reports, it does. */
  members?(settings: Settings): readonly StrategyMember[];
  /** Who stands behind so many identities, those of newcomers included. */
  plan(settings: Settings, identities: number): CohortPlan;
  /** True if it can come to report other scores than those that it reads, or none. */
  readonly liesInReports?: true;
  /** Whether its nodes can come to ask for less than the whole fee; absent: never. */
  bids?(settings: Settings): boolean;
  /** Whether its nodes can be bribed as witnesses and jurors; absent: never. */
  takesBribes?(settings: Settings): boolean;
  /**
   * What of these settings is in vain in such a network, or (`setting` empty) what the strategy needs to act at all,
   * for a cohort that can come to have so many nodes.
   * @param funds what each of its operators has beyond its first stakes and fees [tokens]
   */
  remarks?(settings: Settings, outline: Outline, nodes: number, funds: number, standing: Standing): readonly Remark[];
  /** One object a cohort: its members share what it remembers. */
  create(settings: Settings, context: StrategyContext, attack: Attack): Strategy;
}

/** Keeps the settings' type between schema and `create`, for one role. */
function definer<Role, Context>() {
  return <Settings extends { readonly kind: string }>(
    definition: Definition<Role, Context, Settings>,
  ): Definition<Role, Context, Settings> => definition;
}

export const defineAssignmentPolicy = definer<AssignmentPolicy, AssignmentContext>();
export const defineOraclePolicy = definer<AssignmentPolicy, OracleContext>();
export const defineVerificationScheme = definer<VerificationScheme, VerificationContext>();
export const defineReputationModel = definer<ReputationModel, MechanismContext>();
export const defineSlashingRule = definer<SlashingRule, SlashingContext>();
export const defineRewardRule = definer<RewardRule, RewardContext>();

export function defineStrategy<Settings extends { readonly kind: string }>(
  definition: StrategyDefinition<Settings>,
): StrategyDefinition<Settings> {
  return definition;
}
