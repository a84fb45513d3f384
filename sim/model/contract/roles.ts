import type { Distribution } from '../../engine/distributions.js';
import type { AttemptIndex, JobIndex, NONE, NodeIndex, PanelIndex } from '../columns/nodes.js';
import type { PanelRole } from '../columns/panels.js';
import type { ChargedTo } from '../columns/rules.js';
import type { PolicyCause } from '../columns/unserved-reason.js';
import type { Ballot, Proposal } from './cohorts/ballots.js';
import type { Evidence, EvidenceKind } from './evidence.js';
import type { Findings } from './findings/findings.js';
import type { Penalty } from './findings/penalty.js';

/*
 * The six roles: a small fixed set of questions, asked by the lives of jobs (model/jobs) and nodes (model/nodes) in the
 * order of their moments. Mechanisms answer, lives act, the ledger moves money. An optional question is asked only of
 * mechanisms that answer it. What settings decide is a question, never a getter: V8 keeps an object literal with a
 * getter as a dictionary, whose every method then costs a lookup by name.
 */

/** What every mechanism may be told, besides its own questions. */
export interface Mechanism {
  /** A node entered, or re-entered with a fresh identity: its row starts anew. */
  nodeJoined?(node: NodeIndex): void;
  /** A node took up a resource token (`nodes.resourceToken`), whose hardware it declares now, or sold its own. */
  resourceTokenChanged?(node: NodeIndex): void;
  /** Something was found about a node, before the reputation model says what its score is after it. */
  evidenceArrived?(evidence: Evidence): void;
  /** Asked once an epoch, after check-ins, for what is done in one loop over columns. */
  epochEnded?(epoch: number): void;
  /** The protocol's settings have just changed: for what a mechanism keeps of them by node, such as weights. */
  settingsChanged?(): void;
}

/** Who gets this job? */
export interface AssignmentPolicy extends Mechanism {
  /** The open node that gets the job's next attempt in this lane, among those that fit the job; NONE if none. */
  assign(job: JobIndex, lane: number): NodeIndex;
  /** True if any node could be given a job of this lane now; false spares asking for every waiting job. */
  hasCandidate(lane: number): boolean;
  /** True if a node's weight depends on how many attempts it has, beyond there being room for one more. */
  readonly weighsLoad?: boolean;
  /**
   * Whether an open node may have this job, besides what all ask; asked by `candidates.fits`. A job that waits is
   * offered to a node anew when it changes, and to all at the end of an epoch.
   */
  admits?(job: JobIndex, node: NodeIndex): boolean;
  /**
   * Why it doesn't give the job to a node that could do it, has a free slot and needn't rest; asked of jobs that nobody
   * served, for what tables say. Absent: it can't say.
   */
  passesOver?(job: JobIndex, node: NodeIndex): PolicyCause;
  /** Asked after each assignment of a job of the class: how long the node gets no further one [s]; 0 for no rest. */
  restSeconds?(node: NodeIndex, jobClass: number): number;
  /** Capacity, stake, published score, bid, lanes or activity of the node changed. */
  nodeChanged(node: NodeIndex): void;
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

/** How long a result that was accepted can be challenged, and who looks. */
export interface ChallengeWindow {
  /** [s] */
  readonly seconds: number;
  /** Nodes of other operators that are appointed for each job, 0 or more. */
  readonly checkers: number;
  /** Probability that one who is appointed is called upon to check. */
  readonly checkProbability: number;
  /** Probability that the protocol had the result falsified, to see who looks; nobody is at fault then. */
  readonly forcedErrorProbability: number;
  /** What those get who find a forced error, in fees of the job: one alone all of it, of k each a 2^(k−1)th. */
  readonly jackpot: number;
  /** What a challenger locks until the dispute is decided, in fees of the job; who can't may not challenge. */
  readonly bond: number;
  /** How long a round of a dispute takes [s]. */
  readonly roundSeconds: number;
}

/** How many attempts, who looks, how long, what is the verdict? */
export interface VerificationScheme extends Mechanism {
  /** Times the declared work that the job then takes, 1 or more, as for a proof; absent: 1. */
  workFactor?(job: JobIndex): number;
  /** Attempts to assign at submission, 1 or more. */
  attemptsAtSubmission(job: JobIndex): number;
  /** How many more attempts to assign now that it is known who makes this one; absent: none. */
  assigned?(attempt: AttemptIndex): number;
  /**
   * How many jobs whose answer is known come with a client's job, 0 or more, asked at its submission: paid by the
   * treasury, and to nodes, strategies and other mechanisms jobs like any. Absent: none.
   */
  spotChecks?(job: JobIndex): number;
  /** An attempt returned a result, or failed (then its verdict is set). */
  attemptEnded(attempt: AttemptIndex): NextStep;
  /** How many attempts to assign after `attempt`, 1 or more; absent: one. */
  attemptsMore?(job: JobIndex): number;
  /**
   * How long whoever committed to an answer has to reveal it once enough are in [s]; null where answers come open.
   * Until then instruments compare nothing. Asked at submission and at the verdict. Absent: null.
   */
  revealSeconds?(job: JobIndex): number | null;
  /** False if neither its panels nor its verdicts look at answers, which can stay sealed then; absent: it looks. */
  looksAtAnswers?(job: JobIndex): boolean;
  /** True if answers stay sealed after this verdict for a scheme that follows, as in a list; absent: they don't. */
  staysSealed?(attempt: AttemptIndex): boolean;
  /** The answers are revealed; of who withheld his the verdict is set. Absent: `verdict`. */
  revealed?(job: JobIndex): NextStep;
  /** What a panel is asked about, after `panel` at this attempt's end; absent: it, or what it recomputed. */
  subject?(attempt: AttemptIndex): AttemptIndex;
  /** The most members that one of its panels can have; absent: it asks none. */
  membersMost?(): number;
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
  /** The value that the client of a numeric job is given, once it is verified; NaN or absent: an accepted answer. */
  accepted?(job: JobIndex): number;
  /** How long the accepted result of a job that is verified can be challenged; null or absent: it can't. */
  window?(job: JobIndex): ChallengeWindow | null;
  /**
   * What follows in a round of a dispute about an attempt's result, from 1: `wait` for the next round, `recheck` or
   * `panel`, whose ends are told as ever, or `verdict` once it is decided.
   * @param challenger the check whose challenge came first
   */
  disputed?(attempt: AttemptIndex, challenger: AttemptIndex, round: number): NextStep;
  /** The finding on the disputed attempt, once that is decided; null where it can't be, and the result stands. */
  outcome?(attempt: AttemptIndex): EvidenceKind | null;
  /** What else it found, when those on the job's attempts are settled and nobody can challenge its result any more. */
  sideFindings?(job: JobIndex, findings: Findings): void;
  /** What it finds once an epoch about each present node, after the check-ins. */
  audit?(node: NodeIndex, findings: Findings): void;
}

/**
 * Scores for each job class that a model keeps beside the node's own, which goes on following all evidence alike. Each
 * begins at the prior, and a wiped out history takes it back there. The handler keeps them; the model what it counts.
 */
export interface ClassScores {
  /** The score for the evidence's class after the evidence; the same score if that says nothing to this model. */
  scoreAfter(evidence: Evidence, score: number): number;
  /** The score for the class after a penalty changed it by so much, kept within the range of all scores. */
  scoreMoved(node: NodeIndex, jobClass: number, change: number, before?: number): number;
  /** As of the node's own; absent: the same score. */
  scoreAtEpoch?(node: NodeIndex, jobClass: number, score: number): number;
}

/** What is this node's score after this evidence? */
export interface ReputationModel extends Mechanism {
  /** The score of a node without history. */
  prior(node: NodeIndex): number;
  /** The score after the evidence; the same score if the evidence says nothing to this model. */
  scoreAfter(evidence: Evidence, score: number): number;
  /** A node accepted an attempt: its acknowledgement is here at that time [s], which may lie ahead. */
  acknowledged?(attempt: AttemptIndex, at: number): void;
  /**
   * The score after a penalty changed it by so much, kept within its range; what the model remembers follows.
   * @param before what earlier penalties for the same act changed it by, 0 or less (`Penalty.scoreChangeBefore`);
   * absent: 0
   */
  scoreMoved(node: NodeIndex, change: number, before?: number): number;
  /** The score after the node's history was wiped out, that of job classes too. */
  historyReset(node: NodeIndex): number;
  /** Once an epoch, after check-ins and audits and before `scoreAtEpoch`: what is reckoned over the whole network. */
  reckon?(epoch: number): void;
  /** The score at the end of an epoch, asked of each present node before slashing rules look; absent: as it was. */
  scoreAtEpoch?(node: NodeIndex, score: number): number;
  /** Scores for each job class, which then count in its place for jobs of the class; absent: none are kept. */
  readonly classScores?: ClassScores;
  /**
   * A bit for each lane that the node may serve, as far as this model grants lanes and their tiers; absent: all. Asked
   * when the node joins, when its score changed, and at the end of an epoch.
   */
  lanes?(node: NodeIndex): number;
  /** Range that every score is in: a promise, which the properties hold. */
  lowest(): number;
  highest(): number;
}

/** What does this evidence cost it? */
export interface SlashingRule extends Mechanism {
  /** Fills in the penalty, given the score after the evidence: the one for its job class, where such are kept. */
  penalize(evidence: Evidence, score: number, penalty: Penalty): void;
  /**
   * Once an epoch, after its check-ins and filed findings, for each node that is there or whose stake unbonds: what the
   * epoch as a whole costs it. A penalty states its cause.
   */
  assess?(node: NodeIndex, penalty: Penalty): void;
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
  /** The least that an attempt at a job of the class with this fee can need locked [micro-tokens], 0 without bonds. */
  leastBond(fee: number, jobClass: number): number;
  /** What its operator is charged for the answer that the node is about to send [micro-tokens]; absent: nothing. */
  charge?(attempt: AttemptIndex): number;
  /** Who gets that; absent: the treasury. */
  chargedTo?(attempt: AttemptIndex): ChargedTo;
  /** The least that any answer can be charged, of jobs submitted from now on [micro-tokens]; absent: 0. */
  leastCharge?(): number;
  /**
   * New tokens for a node at the end of an epoch, whole micro-tokens.
   * @param activeStake its stake × time in the epoch in which it could be given work [micro-token seconds]
   */
  emission?(node: NodeIndex, activeStake: number): number;
  /** A recheck was done: what the treasury owes for it [micro-tokens]. */
  recheckPrice(job: JobIndex): number;
  /** Seconds after leaving during which the stake can still be slashed. */
  unbondingSeconds(): number;
}

/** An observer's answer. */
export const Attestation = { signs: 0, refuses: 1, silent: 2 } as const;
export type Attestation = (typeof Attestation)[keyof typeof Attestation];

/** How does this operator's node behave? Only strategies, instruments and the recorder know the truth. */
export interface Strategy {
  /** Takes the job; a refusal travels back and another node is asked. */
  accepts(node: NodeIndex, attempt: AttemptIndex): boolean;
  /**
   * How long it lets a request wait that it accepted before it acknowledges it and starts [s], 0 or more; Infinity for
   * ever. Absent: 0.
   */
  delaySeconds?(node: NodeIndex, attempt: AttemptIndex): number;
  /**
   * Share of its work, 0 to 1, after which it drops the job, asked as it starts; from 1 on it doesn't. The network
   * hears of it at once, as an absence. Absent: 1.
   */
  abortsAfter?(node: NodeIndex, attempt: AttemptIndex): number;
  /**
   * How long it sits on the job besides its work, doing nothing, before it answers [s], 0 or more; asked as it starts.
   * Absent: 0.
   */
  idlesSeconds?(node: NodeIndex, attempt: AttemptIndex): number;
  /** Share of the honest work that it really does, 0 to 1. */
  workFraction(node: NodeIndex, attempt: AttemptIndex): number;
  /** The answer to send, seeing what has leaked by then: one that the truth names, or `withheldAnswer`. */
  answer(node: NodeIndex, attempt: AttemptIndex): number;
  /**
   * How likely it states that its answer is right, 0 to 1, committed to with the answer and published with it
   * (`attempts.confidence`); NaN or absent: it states nothing.
   */
  confidence?(node: NodeIndex, attempt: AttemptIndex): number;
  /** Says along with the result that it is faulty. Absent: never. */
  admitsFault?(node: NodeIndex, attempt: AttemptIndex): boolean;
  /** The price that its node asks for as it joins, as a share of the fee, 0 to 1. Absent: the whole fee. */
  bid?(node: NodeIndex): number;
  /** Reveals the answer that it committed to, where answers come sealed. Absent: always. */
  reveals?(node: NodeIndex, attempt: AttemptIndex): boolean;
  /** Told of an attempt of its own as it is settled: its verdict can be read, and is the last. */
  attemptSettled?(node: NodeIndex, attempt: AttemptIndex): void;
  /**
   * What it signs as an observer, given what its instrument showed.
   * @param bribe what it is offered for saying the opposite of what it observed [micro-tokens]; 0 for nothing
   */
  attests(observer: NodeIndex, attempt: AttemptIndex, observed: boolean, bribe: number): Attestation;
  /**
   * As a juror: true to find for the subject, given what its look at the case showed: that its outage was real, where a
   * slash is appealed; that its result is right, where that is disputed.
   * @param bribe what it is offered for finding the opposite of what it was shown [micro-tokens]; 0 for nothing
   */
  votes(juror: NodeIndex, subject: NodeIndex, shown: boolean, bribe: number): boolean;
  /**
   * Whether an operator puts forward the proposal that the scenario has its cohort make, as its time comes; where none
   * of the cohort does, there is no vote. Absent: always.
   */
  proposes?(operator: number, proposal: Proposal): boolean;
  /** What an operator says to a change of rules that is voted on. Absent: yes to its own side's, else as the honest. */
  votesOn?(operator: number, proposal: Proposal): Ballot;
  /**
   * From each of the cohort's seats among the reporters of the reputation oracle: what it says that a node's score is,
   * having read it; NaN for nothing. Absent: the score.
   */
  reports?(node: NodeIndex, score: number): number;
  /** A node of the cohort that looks at the accepted result of its own accord; NONE or absent: none does. */
  watches?(job: JobIndex): NodeIndex;
  /** Whether it really looks, as a checker that was called upon. Absent: always. */
  checks?(node: NodeIndex, attempt: AttemptIndex): boolean;
  /** Whether it challenges a result, having looked at it. Absent: if what it computed itself is another. */
  challenges?(node: NodeIndex, attempt: AttemptIndex, foundOther: boolean): boolean;
  /** Once an epoch, for each operator of the cohort: the only place where a strategy has hands. */
  wake?(actions: Actions): void;
  /** As an operator goes over to another strategy: takes back what would otherwise go on without it. */
  stops?(actions: Actions): void;
}

/** What an operator offers those who are asked about a node's attempts, as observers or as jurors of a dispute. */
export interface Bribe {
  /** True to sign for the subject, whatever was observed; false to refuse. */
  readonly isForSubject: boolean;
  /** To each who votes so [whole micro-tokens], above 0. */
  readonly amount: number;
  /** True to pay only if those who voted so weren't more than the others: then it may well cost nothing (P + ε). */
  readonly paysLosersOnly: boolean;
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
  /** Asks for part of the node's stake [micro-tokens]; it returns after unbonding, until when it can be slashed. */
  unstake(node: NodeIndex, amount: number): boolean;
  /** Delegates tokens to any node in the network [micro-tokens], which are slashed and paid with its stake. */
  delegate(node: NodeIndex, amount: number): boolean;
  /** Asks for shares of a node's pool back, which stay in it until they can't be slashed any more. */
  undelegate(node: NodeIndex, shares: number): boolean;
  /** Shares of a node's pool that it has and didn't ask back; one is worth a micro-token until the pool is slashed. */
  shares(node: NodeIndex): number;
  /** Puts tokens into the purse that all members of its attack share [micro-tokens]. */
  give(amount: number): boolean;
  /** Takes tokens out of that purse [micro-tokens]. */
  take(amount: number): boolean;
  /** What is in it [micro-tokens]. */
  purse(): number;
  /**
   * Submits a job like those of a workload, by its index, and pays its fee: no client's job.
   * @param directedTo node that it is for; NONE for whoever the policy says
   * @param timesWork how many times the work that it declares it takes, 1 or more, which shows in nothing but the time
   * that it takes; absent: 1
   */
  submit(workload: number, directedTo: NodeIndex | typeof NONE, timesWork?: number): boolean;
  /** Asks for another price from now on, as a share of the fee, 0 to 1. */
  bid(node: NodeIndex, price: number): boolean;
  /**
   * Sets a standing offer to whoever will be asked about the node's attempts, or (null) withdraws it; paid from its
   * balance, and no offer while that isn't enough for a whole panel. False where another operator offers as much.
   */
  bribe(subject: NodeIndex, offer: Bribe | null): boolean;
  /**
   * Has members of its attack sit as witnesses of the node's attempts, in each place with this probability, until the
   * epoch under way ends; at the price of an eclipse, once for all members. False where another attack does so as well.
   */
  eclipse(victim: NodeIndex, probability: number): boolean;
  /** Signs two things that contradict each other: a finding `doubleSigned`, with the probability that it is seen. */
  equivocate(node: NodeIndex): boolean;
  /** Takes the node's machine down from now on for so long [s], above 0; at the price of a strike. */
  forceOutage(node: NodeIndex, seconds: number): boolean;
}

/** The mechanisms that the protocol plugged in. */
export interface Roles {
  readonly assignment: AssignmentPolicy;
  readonly verification: VerificationScheme;
  readonly reputation: ReputationModel;
  readonly slashing: SlashingRule;
  readonly rewards: RewardRule;
}
