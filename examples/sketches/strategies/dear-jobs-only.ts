import { z } from 'zod';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { tokens } from '../../../sim/model/contract/settings.js';
import { toMicroTokens } from '../../../sim/model/contract/units.js';
import { honest } from '../../../sim/strategies/honest.js';

const plain = honest.settings.parse({ kind: 'honest' });

/** Earns its name with cheap jobs, and lies in dear ones. */
export const valueImbalance = defineStrategy({
  kind: 'dear-jobs-only',
  meaning: 'Honest below a fee, and lies above it.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('dear-jobs-only'),
    above: tokens({ meaning: 'Fee above which it lies' }),
  }),
  plan: (_settings, identities) => honest.plan(plain, identities),
  create: (settings, context, attack) => {
    const upright = honest.create(plain, context, attack);
    const isDear = (attempt: number) =>
      context.jobs.fee[context.attempts.job[attempt]!]! > toMicroTokens(settings.above);
    return {
      ...upright,
      workFraction: (_node, attempt) => (isDear(attempt) ? 0 : 1),
      answer: (node, attempt) =>
        isDear(attempt) ? context.truth.loneLie(attempt, 0.1) : upright.answer(node, attempt),
    };
  },
});
