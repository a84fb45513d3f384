import { z } from 'zod';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';

/** Every open node that fits the job is equally likely. */
export const uniform = defineAssignmentPolicy({
  kind: 'uniform',
  ignoresBids: true,
  meaning: 'Every open node that fits the job is equally likely.',
  ignoresScores: () => true,
  settings: z.strictObject({ kind: z.literal('uniform') }),
  create: (_settings, context) => drawnByWeight(context, () => 1),
});
