import type { Distribution } from '../../engine/distributions.js';
import type { AttemptIndex, JobIndex, NodeIndex, PanelIndex } from '../columns/nodes.js';
import type { PanelRole } from '../columns/panels.js';
import type { Evidence, EvidenceKind } from './evidence.js';

/*
 * The six roles: a small fixed set of questions, asked by the lives of jobs (model/jobs) and nodes (model/nodes) in the
 * order of their moments. Mechanisms answer, lives act, the ledger moves money. An optional question is asked only of
 * mechanisms that answer it.
 */

/** What every mechanism may be told, besides its own questions. */
export interface Mechanism {
  /** A node entered, or re-entered with a fresh identity: its row starts anew. */
  nodeJoined?(node: NodeIndex): void;
  /** Asked once an epoch, after check-ins, for what is done in one loop over columns. */
  epochEnded?(epoch: number): void;
  /** The protocol's settings have just changed: for what a mechanism keeps of them by node, such as weights. */
  settingsChanged?(): void;
}

/** Who gets this job? */
export interface AssignmentPolicy extends Mechanism {
  /** The open node that gets the job's next attempt under this class, among those that fit the job; NONE if none. */
  assign(job: JobIndex, jobClass: number): NodeIndex;
  /** True if any node could be given a job of this class now; false spares asking for every waiting job. */
  hasCandidate(jobClass: number): boolean;
  /** True if a node's weight depends on how many attempts it has, beyond there being room for one more. */
  readonly weighsLoad?: boolean;
  /** Capacity, stake, published score, or activity of the node changed. */
  nodeChanged(node: NodeIndex): void;
  /** An attempt ended with this finding: policies that weigh past performance remember it. */
  evidenceArrived?(evidence: Evidence): void;
}

/** What the handler does next for a job. */
export const NextStep = {
  /** Something is still under way. */
  wait: 0,
  /** Assign one more attempt for the client. */
  attempt: 1,
  /** Assign a recomputation, which takes capacity like any attempt. */
  recheck: 2,
  /** Ask a panel about this attempt. */
  panel: 3,
  /** Enough is in: what is under way is withdrawn, sealed answers are revealed, and the verdicts are asked for. */
  verdict: 4,
} as const;
export type NextStep = (typeof NextStep)[keyof typeof NextStep];

/** Whom to ask about an attempt, and how; the handler draws the members. */
export interface PanelRequest {
  readonly role: PanelRole;
  /** Members asked, 1 to 32. */
  readonly peers: number;
  /**
   * Drawn among `online`: nodes that the network can reach and that may work; `neighbours`: of these, those in the
   * client's region; `any`: every present node. Never of the worker's own operator. Whose machine is down when the
   * reply is due is silent; of `any`, those reply that work through their outages.
   */
  readonly among: 'online' | 'neighbours' | 'any';
  readonly observes: 'participation' | 'result';
  /** Probability that the instrument shows the opposite. */
  readonly errorProbability: number;
  /** Extra delay of a reply besides latency [s]. */
  readonly replyDelay: Distribution;
  /** Replies later than this [s] don't count; Infinity waits for all. */
  readonly replyWithinSeconds: number;
}

/** How many attempts, who looks, how long, what is the verdict? */
export interface VerificationScheme extends Mechanism {
  /** Times the declared work that the job then takes, 1 or more, as for a proof; absent: 1. */
  workFactor?(job: JobIndex): number;
  /** Attempts to assign at submission, 1 or more. */
  attemptsAtSubmission(job: JobIndex): number;
  /** How many more attempts to assign now that it is known who makes this one; absent: none. */
  assigned?(attempt: AttemptIndex): number;
  /** An attempt returned a result, or failed (then its verdict is set). */
  attemptEnded(attempt: AttemptIndex): NextStep;
  /** How many attempts to assign after `attempt`, 1 or more; absent: one. */
  attemptsMore?(job: JobIndex): number;
  /**
   * How long whoever committed to an answer has to reveal it once enough are in [s]; null where answers come open.
   * Until then instruments compare nothing. Absent: null.
   */
  revealSeconds?(job: JobIndex): number | null;
  /** The answers are revealed; of who withheld his the verdict is set. Absent: `verdict`. */
  revealed?(job: JobIndex): NextStep;
  /** What a panel is asked about, after `panel` at this attempt's end; absent: it, or what it recomputed. */
  subject?(attempt: AttemptIndex): AttemptIndex;
  /** The most members that one of its panels can have; absent: it asks none. */
  readonly membersMost?: number;
  /** Whom to ask, after `panel`. */
  panel?(attempt: AttemptIndex): PanelRequest;
  /** The replies are in, or the time to reply is over. */
  panelClosed?(panel: PanelIndex): NextStep;
  /** True if its findings on answers are proofs, which outrank what other schemes of a list hold of them. */
  readonly proves?: boolean;
  /** The next step of a scheme that goes on after its verdict, as a list does; null or absent: the job is verified. */
  afterVerdict?(attempt: AttemptIndex): NextStep | null;
  /** The finding on an attempt that returned; null where this scheme has no opinion. */
  verdict(attempt: AttemptIndex): EvidenceKind | null;
}

/** What is this node's score after this evidence? */
export interface ReputationModel extends Mechanism {
  /** The score of a node without history. */
  prior(node: NodeIndex): number;
  /** The score after the evidence; the same score if the evidence says nothing to this model. */
  scoreAfter(evidence: Evidence, score: number): number;
  /** Range that every score is in: a promise, which the properties hold. */
  readonly lowest: number;
  readonly highest: number;
}

/** What a finding costs; the handler clears it before each question. */
export class Penalty {
  /** Share of the node's remaining stake, 0 to 1. */
  stakeFraction = 0;
  /** Share of the attempt's bond, 0 to 1. */
  bondFraction = 0;
  /** Whole epochs from the next boundary. */
  jailEpochs = 0;
  ejects = false;

  clear(): void {
    this.stakeFraction = 0;
    this.bondFraction = 0;
    this.jailEpochs = 0;
    this.ejects = false;
  }
}

/** What does this evidence cost it? */
export interface SlashingRule extends Mechanism {
  /** Fills in the penalty, given the score after the evidence. */
  penalize(evidence: Evidence, score: number, penalty: Penalty): void;
}

/** Collects who is paid for a job; amounts are whole micro-tokens; what is left is the treasury's, or the client's. */
export interface Payouts {
  /** To the worker's operator; `holdEpochs` above 0 keeps it in escrow for late challenges. */
  payWorker(attempt: AttemptIndex, amount: number, holdEpochs: number): void;
  payObserver(node: NodeIndex, amount: number): void;
}

/** Who is paid what, when? */
export interface RewardRule extends Mechanism {
  /** What the job costs if this node does it [micro-tokens], at most the fee in escrow. */
  price(job: JobIndex, node: NodeIndex): number;
  /** What the node must lock for this attempt [micro-tokens]; one that can't isn't eligible. */
  bond(job: JobIndex, node: NodeIndex): number;
  /**
   * Names the payments for a job that was attempted, in all at most its price, which is in escrow; observers have
   * looked at one that isn't accepted, too.
   */
  settle(job: JobIndex, isAccepted: boolean, payouts: Payouts): void;
  /** The least that an attempt at a job with this fee can need locked [micro-tokens], 0 without bonds. */
  leastBond(fee: number): number;
  /**
   * New tokens for a node at the end of an epoch, whole micro-tokens.
   * @param activeStake its stake × time in the epoch in which it could be given work [micro-token seconds]
   */
  emission?(node: NodeIndex, activeStake: number): number;
  /** A recheck was done: what the treasury owes for it [micro-tokens]. */
  recheckPrice(job: JobIndex): number;
  /** Seconds after leaving during which the stake can still be slashed. */
  readonly unbondingSeconds: number;
}

/** An observer's answer. */
export const Attestation = { signs: 0, refuses: 1, silent: 2 } as const;
export type Attestation = (typeof Attestation)[keyof typeof Attestation];

/** How does this operator's node behave? Only strategies, instruments and the recorder know the truth. */
export interface Strategy {
  /** True if its operators mean harm: for the recorder, never for a mechanism. */
  readonly isAttacker: boolean;
  /** Takes the job; a refusal travels back and another node is asked. */
  accepts(node: NodeIndex, attempt: AttemptIndex): boolean;
  /** Share of the honest work that it really does, 0 to 1. */
  workFraction(node: NodeIndex, attempt: AttemptIndex): number;
  /** The answer to send, seeing what has leaked by then: `rightAnswer`, another value, or `withheldAnswer`. */
  answer(node: NodeIndex, attempt: AttemptIndex): number;
  /** Says along with the result that it is faulty. Absent: never. */
  admitsFault?(node: NodeIndex, attempt: AttemptIndex): boolean;
  /** Reveals the answer that it committed to, where answers come sealed. Absent: always. */
  reveals?(node: NodeIndex, attempt: AttemptIndex): boolean;
  /** What it signs as an observer, given what its instrument showed. */
  attests(observer: NodeIndex, attempt: AttemptIndex, observed: boolean): Attestation;
  /** Once an epoch, for each operator of the cohort: the only place where a strategy has hands. */
  wake?(actions: Actions): void;
}

/** What an operator can do of its own accord; refusals by the rules return false and are counted. */
export interface Actions {
  readonly operator: number;
  readonly epoch: number;
  /** Enters a fresh identity on the machine of `like`, at the cost of identity fee and stake. */
  join(like: NodeIndex): boolean;
  leave(node: NodeIndex): boolean;
  /** Adds to the node's stake [micro-tokens]. */
  stake(node: NodeIndex, amount: number): boolean;
}

/** The mechanisms that the protocol plugged in. */
export interface Roles {
  readonly assignment: AssignmentPolicy;
  readonly verification: VerificationScheme;
  readonly reputation: ReputationModel;
  readonly slashing: SlashingRule;
  readonly rewards: RewardRule;
}
