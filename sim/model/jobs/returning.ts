import { AttemptKind, AttemptState, checkedAttempt, verdictPending } from '../columns/attempts.js';
import { JobOutcome } from '../columns/jobs.js';
import { Limit } from '../columns/limits.js';
import { type AttemptIndex, type JobIndex, NONE, type PanelIndex } from '../columns/nodes.js';
import { EvidenceKind } from '../contract/evidence.js';
import { NextStep } from '../contract/roles.js';
import { EventKind } from '../events.js';
import type { Matching } from '../matching/matching.js';
import type { Serving } from '../matching/serving.js';
import { WorkState } from '../truth/secrets.js';
import type { World } from '../world/world.js';
import type { Assigning } from './assigning.js';
import type { Challenges } from './challenges.js';
import type { Execution } from './execution.js';
import type { PanelLife } from './panel-life.js';
import type { Verdicts } from './verdicts.js';

/** The parts of lives that an attempt's end acts on. */
interface Parts {
  readonly assigning: Assigning;
  readonly challenges: Challenges;
  readonly execution: Execution;
  readonly matching: Matching;
  readonly panelLife: PanelLife;
  readonly serving: Serving;
  readonly verdicts: Verdicts;
}

/** What follows when an attempt ends, a panel has replied, or a wait is over, as the verification scheme says. */
export function createReturning(world: World, parts: Parts) {
  const { attempts, cohorts, jobs, limits, nodes, ownership, panels, roles, secrets, simulation } = world;
  const { verification } = roles;
  const { challenges, execution, panelLife } = parts;
  const { loadMatters, unwant, want } = parts.assigning;
  const { nodeChanged } = parts.matching;
  const { serve } = parts.serving;
  const { jobVerified } = parts.verdicts;

  /** Moment: the result, the refusal, or word of the failure reached the orchestrator. */
  function resultArrived(attempt: AttemptIndex): void {
    const finding = secrets.finding(attempt);
    if (finding !== verdictPending) {
      attemptLost(attempt, finding);
      return;
    }
    if (secrets.admitsFault(attempt)) attempts.admitsFault[attempt] = 1;
    attempts.state[attempt] = AttemptState.returned;
    attempts.returnedAt[attempt] = simulation.now;
    const isHidden = jobs.hides(attempts.job[attempt]!, attempts.number[attempt]!);
    if (!Number.isNaN(secrets.confidence(attempt)) && !isHidden) publish(attempt);
    // whatever else was on its way to this attempt, such as its deadline, is stale now
    attempts.outdate(attempt);
    attemptEnded(attempt);
  }

  /** True if the attempt is done, or its result arrives, at this instant: what is due at the deadline is in time. */
  function isDueNow(attempt: AttemptIndex): boolean {
    const state = secrets.state(attempt);
    return (state === WorkState.running || state === WorkState.gone) && secrets.finishAt(attempt) === simulation.now;
  }

  /** Moment: attempt timed out, unacknowledged or past its deadline. */
  function attemptTimedOut(attempt: AttemptIndex): void {
    const finding = secrets.finding(attempt);
    execution.cancel(attempt);
    // a refusal on its way back stays one
    attemptLost(attempt, finding === verdictPending ? EvidenceKind.timeout : finding);
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
    if (attempts.kind[attempt] === AttemptKind.check) challenges.checkEnded(attempt);
    else follow(verification.attemptEnded(attempt), attempt);
    if (loadMatters()) nodeChanged(node);
    serve();
  }

  /** Moment: the replies of a panel are in, or the time to reply is over. */
  function panelClosed(panel: PanelIndex): void {
    follow(verification.panelClosed!(panel), panels.attempt[panel]!);
    // a verdict can return a bond, and so make a node eligible
    serve();
  }

  /** Moment: the time to reveal is over; who committed to an answer and withholds it has failed. */
  function answersRevealed(job: JobIndex): void {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] !== AttemptState.returned) continue;
      // what came open under an earlier scheme of a list
      if (!jobs.hides(job, attempts.number[attempt]!)) continue;
      const node = attempts.node[attempt]!;
      if (cohorts[ownership.cohort[node]!]!.strategy.reveals?.(node, attempt) !== false) {
        if (!Number.isNaN(secrets.confidence(attempt))) publish(attempt);
      } else {
        attempts.state[attempt] = AttemptState.failed;
        attempts.verdict[attempt] = EvidenceKind.unrevealed;
      }
    }
    jobs.reveal(job, simulation.now);
    follow(verification.revealed?.(job) ?? NextStep.verdict, jobs.lastAttempt[job]!);
    serve();
  }

  /** What the node states of its answer is known with it. */
  function publish(attempt: AttemptIndex): void {
    attempts.publishConfidence(attempt, secrets.confidence(attempt));
  }

  /** `otherwise` is the outcome if the verdict falls and no attempt returned. */
  function follow(first: NextStep, attempt: AttemptIndex, otherwise: JobOutcome = JobOutcome.timedOut): void {
    const job = attempts.job[attempt]!;
    let step = first;
    while (step === NextStep.verdict) {
      if (jobs.watch[job] !== NONE) {
        challenges.disputeEnded(job);
        return;
      }
      withdrawOpen(job);
      if (jobs.isSealed[job] === 1 && verification.staysSealed?.(attempt) !== true) {
        if (jobs.hidesSome(job)) {
          const until = simulation.now + verification.revealSeconds!(job)!;
          simulation.schedule(until, EventKind.answersRevealed, job, jobs.generation[job]!);
          return;
        }
        jobs.unseal(job);
      }
      const next = verification.afterVerdict?.(attempt) ?? null;
      if (next === null) {
        jobVerified(job, otherwise);
        return;
      }
      step = next;
    }
    if (step === NextStep.panel) {
      const subject = verification.subject?.(attempt) ?? checkedAttempt(attempts, attempt);
      panelLife.panelAsked(subject, verification.panel!(subject));
    } else if (step === NextStep.attempt) want(job, verification.attemptsMore?.(job) ?? 1, false);
    else if (step === NextStep.recheck) want(job, 1, true);
  }

  /** Decided without them: attempts still under way end without a finding, and no more are wanted. */
  function withdrawOpen(job: JobIndex): void {
    unwant(job);
    if (jobs.attemptsOpen[job] === 0) return;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.state[attempt] !== AttemptState.open) continue;
      execution.cancel(attempt);
      attempts.verdict[attempt] = EvidenceKind.withdrawn;
      jobs.attemptsOpen[job]!--;
      nodes.assigned[attempts.node[attempt]!]!--;
      nodeChanged(attempts.node[attempt]!);
    }
  }

  /** Nobody took what the job wants; that a recomputation doesn't take place is counted. */
  function endWanting(job: JobIndex): void {
    if (jobs.recheckWanted[job] === 1) limits.hit(Limit.rechecks, simulation.now);
    unwant(job);
  }

  /** Moment: a waiting job's time is over. */
  function jobExpired(job: JobIndex): boolean {
    // an earlier wait's event is stale
    if (jobs.isWaiting[job] === 0 || jobs.waitsUntil[job] !== simulation.now) return false;
    endWanting(job);
    if (jobs.attemptsOpen[job]! > 0 && jobs.watch[job] === NONE) return true;
    if (jobs.attemptsMade[job] === 0) jobVerified(job, JobOutcome.unserved);
    else follow(NextStep.verdict, jobs.lastAttempt[job]!);
    return true;
  }

  /** Moment: nobody is left who could take what the job still wants; attempts under way decide, or none does. */
  function jobStranded(job: JobIndex): void {
    endWanting(job);
    if (jobs.attemptsOpen[job]! > 0 && jobs.watch[job] === NONE) return;
    if (jobs.attemptsMade[job] === 0) jobVerified(job, JobOutcome.unserved);
    else follow(NextStep.verdict, jobs.lastAttempt[job]!, JobOutcome.unserved);
  }

  return {
    resultArrived,
    isDueNow,
    attemptTimedOut,
    attemptLost,
    panelClosed,
    answersRevealed,
    follow,
    withdrawOpen,
    jobExpired,
    jobStranded,
  };
}
