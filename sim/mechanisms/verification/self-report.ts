import { z } from 'zod';
import { AttemptState } from '../../model/attempts.js';
import { define } from '../../model/definition.js';
import { EvidenceKind } from '../../model/evidence.js';
import { NextStep, noObservers, type VerificationScheme } from '../../model/roles.js';

/** Believes what each node says of its own result: honest ones admit the faults that they notice, others never do. */
export const selfReport = define({
  kind: 'self-report',
  meaning: 'Each node is believed about its own result: it fails only where the node itself admits a fault.',
  settings: z.strictObject({ kind: z.literal('self-report') }),
  create: (_settings, { attempts, candidates }): VerificationScheme => ({
    observersMost: 0,
    attemptsAtSubmission: () => 1,
    attemptEnded: (attempt) => {
      if (attempts.state[attempt] === AttemptState.returned) return NextStep.verdict;
      return candidates.mayRetry(attempts.job[attempt]!) ? NextStep.attempt : NextStep.verdict;
    },
    observers: noObservers,
    observed: () => NextStep.verdict,
    verdict: (attempt) => (attempts.admitsFault[attempt] === 1 ? EvidenceKind.invalid : EvidenceKind.success),
  }),
});
