import { AttemptKind, AttemptState, checkedAttempt, verdictPending } from '../columns/attempts.js';
import { deadlineSeconds } from '../columns/job-class.js';
import { JobOutcome } from '../columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import { EvidenceKind, isAccepted } from '../contract/evidence.js';
import { NextStep } from '../contract/roles.js';
import { EventKind } from '../events.js';
import { nodeChanged } from '../matching/openings.js';
import { createServing } from '../matching/serving.js';
import type { Solvency } from '../matching/solvency.js';
import { startLimit } from '../matching/start-limit.js';
import { deadlineOf, type World } from '../world/world.js';
import type { Execution } from './execution.js';
import type { Observers } from './observers.js';
import type { Settlement } from './settlement.js';

export type JobLifecycle = ReturnType<typeof createJobLifecycle>;

/**
 * The orchestrator's side of a job's life, each moment an event and each question to a mechanism in order:
 * submitted → assigned → (executed) → returned → observed → verified → settled → final.
 */
export function createJobLifecycle(world: World, settlement: Settlement, solvency: Solvency) {
  const {
    attempts,
    firstClientAccount,
    jobs,
    journal,
    ledger,
    network,
    nodes,
    openings,
    operators,
    ownership,
    roles,
    rules,
    simulation,
    waiting,
    workloads,
  } = world;
  const serving = createServing(world, assignWanted);
  let execution: Execution;
  let observers: Observers;
  /** With unlimited queues a node is open whatever it has; only some policies look at how much that is. */
  const loadMatters = rules.queueLimit !== Number.POSITIVE_INFINITY || roles.assignment.weighsLoad === true;
  let submitted = 0;

  /** The sides know each other; called once while building. */
  function connect(theExecution: Execution, theObservers: Observers): void {
    execution = theExecution;
    observers = theObservers;
  }

  /** Jobs submitted so far, refused ones included. */
  function submittedJobs(): number {
    return submitted;
  }

  /** Moment: job submitted. Its fee goes into escrow, or it is refused. */
  function jobSubmitted(workloadIndex: number): void {
    const workload = workloads[workloadIndex]!;
    const ordinal = workload.nextOrdinal++;
    submitted++;
    scheduleArrival(workloadIndex);
    const { fee, jobClass } = workload.settings;
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
    want(job, roles.verification.attemptsAtSubmission(job), false);
    serving.serve();
  }

  function scheduleArrival(workloadIndex: number): void {
    const at = workloads[workloadIndex]!.nextArrival();
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.jobSubmitted, workloadIndex, 0);
  }

  /** Asks for `count` more attempts: assigned now as far as nodes are free, the others wait in line. */
  function want(job: JobIndex, count: number, isRecheck: boolean): void {
    jobs.attemptsWanted[job]! += count;
    jobs.recheckWanted[job] = isRecheck ? 1 : 0;
    const jobClass = assignedClass(job);
    // nodes that opened are offered first to those who wait already
    const isBehind = waiting.size > 0 && !openings.isEmpty;
    if ((!isBehind && assignWanted(job, jobClass)) || jobs.isWaiting[job] === 1) return;
    const deadline = deadlineOf(world, job);
    waiting.add(job, jobClass, startLimit(world, job));
    jobs.waitsUntil[job] = Number.POSITIVE_INFINITY;
    if (deadline === null) return;
    const clockStart = isRecheck ? simulation.now : jobs.submittedAt[job]!;
    const expiresAt = Math.max(simulation.now, clockStart + deadlineSeconds(deadline, jobs.work[job]!, 1));
    jobs.waitsUntil[job] = expiresAt;
    simulation.schedule(expiresAt, EventKind.jobExpired, job, jobs.generation[job]!);
  }

  /** Class under which the wanted attempts are assigned: recomputations may have one of their own. */
  function assignedClass(job: JobIndex): number {
    return jobs.recheckWanted[job] === 1 && rules.recheckClass !== NONE ? rules.recheckClass : jobs.jobClass[job]!;
  }

  /**
   * Assigns wanted attempts while there are nodes; true when none is wanted any more.
   *
   * With instant messages an attempt can end, and its job with it, before this returns: hence the generation.
   */
  function assignWanted(job: JobIndex, jobClass: number): boolean {
    const generation = jobs.generation[job]!;
    while (jobs.attemptsWanted[job]! > 0) {
      if (!roles.assignment.hasCandidate(jobClass)) return false;
      const node = roles.assignment.assign(job, jobClass);
      if (node === NONE) return false;
      if (--jobs.attemptsWanted[job]! === 0 && jobs.isWaiting[job] === 1) waiting.remove(job, jobClass);
      jobAssigned(job, node);
      if (jobs.generation[job] !== generation) return true;
    }
    return true;
  }

  /** Moment: job assigned. The request travels to the node. */
  function jobAssigned(job: JobIndex, node: NodeIndex): void {
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
    if (!isRecheck) jobs.price[job] = Math.min(jobs.fee[job]!, roles.rewards.price(job, node));
    const bond = roles.rewards.bond(job, node);
    if (bond > 0) {
      const operator = ownership.operator[node]!;
      ledger.lockBond(operator, bond);
      operators.lock(operator, bond, simulation.now);
      attempts.bond[attempt] = bond;
      solvency.balanceChanged(operator);
    }
    const deadline = deadlineOf(world, job);
    // a recomputation starts its own clock: the job it checks may be late already
    const clockStart = isRecheck ? simulation.now : jobs.submittedAt[job]!;
    attempts.deadlineAt[attempt] =
      deadline === null
        ? Number.POSITIVE_INFINITY
        : clockStart + deadlineSeconds(deadline, jobs.work[job]!, nodes.throughput[node]!);
    nodes.assigned[node]!++;
    if (loadMatters) nodeChanged(world, node);
    const generation = attempts.generation[attempt]!;
    if (deadline !== null) {
      const at = Math.max(simulation.now, attempts.deadlineAt[attempt]!);
      simulation.schedule(at, EventKind.attemptTimedOut, attempt, generation);
    }
    const latency = network.isInstant ? 0 : network.latency(jobs.region[job]!, nodes.region[node]!);
    if (latency === 0) execution.requestArrived(attempt);
    else simulation.schedule(simulation.now + latency, EventKind.requestArrived, attempt, generation);
  }

  /** Moment: the result, the refusal, or word of the failure reached the orchestrator. */
  function resultArrived(attempt: AttemptIndex): void {
    if (attempts.verdict[attempt] !== verdictPending) {
      attemptLost(attempt, attempts.verdict[attempt]! as EvidenceKind);
      return;
    }
    attempts.state[attempt] = AttemptState.returned;
    attempts.returnedAt[attempt] = simulation.now;
    // whatever else was on its way to this attempt, such as its deadline, is stale now
    attempts.outdate(attempt);
    attemptEnded(attempt);
  }

  /** Moment: attempt timed out, unacknowledged or past its deadline. */
  function attemptTimedOut(attempt: AttemptIndex): void {
    const finding = attempts.verdict[attempt]!;
    execution.cancel(attempt);
    // a refusal on its way back stays one
    attemptLost(attempt, finding === verdictPending ? EvidenceKind.timeout : (finding as EvidenceKind));
  }

  /** Moment: the attempt will never return. */
  function attemptLost(attempt: AttemptIndex, finding: EvidenceKind): void {
    attempts.verdict[attempt] = finding;
    attempts.state[attempt] = AttemptState.failed;
    attempts.outdate(attempt);
    attemptEnded(attempt);
  }

  function attemptEnded(attempt: AttemptIndex): void {
    const node = attempts.node[attempt]!;
    nodes.assigned[node]!--;
    jobs.attemptsOpen[attempts.job[attempt]!]!--;
    follow(roles.verification.attemptEnded(attempt), attempt);
    if (loadMatters) nodeChanged(world, node);
    serving.serve();
  }

  /** Moment: the observers' replies are in, or the time to reply is over. */
  function observed(attempt: AttemptIndex): void {
    follow(roles.verification.observed(attempt), attempt);
    // a verdict can return a bond, and so make a node eligible
    serving.serve();
  }

  function follow(first: NextStep, attempt: AttemptIndex): void {
    const job = attempts.job[attempt]!;
    let step = first;
    while (step === NextStep.verdict) {
      withdrawOpen(job);
      const next = roles.verification.afterVerdict?.(attempt) ?? null;
      if (next === null) {
        jobVerified(job, JobOutcome.timedOut);
        return;
      }
      step = next;
    }
    if (step === NextStep.observe) {
      const subject = roles.verification.subject?.(attempt) ?? checkedAttempt(attempts, attempt);
      observers.ask(subject, roles.verification.observers(subject));
    } else if (step === NextStep.attempt) want(job, roles.verification.attemptsMore?.(job) ?? 1, false);
    else if (step === NextStep.recheck) want(job, 1, true);
  }

  /** Decided without them: attempts still under way end without a finding, and no more are wanted. */
  function withdrawOpen(job: JobIndex): void {
    if (jobs.isWaiting[job] === 1) waiting.remove(job, assignedClass(job));
    jobs.attemptsWanted[job] = 0;
    if (jobs.attemptsOpen[job] === 0) return;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      const state = attempts.state[attempt];
      if (state === AttemptState.returned || state === AttemptState.failed) continue;
      execution.cancel(attempt);
      attempts.verdict[attempt] = EvidenceKind.withdrawn;
      jobs.attemptsOpen[job]!--;
      nodes.assigned[attempts.node[attempt]!]!--;
      nodeChanged(world, attempts.node[attempt]!);
    }
  }

  /** Moment: a waiting job's time is over. */
  function jobExpired(job: JobIndex): boolean {
    // an earlier wait's event is stale
    if (jobs.isWaiting[job] === 0 || jobs.waitsUntil[job] !== simulation.now) return false;
    waiting.remove(job, assignedClass(job));
    jobs.attemptsWanted[job] = 0;
    if (jobs.attemptsOpen[job]! > 0) return true;
    if (jobs.attemptsMade[job] === 0) jobVerified(job, JobOutcome.unserved);
    else follow(NextStep.verdict, jobs.lastAttempt[job]!);
    return true;
  }

  /** Moment: job verified, hence settled and final. `otherwise` is the outcome if no attempt returned. */
  function jobVerified(job: JobIndex, otherwise: JobOutcome): void {
    /** When the last result was in, of all and of those that are accepted. */
    let returnedAt = Number.NaN;
    let acceptedAt = Number.NaN;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.state[attempt] === AttemptState.returned) {
        const finding = roles.verification.verdict(attempt) ?? EvidenceKind.success;
        attempts.verdict[attempt] = finding;
        if (attempts.kind[attempt] !== AttemptKind.work) continue;
        const at = attempts.returnedAt[attempt]!;
        if (!(at <= returnedAt)) returnedAt = at;
        if (isAccepted(finding) && !(at <= acceptedAt)) acceptedAt = at;
      }
    }
    const hasResult = !Number.isNaN(acceptedAt);
    jobs.deliveredAt[job] = hasResult ? acceptedAt : returnedAt;
    jobs.outcome[job] = hasResult ? JobOutcome.completed : Number.isNaN(returnedAt) ? otherwise : JobOutcome.rejected;
    jobSettled(job, hasResult);
  }

  function jobSettled(job: JobIndex, hasResult: boolean): void {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      settlement.settleAttempt(attempt);
    }
    settlement.payJob(job, hasResult);
    journal.jobFinal(job, jobs.outcome[job]! as JobOutcome);
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; ) {
      const next = attempts.nextOfJob[attempt]!;
      attempts.recycle(attempt);
      attempt = next;
    }
    jobs.recycle(job);
  }

  return {
    connect,
    submittedJobs,
    jobSubmitted,
    scheduleArrival,
    resultArrived,
    attemptTimedOut,
    attemptLost,
    observed,
    jobExpired,
    serveWaiting: serving.serve,
    serveAfterReview: serving.serveAfterReview,
  };
}
