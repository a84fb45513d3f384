import { z } from 'zod';
import { pow } from '../../engine/math.js';
import { define } from '../../model/definition.js';
import { Purpose } from '../../model/purposes.js';
import type { AssignmentPolicy } from '../../model/roles.js';
import { quantity } from '../../model/settings.js';

/** Probability in proportion to the published score, raised to a power. */
export const weightedRandom = define({
  kind: 'weighted-random',
  meaning: 'A node is drawn with probability in proportion to its published score, raised to a power.',
  settings: z.strictObject({
    kind: z.literal('weighted-random'),
    exponent: quantity({ unit: '1', least: 0, most: 8, meaning: 'Power of the score in the weight' }).default(1),
  }),
  create: (settings, context): AssignmentPolicy => {
    const sampler = context.sampler();
    const classCount = context.classes.length;
    const scores = context.nodes.publishedScore;
    const purposes = { region: Purpose.assignedRegion, node: Purpose.assignedNode };
    return {
      assign: (job, jobClass) => sampler.draw(job, jobClass, null, 0, context.uniform, purposes),
      hasCandidate: (jobClass) => sampler.hasWeight(jobClass),
      nodeChanged: (node) => {
        const weight = pow(scores[node]!, settings.exponent);
        for (let jobClass = 0; jobClass < classCount; jobClass++) {
          sampler.setWeight(jobClass, node, context.candidates.isOpen(node, jobClass) ? weight : 0);
        }
      },
    };
  },
});
