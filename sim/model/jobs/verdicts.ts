import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { JobOutcome } from '../columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import type { Unserved } from '../columns/unserved-reason.js';
import { EvidenceKind } from '../contract/evidence.js';
import type { Matching } from '../matching/matching.js';
import type { World } from '../world/world.js';
import type { Challenges } from './challenges.js';
import type { Settlement } from './settlement.js';

const nobody: readonly NodeIndex[] = [];

export type Verdicts = ReturnType<typeof createVerdicts>;

interface Parts {
  readonly challenges: Challenges;
  readonly matching: Matching;
  readonly settlement: Settlement;
}

/** The end of a job: the scheme's verdict on each attempt and hence on the job, settled at once where nobody looks. */
export function createVerdicts(world: World, { challenges, matching, settlement }: Parts) {
  const { capacity, unservedReasons } = matching;
  const { attempts, jobKeys, jobs, journal, kinds, ledger, panels, roles, secrets, simulation } = world;

  /** Moment: job verified. `otherwise` is the outcome if no attempt returned. */
  function jobVerified(job: JobIndex, otherwise: JobOutcome): void {
    /** When the last result was in, of all and of those that are accepted. */
    let returnedAt = Number.NaN;
    let acceptedAt = Number.NaN;
    const revealedAt = jobs.revealedAt(job);
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.state[attempt] === AttemptState.returned) {
        const finding = roles.verification.verdict(attempt) ?? EvidenceKind.success;
        attempts.verdict[attempt] = finding;
        // two runs that differ in answers or verdicts alone have other fingerprints, too
        simulation.witness(finding);
        simulation.witness(secrets.answer(attempt));
        if (attempts.kind[attempt] !== AttemptKind.work) continue;
        // nobody has an answer before it is revealed
        const at = Math.max(attempts.returnedAt[attempt]!, revealedAt);
        if (!(at <= returnedAt)) returnedAt = at;
        if (kinds.isAccepted[finding] === 1 && !(at <= acceptedAt)) acceptedAt = at;
      }
    }
    const hasResult = !Number.isNaN(acceptedAt);
    jobs.deliveredAt[job] = hasResult ? acceptedAt : returnedAt;
    jobs.outcome[job] = hasResult ? JobOutcome.completed : Number.isNaN(returnedAt) ? otherwise : JobOutcome.rejected;
    // asked before the settlement changes anything
    const why = jobs.outcome[job] === JobOutcome.unserved ? unservedReasons.whyFor(job) : null;
    if (why !== null && jobKeys.isClients(job)) journal.jobLacksNode(job, why.reason, capacity);
    jobSettled(job, hasResult, why);
  }

  /**
   * Moment: job settled, attempt by attempt; where nobody looks at an accepted result it is final with that. What is
   * looked at is no success yet: it waits until nobody can challenge it any more.
   */
  function jobSettled(job: JobIndex, hasResult: boolean, why: Unserved | null): void {
    const window = hasResult ? (roles.verification.window?.(job) ?? null) : null;
    const checkers = window === null ? nobody : challenges.called(job, window);
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (checkers.length === 0 || !isAccepted(attempt)) settlement.settleAttempt(attempt, NONE);
    }
    if (window === null) jobFinal(job, 0, why);
    else if (checkers.length === 0) jobFinal(job, window.seconds, why);
    else {
      // until nobody can challenge it any more
      jobs.outcome[job] = JobOutcome.open;
      challenges.windowOpened(job, window, checkers);
    }
  }

  function isAccepted(attempt: AttemptIndex): boolean {
    return attempts.kind[attempt] === AttemptKind.work && kinds.isAccepted[attempts.verdict[attempt]!] === 1;
  }

  /** Moment: job final. What else was found is presented, it is paid for, and its rows are recycled. */
  function jobFinal(job: JobIndex, heldSeconds: number, why: Unserved | null = null): void {
    let hasResult = false;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      hasResult ||= attempts.state[attempt] === AttemptState.returned && isAccepted(attempt);
    }
    if (jobs.outcome[job] === JobOutcome.open) {
      // a dispute can have refuted what was accepted
      jobs.outcome[job] = hasResult ? JobOutcome.completed : JobOutcome.rejected;
    }
    settlement.settleSideFindings(job, hasResult);
    const before = ledger.treasury;
    settlement.payJob(job, hasResult, heldSeconds);
    if (jobKeys.isClients(job)) journal.jobFinal(job, jobs.outcome[job]! as JobOutcome, why);
    else {
      if (jobKeys.isSpotCheck(job)) journal.spotCheckFinal(job, jobs.fee[job]! - (ledger.treasury - before));
      else journal.ownJobFinal(jobs.outcome[job]! as JobOutcome);
      jobKeys.othersOpen--;
    }
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; ) {
      const next = attempts.nextOfJob[attempt]!;
      recyclePanels(attempt);
      attempts.recycle(attempt);
      attempt = next;
    }
    jobs.recycle(job);
  }

  function recyclePanels(attempt: AttemptIndex): void {
    for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; ) {
      const next = panels.nextOfAttempt[panel]!;
      panels.recycle(panel);
      panel = next;
    }
  }

  return { jobVerified, jobFinal };
}
