import { z } from 'zod';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { firstByRank } from '../../model/contract/first-by-rank.js';

/** An auction for each job that the lowest bid wins, at its own price. */
export const cheapest = defineAssignmentPolicy({
  kind: 'cheapest',
  meaning: 'The lowest bid among the open nodes that fit; of equal ones that of the node declared first.',
  ignoresScores: () => true,
  remarks: (_settings, { bids }) => {
    const why = 'so that who was declared first gets all that it can do';
    const expected = 'a strategy that bids, such as bidder';
    return bids ? [] : [{ setting: '', expected, found: 'cheapest', why }];
  },
  settings: z.strictObject({ kind: z.literal('cheapest') }),
  create: (_settings, context) => firstByRank(context, (node) => context.nodes.bid[node]!),
});
