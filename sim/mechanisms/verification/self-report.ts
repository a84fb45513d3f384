import { z } from 'zod';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';

/** Believes what each node says of its own result: honest ones admit the faults that they notice, others never do. */
export const selfReport = defineVerificationScheme({
  kind: 'self-report',
  meaning: 'Each node is believed about its own result: it fails only where the node itself admits a fault.',
  settings: z.strictObject({ kind: z.literal('self-report') }),
  create: (_settings, context): VerificationScheme => ({
    ...oneAtATime(context, () => NextStep.verdict),
    looksAtAnswers: () => false,
    verdict: (attempt) => (context.attempts.admitsFault[attempt] === 1 ? EvidenceKind.invalid : EvidenceKind.success),
  }),
});
