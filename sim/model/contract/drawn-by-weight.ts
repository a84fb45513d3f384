import type { NodeIndex } from '../columns/nodes.js';
import type { AssignmentContext } from './context.js';
import { Purpose } from './purposes.js';
import type { AssignmentPolicy } from './roles.js';

/**
 * A policy that draws among the open nodes that fit, in proportion to a weight.
 *
 * @param weightOf 0 or more, asked whenever the node changed
 */
export function drawnByWeight(context: AssignmentContext, weightOf: (node: NodeIndex) => number): AssignmentPolicy {
  const { candidates, classes, uniform } = context;
  const sampler = context.sampler();
  const purposes = { region: Purpose.assignedRegion, node: Purpose.assignedNode };
  return {
    assign: (job, jobClass) => sampler.draw(job, jobClass, null, 0, uniform, purposes),
    hasCandidate: (jobClass) => sampler.hasWeight(jobClass),
    nodeChanged: (node) => {
      const weight = weightOf(node);
      for (let jobClass = 0; jobClass < classes.length; jobClass++) {
        sampler.setWeight(jobClass, node, candidates.isOpen(node, jobClass) ? weight : 0);
      }
    },
  };
}
