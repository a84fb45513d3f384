import { z } from 'zod';
import { define } from '../../model/definition.js';
import { NONE, type NodeIndex } from '../../model/nodes.js';
import type { AssignmentPolicy } from '../../model/roles.js';
import { WeightedTree } from '../../model/weighted-tree.js';

/** Nodes in turn, in the order in which they entered: the next open one, after the last that got a job of the class. */
export const roundRobin = define({
  kind: 'round-robin',
  meaning: 'Nodes take turns in the order in which they entered; who isn’t open or doesn’t fit is passed over.',
  settings: z.strictObject({ kind: z.literal('round-robin') }),
  create: (_settings, { candidates, classes, nodes }): AssignmentPolicy => {
    // a weight of 1 for each open node: its turn is found in O(log n), however few are open
    const open = classes.map(() => new WeightedTree(nodes.capacity));
    /** Where the search for the next turn begins, by class. */
    const next = new Int32Array(classes.length);
    return {
      assign: (job, jobClass) => {
        const tree = open[jobClass]!;
        const first = tree.sumBefore(next[jobClass]!);
        for (let passed = 0; passed < tree.total; passed++) {
          const node: NodeIndex = tree.find((first + passed) % tree.total);
          if (!candidates.fits(job, node)) continue;
          next[jobClass] = node + 1;
          return node;
        }
        return NONE;
      },
      hasCandidate: (jobClass) => open[jobClass]!.total > 0,
      nodeChanged: (node) => {
        for (let jobClass = 0; jobClass < classes.length; jobClass++) {
          open[jobClass]!.set(node, candidates.isOpen(node, jobClass) ? 1 : 0);
        }
      },
    };
  },
});
