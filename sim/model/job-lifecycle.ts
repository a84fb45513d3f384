import { AttemptKind, AttemptState, verdictPending } from './attempts.js';
import { EventKind } from './events.js';
import { EvidenceKind } from './evidence.js';
import type { AttemptEnds, Execution } from './execution.js';
import { deadlineSeconds } from './job-class.js';
import { JobOutcome } from './jobs.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from './nodes.js';
import type { Observers } from './observers.js';
import { NextStep } from './roles.js';
import type { Settlement } from './settlement.js';
import { WaitingJobs } from './waiting-jobs.js';
import { deadlineOf, type World } from './world.js';

/** Waiting jobs looked at when a node frees: only a job that the freed node doesn't fit makes it more than one. */
const waitingWalkMost = 64;

/**
 * The orchestrator's side of a job's life, each moment an event and each question to a mechanism in order:
 * submitted → assigned → (executed) → returned → observed → verified → settled → final.
 */
export class JobLifecycle implements AttemptEnds {
  readonly #world: World;
  readonly #settlement: Settlement;
  readonly waiting: WaitingJobs;
  #execution!: Execution;
  #observers!: Observers;
  #submitted = 0;
  #isServing = false;

  constructor(world: World, settlement: Settlement) {
    this.#world = world;
    this.#settlement = settlement;
    this.waiting = new WaitingJobs(world.jobs, world.classes.length);
  }

  /** The sides know each other; called once while building. */
  connect(execution: Execution, observers: Observers): void {
    this.#execution = execution;
    this.#observers = observers;
  }

  /** Jobs submitted so far, refused ones included. */
  get submitted(): number {
    return this.#submitted;
  }

  /** Moment: job submitted. Its fee goes into escrow, or it is refused. */
  jobSubmitted(workloadIndex: number): void {
    const { workloads, jobs, ledger, simulation, roles, journal, firstClientAccount } = this.#world;
    const workload = workloads[workloadIndex]!;
    const ordinal = workload.nextOrdinal++;
    this.#submitted++;
    this.scheduleArrival(workloadIndex);
    const { fee, valueAtRisk, jobClass } = workload.settings;
    if (!ledger.escrowFee(firstClientAccount + workloadIndex, fee)) {
      journal.jobUnfunded();
      return;
    }
    const job = jobs.take();
    jobs.workload[job] = workloadIndex;
    jobs.ordinal[job] = ordinal;
    jobs.jobClass[job] = jobClass;
    jobs.region[job] = workload.region(ordinal);
    jobs.submittedAt[job] = simulation.now;
    jobs.work[job] = workload.work(ordinal);
    jobs.fee[job] = fee;
    jobs.valueAtRisk[job] = valueAtRisk;
    this.#want(job, roles.verification.attemptsAtSubmission(job), false);
  }

  scheduleArrival(workloadIndex: number): void {
    const at = this.#world.workloads[workloadIndex]!.nextArrival();
    if (at < Number.POSITIVE_INFINITY) this.#world.simulation.schedule(at, EventKind.jobSubmitted, workloadIndex, 0);
  }

  /** Asks for `count` more attempts: assigned now as far as nodes are free, the others wait in line. */
  #want(job: JobIndex, count: number, isRecheck: boolean): void {
    const { jobs } = this.#world;
    jobs.attemptsWanted[job]! += count;
    jobs.recheckWanted[job] = isRecheck ? 1 : 0;
    const jobClass = this.#assignedClass(job);
    if (this.#assignWanted(job, jobClass) || jobs.isWaiting[job] === 1) return;
    this.waiting.add(job, jobClass);
    const deadline = deadlineOf(this.#world, job);
    if (deadline === null || isRecheck) return;
    const expiresAt = jobs.submittedAt[job]! + deadlineSeconds(deadline, jobs.work[job]!, 1);
    const { simulation } = this.#world;
    simulation.schedule(Math.max(simulation.now, expiresAt), EventKind.jobExpired, job, jobs.generation[job]!);
  }

  /** Class under which the wanted attempts are assigned: recomputations may have one of their own. */
  #assignedClass(job: JobIndex): number {
    const { jobs, rules } = this.#world;
    return jobs.recheckWanted[job] === 1 && rules.recheckClass !== NONE ? rules.recheckClass : jobs.jobClass[job]!;
  }

  /**
   * Assigns wanted attempts while there are nodes; true when none is wanted any more.
   *
   * With instant messages an attempt can end, and its job with it, before this returns: hence the generation.
   */
  #assignWanted(job: JobIndex, jobClass: number): boolean {
    const { jobs, roles } = this.#world;
    const generation = jobs.generation[job]!;
    while (jobs.attemptsWanted[job]! > 0) {
      if (!roles.assignment.hasCandidate(jobClass)) return false;
      const node = roles.assignment.assign(job, jobClass);
      if (node === NONE) return false;
      if (--jobs.attemptsWanted[job]! === 0 && jobs.isWaiting[job] === 1) this.waiting.remove(job, jobClass);
      this.#jobAssigned(job, node);
      if (jobs.generation[job] !== generation) return true;
    }
    return true;
  }

  /** Moment: job assigned. The request travels to the node. */
  #jobAssigned(job: JobIndex, node: NodeIndex): void {
    const { jobs, attempts, nodes, roles, rules, network, simulation, ledger, ownership, operators } = this.#world;
    const isRecheck = jobs.recheckWanted[job] === 1;
    const attempt = attempts.take();
    attempts.job[attempt] = job;
    attempts.node[attempt] = node;
    attempts.number[attempt] = jobs.attemptsMade[job]!++;
    attempts.kind[attempt] = isRecheck ? AttemptKind.recheck : AttemptKind.work;
    attempts.assignedAt[attempt] = simulation.now;
    attempts.nextOfJob[attempt] = jobs.lastAttempt[job]!;
    jobs.lastAttempt[job] = attempt;
    jobs.attemptsOpen[job]!++;
    if (Number.isNaN(jobs.assignedAt[job]!)) jobs.assignedAt[job] = simulation.now;
    const bond = roles.rewards.bond(job, node);
    if (bond > 0) {
      ledger.lockBond(ownership.operator[node]!, bond);
      operators.lock(ownership.operator[node]!, bond, simulation.now);
      attempts.bond[attempt] = bond;
    }
    const seconds = deadlineSeconds(deadlineOf(this.#world, job), jobs.work[job]!, nodes.throughput[node]!);
    // a recomputation starts its own clock: the job it checks may be late already
    attempts.deadlineAt[attempt] = (isRecheck ? simulation.now : jobs.submittedAt[job]!) + seconds;
    nodes.assigned[node]!++;
    if (rules.queueLimit !== Number.POSITIVE_INFINITY) roles.assignment.nodeChanged(node);
    const generation = attempts.generation[attempt]!;
    if (seconds < Number.POSITIVE_INFINITY) {
      const at = Math.max(simulation.now, attempts.deadlineAt[attempt]!);
      simulation.schedule(at, EventKind.attemptTimedOut, attempt, generation);
    }
    const latency = network.isInstant ? 0 : network.latency(jobs.region[job]!, nodes.region[node]!);
    if (latency === 0) this.#execution.requestArrived(attempt);
    else simulation.schedule(simulation.now + latency, EventKind.requestArrived, attempt, generation);
  }

  /** Moment: the result, the refusal, or word of the failure reached the orchestrator. */
  resultArrived(attempt: AttemptIndex): void {
    const { attempts, jobs, simulation } = this.#world;
    if (attempts.verdict[attempt] !== verdictPending) {
      this.attemptLost(attempt, attempts.verdict[attempt]! as EvidenceKind);
      return;
    }
    const job = attempts.job[attempt]!;
    attempts.state[attempt] = AttemptState.returned;
    attempts.returnedAt[attempt] = simulation.now;
    // whatever else was on its way to this attempt, such as its deadline, is stale now
    attempts.outdate(attempt);
    if (attempts.kind[attempt] === AttemptKind.work && Number.isNaN(jobs.deliveredAt[job]!)) {
      jobs.deliveredAt[job] = simulation.now;
    }
    this.#attemptEnded(attempt);
  }

  /** Moment: attempt timed out, unacknowledged or past its deadline. */
  attemptTimedOut(attempt: AttemptIndex): void {
    this.#execution.cancel(attempt);
    this.attemptLost(attempt, EvidenceKind.timeout);
  }

  /** Moment: the attempt will never return. */
  attemptLost(attempt: AttemptIndex, finding: EvidenceKind): void {
    const { attempts } = this.#world;
    attempts.verdict[attempt] = finding;
    attempts.state[attempt] = AttemptState.failed;
    attempts.outdate(attempt);
    this.#attemptEnded(attempt);
  }

  #attemptEnded(attempt: AttemptIndex): void {
    const { attempts, jobs, nodes, roles, rules } = this.#world;
    const node = attempts.node[attempt]!;
    nodes.assigned[node]!--;
    jobs.attemptsOpen[attempts.job[attempt]!]!--;
    this.#follow(roles.verification.attemptEnded(attempt), attempt);
    if (rules.queueLimit !== Number.POSITIVE_INFINITY) roles.assignment.nodeChanged(node);
    this.serveWaiting();
  }

  /** Moment: the observers' replies are in, or the time to reply is over. */
  readonly observed = (attempt: AttemptIndex): void => {
    this.#follow(this.#world.roles.verification.observed(attempt), attempt);
  };

  #follow(step: NextStep, attempt: AttemptIndex): void {
    const job = this.#world.attempts.job[attempt]!;
    if (step === NextStep.observe) this.#observers.ask(attempt, this.#world.roles.verification.observers(attempt));
    else if (step === NextStep.attempt) this.#want(job, 1, false);
    else if (step === NextStep.recheck) this.#want(job, 1, true);
    else if (step === NextStep.verdict) this.#jobVerified(job, JobOutcome.timedOut);
  }

  /** Moment: a waiting job's time is over. */
  jobExpired(job: JobIndex): boolean {
    const { jobs } = this.#world;
    if (jobs.isWaiting[job] === 0 || jobs.recheckWanted[job] === 1) return false;
    this.waiting.remove(job, this.#assignedClass(job));
    jobs.attemptsWanted[job] = 0;
    if (jobs.attemptsOpen[job]! > 0) return true;
    this.#jobVerified(job, jobs.attemptsMade[job] === 0 ? JobOutcome.unserved : JobOutcome.timedOut);
    return true;
  }

  /** Moment: job verified, hence settled and final. `otherwise` is the outcome if no attempt returned. */
  #jobVerified(job: JobIndex, otherwise: JobOutcome): void {
    const { jobs, attempts, roles } = this.#world;
    if (jobs.isWaiting[job] === 1) this.waiting.remove(job, this.#assignedClass(job));
    let isAccepted = false;
    let isReturned = false;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.state[attempt] === AttemptState.returned) {
        const finding = roles.verification.verdict(attempt) ?? EvidenceKind.success;
        attempts.verdict[attempt] = finding;
        if (attempts.kind[attempt] !== AttemptKind.work) continue;
        isReturned = true;
        isAccepted ||= finding === EvidenceKind.success || finding === EvidenceKind.inconclusive;
      } else if (attempts.state[attempt] !== AttemptState.failed) {
        // decided without it
        this.#execution.cancel(attempt);
        attempts.verdict[attempt] = EvidenceKind.withdrawn;
        this.#world.nodes.assigned[attempts.node[attempt]!]!--;
      }
    }
    jobs.outcome[job] = isAccepted ? JobOutcome.completed : isReturned ? JobOutcome.rejected : otherwise;
    this.#jobSettled(job, isAccepted);
  }

  #jobSettled(job: JobIndex, isAccepted: boolean): void {
    const { jobs, attempts, journal } = this.#world;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      this.#settlement.settleAttempt(attempt);
    }
    this.#settlement.payJob(job, isAccepted);
    journal.jobFinal(job, jobs.outcome[job]! as JobOutcome);
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; ) {
      const next = attempts.nextOfJob[attempt]!;
      attempts.recycle(attempt);
      attempt = next;
    }
    jobs.recycle(job);
  }

  /** A node can take work again: the longest waiting jobs get it, first come, first served across classes. */
  readonly serveWaiting = (): void => {
    if (this.waiting.size === 0 || this.#isServing) return;
    this.#isServing = true;
    while (this.#serveOne());
    this.#isServing = false;
  };

  /** Serves the first waiting job that a free node fits; false if there is none. */
  #serveOne(): boolean {
    const { roles, jobs, classes } = this.#world;
    const waiting = this.waiting;
    let chosen = NONE;
    for (let jobClass = 0; jobClass < classes.length; jobClass++) {
      const head = waiting.first(jobClass);
      if (head === NONE || !roles.assignment.hasCandidate(jobClass)) continue;
      if (chosen === NONE || jobs.submittedAt[head]! < jobs.submittedAt[waiting.first(chosen)]!) chosen = jobClass;
    }
    if (chosen === NONE) return false;
    let job = waiting.first(chosen);
    for (let walked = 0; job !== NONE && walked < waitingWalkMost; walked++) {
      if (this.#assignWanted(job, chosen)) return true;
      job = waiting.next(job);
    }
    return false;
  }
}
