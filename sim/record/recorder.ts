import { smallest } from '../kernels/extent.js';
import { AttemptKind, AttemptState } from '../model/columns/attempts.js';
import { deadlineSeconds } from '../model/columns/job-class.js';
import { JobOutcome } from '../model/columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../model/columns/nodes.js';
import { handleStep } from '../model/columns/rows/side-by-side.js';
import {
  policyCauseCount,
  type Unserved,
  type UnservedReason,
  unservedReasonCount,
} from '../model/columns/unserved-reason.js';
import { EvidenceKind } from '../model/contract/evidence.js';
import { EventKind } from '../model/events.js';
import type { Cohort } from '../model/world/cohort.js';
import { type CapacityCounts, Collateral, type Journal } from '../model/world/journal.js';
import type { CountedVote, Vote } from '../model/world/vote.js';
import { deadlineOf, eachOpenOfClients, valueAtRisk, type World } from '../model/world/world.js';
import { type Cheating, type CheatingPrices, cheatingOf, noCheating } from './accounts/cheating.js';
import { ValuedSums } from './accounts/valued-sums.js';
import { Backlog } from './backlog.js';
import type { CountedWindow, Counts } from './counted-window.js';
import { NewcomerParity } from './newcomer-parity.js';
import { OutageRecovery } from './outage-recovery.js';
import { CapacityLog } from './rows/capacity-log.js';
import { Detection } from './rows/detection.js';
import type { KeptRows } from './rows/kept-rows.js';
import { LineLengths } from './rows/line-lengths.js';
import { RowLog } from './rows/row-log.js';
import { SecurityMargins } from './rows/security-margin.js';
import { Suspensions } from './rows/suspensions.js';
import { WorkByNode } from './rows/work-by-node.js';
import { Sample } from './sample.js';
import { type AskedObserver, keptAttestations } from './tables/detail/attestations.js';
import { type JobRow, keptJobs, refusedJob, submittedJob } from './tables/detail/jobs.js';
import { disputeParts } from './tables/disputes.js';
import { slashParts } from './tables/slashings.js';
import type { RecordedVote } from './tables/votes.js';
import { Tally } from './tally.js';
import { inLineOfClients, Timeline } from './timeline.js';

/** What the recorder is told about the run. */
export interface RecorderOptions {
  readonly horizonSeconds: number;
  /** Metrics leave out what happened before [s]. */
  readonly warmUpSeconds: number;
  readonly sampleSeconds: number;
  /** Job classes that can occur. */
  readonly jobClasses: number;
  /** Keep a row for every job and attestation. */
  readonly detail: boolean;
  /** What corruption is worth. */
  readonly prices: CheatingPrices;
  /** Times at which machines are counted beside a trace's snapshots [s]. */
  readonly snapshotTimes: Float64Array;
  /** Cohort whose machines are counted, an index; NONE without a trace. */
  readonly snapshotCohort: number;
  /** Attackers’ share of the work since they first joined; null if none of them ever comes. */
  readonly attack: AttackWindows | null;
  /** What expectations ask. */
  readonly windows: readonly CountedWindow[];
}

/** Attackers’ share of the work since they first joined, after the warm-up: in one, and epoch by epoch. */
export interface AttackWindows {
  readonly whole: CountedWindow;
  readonly epochs: CountedWindow;
  /** Their share of the attestations, in one. */
  readonly attestations: CountedWindow;
}

/** Sees everything, changes nothing: counts what the handlers report and takes samples at set times. */
export class Recorder implements Journal {
  readonly options: RecorderOptions;
  /** Since the end of the warm-up, as are the samples of times below. */
  readonly total: Tally;
  /** Over the whole run. */
  readonly whole: Tally;
  readonly latency = new Sample();
  readonly waiting = new Sample();
  readonly verdictTime = new Sample();
  /** How far what clients were given is off, of numeric jobs, as a share of the true value. */
  readonly answerError = new Sample();
  /** By node, over the whole run: stake and bonds. */
  readonly slashed: Float64Array;
  /** By node, after the warm-up. */
  readonly slashedWarm: Float64Array;
  /** The same of bonds in a currency of their own; empty without one. */
  slashedBonds = new Float64Array(0);
  slashedBondsWarm = new Float64Array(0);
  /** By node, over the whole run: pay taken back out of escrow. */
  readonly clawedBack: Float64Array;
  readonly work: WorkByNode;
  /** Of nodes that joined after the start: when it returned the first of its results that was accepted [s]. */
  readonly firstJobAt = new Map<NodeIndex, number>();
  /** By operator: value of wrong results that went undetected [micro-tokens], outside the ledger. */
  stolen = new Float64Array(0);
  readonly slashings = new RowLog(slashParts);
  readonly disputes = new RowLog(disputeParts);
  /** Votes whose ballots were counted, in order. */
  readonly votes: RecordedVote[] = [];
  /** Empty unless asked for, as are attestations. */
  readonly jobs: KeptRows<JobRow> = keptJobs();
  readonly attestations: KeptRows<AskedObserver> = keptAttestations();
  readonly snapshotCounts: Int32Array;
  readonly timeline: Timeline;
  /** Worth of cohorts' amounts, where the token's price moves; else null: they are worth what they are at the end. */
  valued: ValuedSums | null = null;
  readonly security = new SecurityMargins();
  /** At the samples after the warm-up. */
  readonly inLine = new LineLengths();
  readonly backlog: Backlog;
  /** Of jobs that ended unserved after the warm-up, or wait at the end. */
  readonly capacity: CapacityLog;
  readonly recovery: OutageRecovery;
  readonly suspensions: Suspensions;
  readonly parity: NewcomerParity;
  /** Of attackers; null without any. */
  detection: Detection | null = null;
  /** Counted since the last fold. */
  readonly #current: Tally;
  #interval: Tally;
  /** What the sample that is due as the warm-up ends counts: nothing that comes after it at the same instant. */
  #atWarmUp: { readonly tally: Tally; readonly latency: number; readonly waiting: number } | null = null;
  readonly #windows: readonly CountedWindow[];
  /** What windows are counted from. */
  readonly #counting: Counts;
  /** When a window opens or closes next [s]; nothing that is counted may pass it untold. */
  #nextEdge: number;
  /** Where the values of the interval under way begin. */
  #latencyMark = 0;
  #waitingMark = 0;
  #isWarm = false;
  /** By cohort. */
  #isAttackers: readonly boolean[] = [];
  #world!: World;

  constructor(nodeCapacity: number, cohorts: number, options: RecorderOptions) {
    const { jobClasses } = options;
    this.options = options;
    this.total = new Tally(cohorts, jobClasses);
    this.whole = new Tally(cohorts, jobClasses);
    this.#current = new Tally(cohorts, jobClasses);
    this.#interval = new Tally(cohorts, jobClasses);
    const { attack, windows } = options;
    this.#windows = [...(attack === null ? [] : [attack.whole, attack.epochs, attack.attestations]), ...windows];
    const { latency, waiting, verdictTime, answerError } = this;
    this.#counting = { tally: this.#current, latency, waiting, verdictTime, answerError };
    this.#nextEdge = nearestEdge(this.#windows);
    this.slashed = new Float64Array(nodeCapacity);
    this.slashedWarm = new Float64Array(nodeCapacity);
    this.clawedBack = new Float64Array(nodeCapacity);
    this.work = new WorkByNode(nodeCapacity);
    this.snapshotCounts = new Int32Array(options.snapshotTimes.length);
    this.timeline = new Timeline();
    this.backlog = new Backlog(jobClasses, options);
    this.capacity = new CapacityLog(jobClasses);
    this.recovery = new OutageRecovery(options.warmUpSeconds);
    this.suspensions = new Suspensions(nodeCapacity, options.warmUpSeconds);
    this.parity = new NewcomerParity(options.warmUpSeconds, options.sampleSeconds);
  }

  /** What was counted since the end of the warm-up. */
  get counts(): Counts {
    const { total: tally, latency, waiting, verdictTime, answerError } = this;
    return { tally, latency, waiting, verdictTime, answerError };
  }

  /** Learns what to look at, and schedules its samples; called once after the world is built. */
  watch(world: World): void {
    this.#world = world;
    this.stolen = new Float64Array(world.operators.count);
    if (!world.prices.token.isConstant) this.valued = new ValuedSums(world.prices.token);
    this.#isAttackers = world.cohorts.map(({ isAttacker }) => isAttacker);
    if (this.#isAttackers.includes(true)) this.detection = new Detection(this.slashed.length);
    if (world.bondLedger !== world.ledger) {
      this.slashedBonds = new Float64Array(this.slashed.length);
      this.slashedBondsWarm = new Float64Array(this.slashed.length);
    }
    world.simulation.schedule(0, EventKind.sampleTaken, 0, 0);
    if (this.options.warmUpSeconds === 0) this.#isWarm = true;
    else world.simulation.schedule(this.options.warmUpSeconds, EventKind.warmUpEnded, 0, 0);
    const { snapshotTimes } = this.options;
    if (snapshotTimes.length > 0) world.simulation.schedule(snapshotTimes[0]!, EventKind.snapshotTaken, 0, 0);
  }

  jobFinal(job: JobIndex, outcome: JobOutcome, why: Unserved | null): void {
    const { jobs, simulation } = this.#world;
    if (simulation.now >= this.#nextEdge) this.#reachEdges();
    this.#countJob(job, outcome);
    if (why !== null) countWhy(jobs.jobClass[job]!, why, this.#current.unservedBy, this.#current.passedOverBy);
    const submittedAt = jobs.submittedAt[job]!;
    const deliveredAt = jobs.deliveredAt[job]!;
    this.#countDeadline(job, outcome);
    if (this.detection !== null) this.#countAttestations(job);
    if (outcome === JobOutcome.completed) this.latency.add(deliveredAt - submittedAt);
    if (jobs.attemptsMade[job]! > 0) this.waiting.add(jobs.assignedAt[job]! - submittedAt);
    if (this.#isWarm && !Number.isNaN(deliveredAt)) this.verdictTime.add(simulation.now - submittedAt);
    if (outcome === JobOutcome.completed && valueAtRisk(this.#world, job) > 0) this.#countStolen(job);
    if (this.options.detail) this.#keepJob(job, why);
  }

  spotCheckFinal(job: JobIndex, cost: number): void {
    if (this.#world.simulation.now >= this.#nextEdge) this.#reachEdges();
    this.#current.spotChecks++;
    this.#current.spotCheckCost += cost;
    if (this.#hasWrong(job)) this.#current.spotChecksWrong++;
  }

  ownJobFinal(outcome: JobOutcome): void {
    if (this.#world.simulation.now >= this.#nextEdge) this.#reachEdges();
    this.#current.ownJobs++;
    if (outcome === JobOutcome.completed) this.#current.ownJobsCompleted++;
  }

  jobWaits(job: JobIndex, why: Unserved): void {
    const { passedOverWaitingBy, waitingBy } = this.#current;
    countWhy(this.#world.jobs.jobClass[job]!, why, waitingBy, passedOverWaitingBy);
  }

  jobLacksNode(job: JobIndex, reason: UnservedReason, capacity: CapacityCounts): void {
    const { jobClass, lane } = this.#world.jobs;
    if (this.#isWarm) this.capacity.add(jobClass[job]!, lane[job]!, reason, capacity);
  }

  jobUnfunded(workload: number, ordinal: number): void {
    if (this.#world.simulation.now >= this.#nextEdge) this.#reachEdges();
    const { jobClass, deadline } = this.#world.workloads[workload]!.settings;
    this.#current.ended++;
    this.#current.endedBy[jobClass]!++;
    this.#current.unfunded++;
    if (deadline !== null) this.#current.withDeadline++;
    if (this.options.detail) this.jobs.keep(refusedJob(this.#world, workload, ordinal));
  }

  disputeEnded(job: JobIndex, isUpheld: boolean): void {
    const { attempts, jobKeys, jobs, simulation, watches } = this.#world;
    if (!jobKeys.isClients(job)) return;
    const watch = jobs.watch[job]!;
    const challenger = attempts.node[watches.challenger[watch]!]!;
    let worker = NONE;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (worker === NONE && attempts.kind[attempt] === AttemptKind.work) worker = attempts.node[attempt]!;
    }
    this.disputes.add({
      timeSeconds: simulation.now,
      workload: jobs.workload[job]!,
      ordinal: jobKeys.ordinal(job),
      worker,
      challenger,
      challengers: watches.challengers[watch]!,
      rounds: watches.round[watch]!,
      isUpheld: isUpheld ? 1 : 0,
      isWrong: this.#hasWrong(job) ? 1 : 0,
    });
  }

  voteCounted(vote: Vote, counted: CountedVote): void {
    this.votes.push({ vote, counted });
  }

  attemptSettled(attempt: AttemptIndex, verdict: EvidenceKind): void {
    const { attempts, jobKeys, jobs, kinds, secrets, simulation } = this.#world;
    const node = attempts.node[attempt]!;
    // the penalty comes first
    const isFailure = kinds.isFailure[verdict] === 1;
    if (isFailure && this.slashed[node] === 0) this.work.wentUnpunished(node);
    // neither the protocol's own jobs nor operators' are clients'
    if (!jobKeys.isClients(attempts.job[attempt]!)) return;
    if (simulation.now >= this.#nextEdge) this.#reachEdges();
    const isRecheck = attempts.kind[attempt] !== AttemptKind.work;
    if (isRecheck) this.#current.rechecks++;
    else this.#current.attempts++;
    // the protocol's recomputations are no attempts at clients' jobs
    if (isRecheck) {
      this.work.rechecked(node);
      return;
    }
    this.#countResult(attempt, verdict);
    const cohort = secrets.cohort(attempt);
    if (this.#isAttackers[cohort]) this.detection!.settled(this.#world, attempt);
    this.work.settled(node, simulation.now, isFailure);
    if (kinds.isAccepted[verdict] !== 1) return;
    const work = jobs.work[attempts.job[attempt]!]!;
    const returnedAt = attempts.returnedAt[attempt]!;
    if (this.work.wasAccepted(node, work, returnedAt - attempts.assignedAt[attempt]!)) {
      if (this.#world.nodes.joinedAt[node]! > 0) this.firstJobAt.set(node, returnedAt);
    }
    this.#current.work[cohort]! += work;
  }

  collateralSlashed(node: NodeIndex, cause: EvidenceKind, of: Collateral, amount: number, score: number): void {
    const isBondToken = of === Collateral.bondToken;
    (isBondToken ? this.slashedBonds : this.slashed)[node]! += amount;
    if (this.#isWarm) (isBondToken ? this.slashedBondsWarm : this.slashedWarm)[node]! += amount;
    this.slashings.add({ timeSeconds: this.#world.simulation.now, node, cause, of, amount, score });
    this.penalized(node);
  }

  penalized(node: NodeIndex): void {
    this.detection?.penalized(node, this.#world.simulation.now);
  }

  payClawedBack(node: NodeIndex, amount: number): void {
    this.clawedBack[node]! += amount;
  }

  /** Moment: warm-up ended; a sample of its own, unless one is due now, parts what comes before from what counts. */
  warmUpEnded(): void {
    const intervals = this.#world.simulation.now / this.options.sampleSeconds;
    if (Math.abs(intervals - Math.round(intervals)) > 1e-9) {
      this.#takeSample();
      this.#interval.clear();
    } else {
      this.#fold();
      this.#atWarmUp = { tally: this.#interval, latency: this.latency.mark, waiting: this.waiting.mark };
      this.#interval = new Tally(this.#world.cohorts.length, this.options.jobClasses);
    }
    this.latency.startAnew();
    this.waiting.startAnew();
    this.#isWarm = true;
  }

  nodeSuspended(node: NodeIndex, epoch: number, made: number, due: number): void {
    this.suspensions.add(this.#world, node, epoch, made, due);
  }

  epochPardoned(epoch: number): void {
    this.suspensions.pardoned.add(epoch);
  }

  epochEnded(): void {
    this.#fold();
    this.valued?.epochEnded(this.#world, this);
  }

  /** Moment: sample k at k × the interval; the row of counts is that of the interval ending here. */
  sampleTaken(ordinal: number): void {
    const { simulation } = this.#world;
    const { sampleSeconds, horizonSeconds } = this.options;
    this.#takeSample();
    if (this.#atWarmUp === null) this.#interval.clear();
    this.#atWarmUp = null;
    this.backlog.sampleTaken(this.#world, this.whole);
    this.recovery.take(this.#world);
    this.parity.take(this.#world);
    const next = (ordinal + 1) * sampleSeconds;
    if (next <= horizonSeconds) simulation.schedule(next, EventKind.sampleTaken, ordinal + 1, 0);
  }

  snapshotTaken(ordinal: number): void {
    const { machines, simulation } = this.#world;
    const { snapshotTimes, snapshotCohort } = this.options;
    let up = 0;
    for (let machine = 0; machine < machines.end; machine += handleStep) {
      if (machines.cohort[machine] === snapshotCohort) up += machines.isUp[machine]!;
    }
    this.snapshotCounts[ordinal] = up;
    const next = ordinal + 1;
    if (next < snapshotTimes.length) simulation.schedule(snapshotTimes[next]!, EventKind.snapshotTaken, next, 0);
  }

  /** Takes the last sample, if the horizon isn't one of the sample times, and closes what is open. */
  finish(): void {
    const now = this.#world.simulation.now;
    if (this.timeline.lastTime < now) this.#takeSample();
    else this.#fold();
    for (const window of this.#windows) window.finish(this.#counting);
  }

  /** Keeps the rows of jobs that are open at the end of the run, in the order of submission. */
  keepOpenJobs(): void {
    const { jobKeys, jobs } = this.#world;
    const open: JobIndex[] = [];
    eachOpenOfClients(this.#world, (job) => open.push(job));
    const order = (a: JobIndex, b: JobIndex) =>
      jobs.submittedAt[a]! - jobs.submittedAt[b]! ||
      jobs.workload[a]! - jobs.workload[b]! ||
      jobKeys.ordinal(a) - jobKeys.ordinal(b);
    for (const job of open.sort(order)) this.#keepJob(job, null);
  }

  #takeSample(): void {
    this.#fold();
    const now = { tally: this.#interval, latency: this.latency.mark, waiting: this.waiting.mark };
    const { tally, ...marks } = this.#atWarmUp ?? now;
    const latency = this.latency.since(this.#latencyMark, marks.latency);
    const waiting = this.waiting.since(this.#waitingMark, marks.waiting);
    this.#latencyMark = marks.latency;
    this.#waitingMark = marks.waiting;
    if (this.#isWarm) this.inLine.add(inLineOfClients(this.#world));
    const margin = this.security.take(this.#world, this.#isWarm);
    this.timeline.take(
      this.#world,
      this.slashed,
      tally,
      { latency, waiting },
      { margin, cheatingOf: this.#cheatingOf },
    );
  }

  readonly #cheatingOf = ({ index, isAttacker }: Cohort): Cheating =>
    isAttacker ? cheatingOf(this.#world, this, this.options.prices, index) : noCheating;

  /** Adds what was counted since the last fold to the tallies of longer spans. */
  #fold(): void {
    this.#reachEdges();
    for (const window of this.#windows) window.fold(this.#current);
    this.#interval.add(this.#current);
    this.whole.add(this.#current);
    if (this.#isWarm) this.total.add(this.#current);
    this.#current.clear();
  }

  /** Opens and closes the windows whose edges lie behind, before anything more is counted. */
  #reachEdges(): void {
    const { now } = this.#world.simulation;
    if (now < this.#nextEdge) return;
    for (const window of this.#windows) window.reach(now, this.#counting);
    this.#nextEdge = nearestEdge(this.#windows);
  }

  #countJob(job: JobIndex, outcome: JobOutcome): void {
    const { jobs } = this.#world;
    const tally = this.#current;
    const jobClass = jobs.jobClass[job]!;
    tally.ended++;
    tally.endedBy[jobClass]!++;
    if (jobs.assignedAt[job] !== jobs.submittedAt[job]) tally.waited++;
    if (outcome === JobOutcome.completed) {
      tally.completed++;
      tally.completedBy[jobClass]!++;
      tally.feesPaid += jobs.price[job]!;
      if (this.#world.truth.isNumeric(job)) this.#countNumeric(job);
      else if (this.#hasAcceptedWrong(job)) tally.wrongAccepted++;
      if (jobs.attemptsMade[job]! > 1) this.#countCommittee(job);
      if (this.#isInconclusive(job)) tally.inconclusive++;
    } else if (outcome === JobOutcome.rejected) {
      tally.rejected++;
      if (!this.#hasWrong(job)) tally.rightRejected++;
    } else if (outcome === JobOutcome.timedOut) {
      tally.timedOut++;
    } else {
      tally.unserved++;
    }
  }

  /** Whether the client of a job with a deadline had a result by what it was promised before anybody took the job. */
  #countDeadline(job: JobIndex, outcome: JobOutcome): void {
    const deadline = deadlineOf(this.#world, job);
    if (deadline === null) return;
    this.#current.withDeadline++;
    if (outcome !== JobOutcome.completed) return;
    const { jobs } = this.#world;
    const seconds = jobs.deliveredAt[job]! - jobs.submittedAt[job]!;
    if (seconds <= deadlineSeconds(deadline, jobs.work[job]!, 1)) this.#current.onTime++;
  }

  #countAttestations(job: JobIndex): void {
    const { jobs, attempts, ownership, panels } = this.#world;
    const { attestations } = this.#current;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
        for (let place = 0; place < panels.asked[panel]!; place++) {
          const member = panels.repliedOf(panel, place);
          if (member !== NONE) attestations[ownership.cohort[member]!]!++;
        }
      }
    }
  }

  /** Whether the verdict on a result, if there is one, was true. */
  #countResult(attempt: AttemptIndex, verdict: EvidenceKind): void {
    const { attempts, kinds, truth } = this.#world;
    if (attempts.state[attempt] !== AttemptState.returned) return;
    this.#current.returned++;
    const isFailure = kinds.isFailure[verdict] === 1;
    if (!isFailure && kinds.isAccepted[verdict] !== 1) return;
    const tally = this.#current;
    if (truth.isRight(attempt)) {
      tally.rightResults++;
      if (isFailure) tally.rightFailed++;
    } else {
      tally.wrongResults++;
      if (!isFailure) tally.wrongPassed++;
    }
  }

  /** True if the accepted result was wrong. */
  #hasAcceptedWrong(job: JobIndex): boolean {
    const { jobs, attempts, truth } = this.#world;
    if (truth.isNumeric(job)) return !truth.isNear(job, this.#givenValue(job));
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (this.#isAccepted(attempt) && !truth.isRight(attempt)) return true;
    }
    return false;
  }

  /** The value that the client of a completed numeric job was given: the scheme's, or the answer accepted last. */
  #givenValue(job: JobIndex): number {
    const { jobs, attempts, roles, truth } = this.#world;
    const value = roles.verification.accepted?.(job) ?? Number.NaN;
    if (!Number.isNaN(value)) return value;
    let attempt = jobs.lastAttempt[job]!;
    while (!this.#isAccepted(attempt)) attempt = attempts.nextOfJob[attempt]!;
    return truth.answer(attempt);
  }

  #countNumeric(job: JobIndex): void {
    const { truth } = this.#world;
    const value = this.#givenValue(job);
    if (this.#isWarm) this.answerError.add(truth.errorOf(job, value));
    if (!truth.isNear(job, value)) this.#current.wrongAccepted++;
  }

  /** Whether attackers gave most of the answers that stood side by side. */
  #countCommittee(job: JobIndex): void {
    const { jobs, attempts, secrets } = this.#world;
    let answers = 0;
    let hostile = 0;
    let areBeside = false;
    let laterAssignedAt = Number.POSITIVE_INFINITY;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] !== AttemptState.returned) continue;
      // an attempt that follows a failed one isn't beside it
      if (attempts.returnedAt[attempt]! > laterAssignedAt) areBeside = true;
      laterAssignedAt = attempts.assignedAt[attempt]!;
      answers++;
      if (this.#isAttackers[secrets.cohort(attempt)]) hostile++;
    }
    if (!areBeside) return;
    this.#current.committees++;
    if (2 * hostile > answers) this.#current.committeesCaptured++;
  }

  /** True if of the accepted results none was found right: the network could say nothing of any. */
  #isInconclusive(job: JobIndex): boolean {
    const { jobs, attempts } = this.#world;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (this.#isAccepted(attempt) && attempts.verdict[attempt] !== EvidenceKind.inconclusive) return false;
    }
    return true;
  }

  /** True for a client's attempt whose result was accepted. */
  #isAccepted(attempt: AttemptIndex): boolean {
    const { attempts, kinds } = this.#world;
    if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] !== AttemptState.returned) return false;
    return kinds.isAccepted[attempts.verdict[attempt]!] === 1;
  }

  /** True if a returned result was wrong. */
  #hasWrong(job: JobIndex): boolean {
    const { jobs, attempts, truth } = this.#world;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] !== AttemptState.returned) continue;
      if (!truth.isRight(attempt)) return true;
    }
    return false;
  }

  /** A lie that was accepted is worth the job's value at risk, shared by the attackers who told it. */
  #countStolen(job: JobIndex): void {
    const { jobs, attempts, ownership, truth } = this.#world;
    // what each of a committee answered is nothing to the client, who was given their consensus
    if (truth.isNumeric(job) && !this.#hasAcceptedWrong(job)) return;
    let thieves = 0;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (this.#isTheft(attempt)) thieves++;
    }
    if (thieves === 0) return;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (!this.#isTheft(attempt)) continue;
      this.stolen[ownership.operator[attempts.node[attempt]!]!]! += valueAtRisk(this.#world, job) / thieves;
    }
  }

  #isTheft(attempt: AttemptIndex): boolean {
    const { cohorts, secrets, truth } = this.#world;
    if (!cohorts[secrets.cohort(attempt)]!.isAttacker || !this.#isAccepted(attempt)) return false;
    // a fault of its hardware brings an attacker no more than anybody
    return truth.isLie(attempt);
  }

  #keepJob(job: JobIndex, why: Unserved | null): void {
    const world = this.#world;
    const { jobs, attempts, panels } = world;
    let lastWork = NONE;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] === AttemptKind.work && lastWork === NONE) lastWork = attempt;
      for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
        for (let place = 0; place < panels.asked[panel]!; place++) {
          this.attestations.keep({ world, job, attempt, panel, place });
        }
      }
    }
    const isGiven = jobs.outcome[job] === JobOutcome.completed && world.truth.isNumeric(job);
    const answer = isGiven ? this.#givenValue(job) : Number.NaN;
    this.jobs.keep(submittedJob(world, job, { lastWork, why, hasWrong: this.#hasWrong(job), answer }));
  }
}

/** Counts a job by its reason, and beside it by what the policy goes by. */
function countWhy(jobClass: number, { cause, reason }: Unserved, byReason: Float64Array, byCause: Float64Array): void {
  byReason[jobClass * unservedReasonCount + reason]!++;
  if (cause !== NONE) byCause[jobClass * policyCauseCount + cause]!++;
}

function nearestEdge(windows: readonly CountedWindow[]): number {
  return smallest(windows.map(({ nextEdge }) => nextEdge));
}
