import { z } from 'zod';
import { pow } from '../../engine/math.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import { quantity } from '../../model/contract/settings.js';

/** Probability in proportion to the published score, raised to a power. */
export const weightedRandom = defineAssignmentPolicy({
  kind: 'weighted-random',
  meaning: 'A node is drawn with probability in proportion to its published score, raised to a power.',
  settings: z.strictObject({
    kind: z.literal('weighted-random'),
    exponent: quantity({ unit: '1', least: 0, most: 8, meaning: 'Power of the score in the weight' }).default(1),
  }),
  ignoresScores: ({ exponent }) => exponent === 0,
  create: (settings, context) => {
    const { publishedScore } = context.nodes;
    return drawnByWeight(context, (node) => pow(publishedScore[node]!, settings.now.exponent));
  },
});
