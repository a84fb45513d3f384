import { z } from 'zod';
import { type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { count } from '../../model/contract/settings.js';

/**
 * Delegated proof of stake: the nodes with most stake hold the seats until the end of the epoch, each serving equally
 * often.
 *
 * A seat whose holder leaves or is jailed stays empty until the next election.
 */
export const elected = defineAssignmentPolicy({
  kind: 'elected',
  ignoresBids: true,
  meaning:
    'The nodes with most stake, own and delegated, are elected for an epoch, and of these each is equally likely.',
  ignoresScores: () => true,
  settings: z.strictObject({
    kind: z.literal('elected'),
    seats: count({
      least: 1,
      most: 1_000_000,
      unit: 'nodes',
      meaning: 'Nodes that are elected; of equal stakes the one declared first',
    }).default(21),
  }),
  remarks: ({ seats }, { nodes }) =>
    seats < nodes
      ? []
      : [{ setting: 'seats', expected: `fewer than the nodes, ${nodes}`, found: `${seats}`, why: 'so that all serve' }],
  create: (settings, context): AssignmentPolicy => {
    const { nodes, now } = context;
    const isElected = new Uint8Array(nodes.capacity);
    const policy = drawnByWeight(context, (node) => isElected[node]!);

    /** Its own, and what others delegated to it. */
    const stakeOf = (node: NodeIndex) => nodes.stake[node]! + nodes.delegated[node]!;
    const elect = () => {
      const standing: NodeIndex[] = [];
      for (let node = 0; node < nodes.count; node++) {
        if (nodes.state[node] === NodeState.present && nodes.jailedUntil[node]! <= now()) standing.push(node);
      }
      standing.sort((a, b) => stakeOf(b) - stakeOf(a) || a - b);
      isElected.fill(0);
      for (const node of standing.slice(0, settings.now.seats)) isElected[node] = 1;
      for (let node = 0; node < nodes.count; node++) policy.nodeChanged(node);
    };
    return { ...policy, epochEnded: elect, passesOver: () => PolicyCause.seat };
  },
});
