import { z } from 'zod';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { honest } from '../../../sim/strategies/honest.js';

const plain = honest.settings.parse({ kind: 'honest' });

/** Disputes whatever it is called to look at, without looking. */
export const quarrelsome = defineStrategy({
  kind: 'quarrelsome',
  meaning: 'Challenges right results.',
  isAttacker: true,
  settings: z.strictObject({ kind: z.literal('quarrelsome') }),
  plan: (_settings, identities) => honest.plan(plain, identities),
  create: (_settings, context, attack) => ({
    ...honest.create(plain, context, attack),
    challenges: () => true,
  }),
});
