import { z } from 'zod';
import { defineSlashingRule } from '../../model/contract/definition.js';
import type { SlashingRule } from '../../model/contract/roles.js';

/** Takes nothing from anybody. */
export const none = defineSlashingRule({
  kind: 'none',
  meaning: 'No failure costs anything.',
  settings: z.strictObject({ kind: z.literal('none') }),
  takesNothing: true,
  slashedFraction: () => 0,
  create: (): SlashingRule => ({ penalize: () => {} }),
});
