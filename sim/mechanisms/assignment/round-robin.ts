import { z } from 'zod';
import { WeightedTree } from '../../kernels/trees/weighted-tree.js';
import { NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';

/**
 * Nodes in turn, in the order in which they entered: the next open one, after the last that got a job of the lane.
 *
 * Nodes that enter at one instant take the order of their rows.
 */
export const roundRobin = defineAssignmentPolicy({
  kind: 'round-robin',
  ignoresBids: true,
  meaning: 'Nodes take turns in the order in which they entered; who isn’t open or doesn’t fit is passed over.',
  ignoresScores: () => true,
  settings: z.strictObject({ kind: z.literal('round-robin') }),
  create: (_settings, { candidates, lanes, nodes }): AssignmentPolicy => {
    /** A weight of 1 at the turn of each open node: the next is found in O(log n), however few are open. */
    const open = lanes.map(() => new WeightedTree(nodes.capacity));
    /** The turn at which the search for the next begins, by lane. */
    const next = new Int32Array(lanes.length);
    const turnOf = new Int32Array(nodes.capacity);
    const nodeAt = new Int32Array(nodes.capacity);
    let turns = 0;
    return {
      assign: (job, lane) => {
        const tree = open[lane]!;
        const first = tree.sumBefore(next[lane]!);
        for (let passed = 0; passed < tree.total; passed++) {
          const turn = tree.find((first + passed) % tree.total);
          const node: NodeIndex = nodeAt[turn]!;
          if (!candidates.fits(job, node)) continue;
          next[lane] = turn + 1;
          return node;
        }
        return NONE;
      },
      hasCandidate: (lane) => open[lane]!.total > 0,
      nodeJoined: (node) => {
        turnOf[node] = turns;
        nodeAt[turns++] = node;
      },
      nodeChanged: (node) => {
        for (let lane = 0; lane < lanes.length; lane++) {
          open[lane]!.set(turnOf[node]!, candidates.isOpen(node, lane) ? 1 : 0);
        }
      },
    };
  },
});
