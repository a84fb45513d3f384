import { z } from 'zod';
import { defineAssignmentPolicy } from '../../../sim/model/contract/definition.js';
import { drawnByWeight } from '../../../sim/model/contract/drawn-by-weight.js';
import { count, quantity } from '../../../sim/model/contract/settings.js';

/** A node that was heard of in few jobs weighs more than its score says. */
export const newcomersFirst = defineAssignmentPolicy({
  kind: 'newcomers-first',
  meaning: 'Draws by score, and newcomers more often.',
  settings: z.strictObject({
    kind: z.literal('newcomers-first'),
    jobs: count({ unit: 'jobs', least: 1, most: 10_000, meaning: 'Findings after which it is no newcomer' }).default(
      20,
    ),
    weight: quantity({ unit: '1', least: 0, most: 100, meaning: 'Weight of a newcomer' }).default(4),
  }),
  create: (settings, context) => {
    const seen = context.column();
    const drawn = drawnByWeight(context, (node) =>
      seen[node]! < settings.now.jobs ? settings.now.weight : context.nodes.publishedScore[node]!,
    );
    return {
      ...drawn,
      nodeJoined: (node) => {
        seen[node] = 0;
      },
      evidenceArrived: ({ job, subject }) => {
        if (job >= 0 && ++seen[subject]! === settings.now.jobs) drawn.nodeChanged(subject);
      },
    };
  },
});
