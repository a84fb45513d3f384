import type { NodeIndex } from '../columns/nodes.js';
import type { AssignmentContext } from './context.js';
import { Purpose } from './purposes.js';
import type { AssignmentPolicy } from './roles.js';

/**
 * A policy that draws among the open nodes that fit, in proportion to a weight.
 *
 * @param weightOf 0 or more, asked whenever the node changed and is open; of each class only where scores are kept for
 *   each
 */
export function drawnByWeight(
  context: AssignmentContext,
  weightOf: (node: NodeIndex, jobClass: number) => number,
): AssignmentPolicy {
  const { candidates, lanes, nodes, uniform } = context;
  const sampler = context.sampler();
  const purposes = { region: Purpose.assignedRegion, node: Purpose.assignedNode };

  function weigh(node: NodeIndex): void {
    let weight = Number.NaN;
    for (let lane = 0; lane < lanes.length; lane++) {
      if (!candidates.isOpen(node, lane)) {
        sampler.setWeight(lane, node, 0);
        continue;
      }
      if (Number.isNaN(weight) || nodes.classCount > 0) weight = weightOf(node, lanes[lane]!.jobClass);
      sampler.setWeight(lane, node, weight);
    }
  }

  return {
    assign: (job, lane) => sampler.draw(job, lane, null, 0, uniform, purposes),
    hasCandidate: (lane) => sampler.hasWeight(lane),
    nodeChanged: weigh,
    settingsChanged: () => {
      for (let node = 0; node < nodes.count; node++) weigh(node);
    },
  };
}
