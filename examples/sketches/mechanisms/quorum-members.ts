import { z } from 'zod';
import { defineAssignmentPolicy } from '../../../sim/model/contract/definition.js';
import { drawnByWeight } from '../../../sim/model/contract/drawn-by-weight.js';
import { duration, quantity } from '../../../sim/model/contract/settings.js';

/** Jobs of a class go to nodes above a score only, and who is below is given time between two jobs. */
export const quorumMembers = defineAssignmentPolicy({
  kind: 'quorum-members',
  meaning: 'Members of quorums need a score, and others are rate-limited.',
  settings: z.strictObject({
    kind: z.literal('quorum-members'),
    jobClass: z.string().describe('Class whose jobs need it'),
    above: quantity({ unit: 'score', least: 0, most: 2, meaning: 'Published score that it needs' }),
    rest: duration({ meaning: 'Time between two jobs of a node below it' }).default(0),
  }),
  create: (settings, context) => {
    const { classes, jobs, nodes } = context;
    return {
      ...drawnByWeight(context, () => 1),
      admits: (job, node) => {
        const { above, jobClass } = settings.of(job);
        return classes[jobs.jobClass[job]!]!.name !== jobClass || nodes.publishedScore[node]! > above;
      },
      restSeconds: (node) => (nodes.publishedScore[node]! > settings.now.above ? 0 : settings.now.rest),
    };
  },
});
