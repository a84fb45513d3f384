import { z } from 'zod';
import { define } from '../../model/definition.js';
import { Purpose } from '../../model/purposes.js';
import type { AssignmentPolicy } from '../../model/roles.js';

/** Every open node that fits the job is equally likely. */
export const uniform = define({
  kind: 'uniform',
  meaning: 'Every open node that fits the job is equally likely.',
  settings: z.strictObject({ kind: z.literal('uniform') }),
  create: (_settings, context): AssignmentPolicy => {
    const sampler = context.sampler();
    const classCount = context.classes.length;
    const purposes = { region: Purpose.assignedRegion, node: Purpose.assignedNode };
    return {
      assign: (job, jobClass) => sampler.draw(job, jobClass, null, 0, context.uniform, purposes),
      hasCandidate: (jobClass) => sampler.hasWeight(jobClass),
      nodeChanged: (node) => {
        for (let jobClass = 0; jobClass < classCount; jobClass++) {
          sampler.setWeight(jobClass, node, context.candidates.isOpen(node, jobClass) ? 1 : 0);
        }
      },
    };
  },
});
