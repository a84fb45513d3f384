import { z } from 'zod';
import { defineStrategy } from '../model/definition.js';
import type { StrategyContext } from '../model/mechanism-context.js';
import type { AttemptIndex } from '../model/nodes.js';
import { Attestation, type Strategy } from '../model/roles.js';

/** What an honest computation yields. */
export function honestAnswer({ truth }: StrategyContext, attempt: AttemptIndex): number {
  return truth.honestAnswer(attempt);
}

/** Computes, answers what came out, and signs what it saw; errs with its hardware's fault probability. */
export const honest = defineStrategy({
  kind: 'honest',
  meaning: 'Computes, answers what came out, signs what it saw; errs with its hardware’s fault probability.',
  isAttacker: false,
  settings: z.strictObject({ kind: z.literal('honest') }),
  plan: (_settings, nodes) => ({ machines: nodes, operators: nodes, hidesOperator: false, identitiesMost: nodes }),
  create: (_settings, context): Strategy => ({
    isAttacker: false,
    accepts: () => true,
    workFraction: () => 1,
    answer: (_node, attempt) => honestAnswer(context, attempt),
    attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
  }),
});
