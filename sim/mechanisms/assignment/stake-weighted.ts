import { z } from 'zod';
import { pow } from '../../engine/math.js';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import { quantity } from '../../model/contract/settings.js';
import { microTokens } from '../../model/contract/units.js';

/**
 * Proof of stake: probability in proportion to the stake, raised to a power.
 *
 * With power a, splitting a stake over n identities multiplies its weight by n^(1 − a).
 */
export const stakeWeighted = defineAssignmentPolicy({
  kind: 'stake-weighted',
  ignoresBids: true,
  meaning: 'A node is drawn with probability in proportion to its stake, own and delegated, raised to a power.',
  ignoresScores: () => true,
  settings: z.strictObject({
    kind: z.literal('stake-weighted'),
    exponent: quantity({ unit: '1', least: 0, most: 2, meaning: 'Power of the stake in the weight' }).default(1),
  }),
  create: (settings, context) => {
    const { nodes } = context;
    const drawn = drawnByWeight(context, (node) => {
      const stake = nodes.stake[node]! + nodes.delegated[node]!;
      return stake > 0 ? pow(stake / microTokens, settings.now.exponent) : 0;
    });
    return { ...drawn, passesOver: () => PolicyCause.stake };
  },
});
