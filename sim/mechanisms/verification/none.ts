import { z } from 'zod';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';

/** Takes every result that comes in time. */
export const none = defineVerificationScheme({
  kind: 'none',
  meaning: 'Nobody looks: every result that comes in time is taken.',
  settings: z.strictObject({ kind: z.literal('none') }),
  foundProbability: () => 0,
  create: (_settings, context): VerificationScheme => ({
    ...oneAtATime(context, () => NextStep.verdict),
    looksAtAnswers: () => false,
    verdict: () => null,
  }),
});
