import { z } from 'zod';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { firstByRank } from '../../model/contract/first-by-rank.js';

/** An auction for each job that the lowest bid wins, at its own price. */
export const cheapest = defineAssignmentPolicy({
  kind: 'cheapest',
  meaning: 'The lowest bid among the open nodes that fit; of equal ones that of the node declared first.',
  ignoresScores: () => true,
  settings: z.strictObject({ kind: z.literal('cheapest') }),
  create: (_settings, context) => firstByRank(context, (node) => context.nodes.bid[node]!),
});
