import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { JobOutcome } from '../columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE } from '../columns/nodes.js';
import type { UnservedReason } from '../columns/unserved-reason.js';
import { EvidenceKind, isAccepted } from '../contract/evidence.js';
import type { Matching } from '../matching/matching.js';
import type { World } from '../world/world.js';
import type { Settlement } from './settlement.js';

export type Verdicts = ReturnType<typeof createVerdicts>;

/** The end of a job: the scheme's verdict on each attempt and hence on the job, settled at once. */
export function createVerdicts(world: World, settlement: Settlement, { capacity, unservedReasons }: Matching) {
  const { attempts, jobs, journal, panels, roles, secrets, simulation } = world;

  /** Moment: job verified, hence settled and final. `otherwise` is the outcome if no attempt returned. */
  function jobVerified(job: JobIndex, otherwise: JobOutcome): void {
    /** When the last result was in, of all and of those that are accepted. */
    let returnedAt = Number.NaN;
    let acceptedAt = Number.NaN;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.state[attempt] === AttemptState.returned) {
        const finding = roles.verification.verdict(attempt) ?? EvidenceKind.success;
        attempts.verdict[attempt] = finding;
        // two runs that differ in answers or verdicts alone have other fingerprints, too
        simulation.witness(finding);
        simulation.witness(secrets.answer(attempt));
        if (attempts.kind[attempt] !== AttemptKind.work) continue;
        const at = attempts.returnedAt[attempt]!;
        if (!(at <= returnedAt)) returnedAt = at;
        if (isAccepted(finding) && !(at <= acceptedAt)) acceptedAt = at;
      }
    }
    const hasResult = !Number.isNaN(acceptedAt);
    jobs.deliveredAt[job] = hasResult ? acceptedAt : returnedAt;
    jobs.outcome[job] = hasResult ? JobOutcome.completed : Number.isNaN(returnedAt) ? otherwise : JobOutcome.rejected;
    // asked before the settlement changes anything
    const reason = jobs.outcome[job] === JobOutcome.unserved ? unservedReasons.reasonFor(job) : NONE;
    if (reason !== NONE) journal.jobLacksNode(job, reason, capacity);
    jobSettled(job, hasResult, reason);
  }

  /** Moment: job settled, attempt by attempt; then it is final, and its rows are recycled. */
  function jobSettled(job: JobIndex, hasResult: boolean, reason: UnservedReason | typeof NONE): void {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      settlement.settleAttempt(attempt);
    }
    settlement.payJob(job, hasResult);
    journal.jobFinal(job, jobs.outcome[job]! as JobOutcome, reason);
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

  return { jobVerified };
}
