import { z } from 'zod';
import { AttemptState } from '../../model/attempts.js';
import { define } from '../../model/definition.js';
import { NextStep, noObservers, type VerificationScheme } from '../../model/roles.js';

/** Takes every result that comes in time. */
export const none = define({
  kind: 'none',
  meaning: 'Nobody looks: every result that comes in time is taken.',
  settings: z.strictObject({ kind: z.literal('none') }),
  create: (_settings, { attempts, candidates }): VerificationScheme => ({
    observersMost: 0,
    attemptsAtSubmission: () => 1,
    attemptEnded: (attempt) => {
      if (attempts.state[attempt] === AttemptState.returned) return NextStep.verdict;
      return candidates.mayRetry(attempts.job[attempt]!) ? NextStep.attempt : NextStep.verdict;
    },
    observers: noObservers,
    observed: () => NextStep.verdict,
    verdict: () => null,
  }),
});
