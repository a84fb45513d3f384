import { z } from 'zod';
import { define } from '../../model/definition.js';
import { oneAtATime } from '../../model/one-at-a-time.js';
import { NextStep, noObservers, type VerificationScheme } from '../../model/roles.js';

/** Takes every result that comes in time. */
export const none = define({
  kind: 'none',
  meaning: 'Nobody looks: every result that comes in time is taken.',
  settings: z.strictObject({ kind: z.literal('none') }),
  create: (_settings, context): VerificationScheme => ({
    observersMost: 0,
    ...oneAtATime(context, () => NextStep.verdict),
    observers: noObservers,
    verdict: () => null,
  }),
});
