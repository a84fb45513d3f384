import { z } from 'zod';
import type { AttemptIndex } from '../model/columns/nodes.js';
import type { StrategyContext } from '../model/contract/context.js';
import { defineStrategy } from '../model/contract/definition.js';
import { Purpose } from '../model/contract/purposes.js';
import { Attestation, type Strategy } from '../model/contract/roles.js';
import { probability } from '../model/contract/settings.js';

/** What an honest computation yields. */
export function honestAnswer({ truth }: StrategyContext, attempt: AttemptIndex): number {
  return truth.honestAnswer(attempt);
}

/** Computes, answers what came out, and signs what it saw; errs with its hardware's fault probability. */
export const honest = defineStrategy({
  kind: 'honest',
  meaning: 'Computes, answers what came out, signs what it saw; errs with its hardware’s fault probability.',
  isAttacker: false,
  settings: z.strictObject({
    kind: z.literal('honest'),
    noticesFaults: probability({
      meaning:
        'Probability that it notices a fault of its own hardware, and says so; a bug of its client shows nowhere',
    }).default(0),
  }),
  plan: (_settings, nodes) => ({ machines: nodes, operators: nodes, hidesOperator: false, identitiesMost: nodes }),
  create: (settings, context): Strategy => ({
    isAttacker: false,
    accepts: () => true,
    workFraction: () => 1,
    answer: (_node, attempt) => honestAnswer(context, attempt),
    admitsFault: (_node, attempt) =>
      context.truth.isFaulty(attempt) &&
      context.uniform(context.attempts.job[attempt]!, context.attempts.number[attempt]!, Purpose.selfTest) <
        settings.noticesFaults,
    attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
    votes: (_juror, _subject, shown) => shown,
  }),
});
