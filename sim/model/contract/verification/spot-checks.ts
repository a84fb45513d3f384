import { log } from '../../../engine/math.js';
import { AttemptKind } from '../../columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../columns/nodes.js';
import type { VerificationContext } from '../context.js';
import { EvidenceKind, EvidenceRole, EvidenceSource } from '../evidence.js';
import type { DeclaredKind } from '../findings/evidence-kinds.js';
import { Purpose } from '../purposes.js';
import type { VerificationScheme } from '../roles.js';
import { probability } from '../settings.js';

/*
 * Spot-checks: jobs whose answer the protocol knows, mixed in among those of clients (L. F. G. Sarmenta,
 * Sabotage-tolerance mechanisms for volunteer computing systems, 2002). What every scheme that has them does alike.
 */

/** A scheme's probability of spot-checks. */
export const spotCheckProbability = () =>
  probability({ most: 0.9, meaning: 'Probability that a job that nodes get is one whose answer is known' }).default(
    0.1,
  );

/** What such a scheme finds: it stands for itself, so that a slashing rule can eject for it, which is blacklisting. */
export const spotCheckFailed: DeclaredKind = {
  name: 'spotCheckFailed',
  meaning: 'The answer to a job whose answer the protocol knew was another',
  isFailure: true,
  isAccepted: false,
  rank: 5,
};

/**
 * What is filed of who passed one, where a model brings this kind, as nothing else tells a spot-check from a client's
 * job: by then it is over, and nobody can act on it.
 */
export const spotCheckPassed: DeclaredKind = {
  name: 'spotCheckPassed',
  meaning: 'The answer to a job whose answer the protocol knew was that',
  isFailure: false,
  isAccepted: true,
  rank: 0,
};

/** What a scheme answers besides where a model counts who passed a spot-check: models are made before schemes. */
export function spotChecksPassed({
  attempts,
  instruments,
  jobs,
  kinds,
}: VerificationContext): Pick<VerificationScheme, 'sideFindings'> {
  const passed = kinds.find(spotCheckPassed.name);
  if (passed === NONE) return {};
  return {
    sideFindings: (job, findings) => {
      if (!instruments.isSpotCheck(job)) return;
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        const isPassed =
          attempts.kind[attempt] === AttemptKind.work && attempts.verdict[attempt] === EvidenceKind.success;
        if (!isPassed) continue;
        findings.file(attempts.node[attempt]!, EvidenceRole.worker, passed, 0, EvidenceSource.scheme, 0);
      }
    },
  };
}

/**
 * How many spot-checks come with a client's job: one more each time with the probability, so that of all jobs in the
 * order of coming each is one with just this probability, whatever the others are.
 */
export function spotChecksWith({ uniform, instance }: VerificationContext, job: JobIndex, probability: number): number {
  if (probability === 0) return 0;
  return Math.floor(log(1 - uniform(job, instance, Purpose.spotCheck)) / log(probability));
}

/** The finding on an attempt at a spot-check that returned; null at a client's job. */
export function knownAnswerVerdict(
  { attempts, instruments, kinds }: VerificationContext,
  attempt: AttemptIndex,
): EvidenceKind | null {
  if (!instruments.isSpotCheck(attempts.job[attempt]!)) return null;
  return instruments.knownAnswer(attempt) ? EvidenceKind.success : kinds.indexOf(spotCheckFailed.name);
}
