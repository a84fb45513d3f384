import { AttemptState } from '../columns/attempts.js';
import type { AttemptIndex } from '../columns/nodes.js';
import type { VerificationContext } from './context.js';
import { NextStep } from './roles.js';

/** What every scheme that asks for one attempt at a time does alike: a lost one is replaced while that may be. */
export function oneAtATime({ attempts, retries }: VerificationContext, onReturn: (attempt: AttemptIndex) => NextStep) {
  return {
    attemptsAtSubmission: () => 1,
    attemptEnded: (attempt: AttemptIndex): NextStep => {
      if (attempts.state[attempt] === AttemptState.returned) return onReturn(attempt);
      return retries.mayRetry(attempts.job[attempt]!) ? NextStep.attempt : NextStep.verdict;
    },
  };
}
