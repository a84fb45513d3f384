import { LeastTree } from '../../kernels/trees/least-tree.js';
import { NONE, type NodeIndex } from '../columns/nodes.js';
import type { AssignmentContext } from './context.js';
import type { AssignmentPolicy } from './roles.js';

/**
 * A policy that takes the open node of lowest rank among those that fit; of equals the one that was declared first.
 *
 * @param rankOf any number, or Infinity for a node that is never taken; asked whenever the node changed
 */
export function firstByRank(
  { candidates, lanes, nodes }: AssignmentContext,
  rankOf: (node: NodeIndex) => number,
): AssignmentPolicy {
  const trees = lanes.map(() => new LeastTree(nodes.capacity));
  const setAside: { readonly node: NodeIndex; readonly rank: number }[] = [];
  function rankIn(node: NodeIndex): void {
    const rank = rankOf(node);
    for (let lane = 0; lane < lanes.length; lane++) {
      trees[lane]!.set(node, candidates.isOpen(node, lane) ? rank : Number.POSITIVE_INFINITY);
    }
  }

  return {
    assign: (job, lane) => {
      const tree = trees[lane]!;
      let chosen = NONE;
      while (chosen === NONE && tree.least < Number.POSITIVE_INFINITY) {
        const node = tree.first();
        if (candidates.fits(job, node)) {
          chosen = node;
          continue;
        }
        setAside.push({ node, rank: tree.least });
        tree.set(node, Number.POSITIVE_INFINITY);
      }
      while (setAside.length > 0) {
        const { node, rank } = setAside.pop()!;
        tree.set(node, rank);
      }
      return chosen;
    },
    hasCandidate: (lane) => trees[lane]!.least < Number.POSITIVE_INFINITY,
    nodeChanged: rankIn,
  };
}
