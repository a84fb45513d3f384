import type { JobIndex, NodeIndex } from '../columns/nodes.js';
import type { Candidates } from '../contract/candidates.js';
import type { RewardRule } from '../contract/roles.js';
import type { WorldColumns } from '../world/world.js';
import { isOpen } from './eligibility.js';
import { createFitness } from './fitness.js';

/**
 * Answers which nodes could take an attempt from the columns, and the bonds that the reward rule asks for.
 *
 * @param admits what the assignment policy, which is made after this, says of job and node
 */
export function createCandidates(
  columns: WorldColumns,
  rewards: RewardRule,
  admits: (job: JobIndex, node: NodeIndex) => boolean,
): Candidates {
  const { nodes, ownership, rules, simulation } = columns;
  const { isAskedFor, isInReach, isUntried, canBond, isInTime } = createFitness(columns, rewards);

  function fits(job: JobIndex, node: NodeIndex): boolean {
    const isMeant = isAskedFor(job, node) && isInReach(job, node) && isUntried(job, node);
    return isMeant && canBond(job, node) && isInTime(job, node, simulation.now) && admits(job, node);
  }

  return {
    queueLimit: () => rules.now.queueLimit,
    isOpen: (node, lane) => isOpen(nodes, ownership, rules, node, lane),
    fits,
  };
}
