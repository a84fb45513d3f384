import { z } from 'zod';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { Attestation } from '../../../sim/model/contract/roles.js';
import { alwaysWrong } from '../../../sim/strategies/lies/always-wrong.js';

const lies = alwaysWrong.settings.parse({ kind: 'always-wrong' });

/** Members sign for one another whatever they saw, and for nobody else. */
export const vouchingRing = defineStrategy({
  kind: 'vouching-ring',
  meaning: 'Signs for members, and slanders everybody else.',
  isAttacker: true,
  settings: z.strictObject({ kind: z.literal('vouching-ring') }),
  plan: (_settings, identities) => alwaysWrong.plan(lies, identities),
  create: (_settings, context, attack) => ({
    ...alwaysWrong.create(lies, context, attack),
    attests: (_observer, attempt) =>
      attack.isMember(context.attempts.node[attempt]!) ? Attestation.signs : Attestation.refuses,
  }),
});
