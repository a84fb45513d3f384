import type { NodeIndex } from '../columns/nodes.js';
import { EventKind } from '../events.js';
import type { World } from '../world/world.js';
import type { Matching } from './matching.js';

export type Rests = ReturnType<typeof createRests>;

/** Rate limits: after an assignment a node takes no further one for as long as the assignment policy says. */
export function createRests({ nodes, roles, simulation }: World, { nodeChanged }: Matching) {
  const { assignment } = roles;
  /** Rests end at [s]; sized with the nodes only where the policy can ask for a rest. */
  const until = new Float64Array(assignment.restSeconds === undefined ? 0 : nodes.capacity);

  /** After the node was given an attempt at a job of the class; true if it must rest now. */
  function nodeAssigned(node: NodeIndex, jobClass: number): boolean {
    const seconds = assignment.restSeconds?.(node, jobClass) ?? 0;
    if (!(seconds > 0)) return false;
    until[node] = simulation.now + seconds;
    nodes.isResting[node] = 1;
    nodes.resting++;
    simulation.schedule(until[node]!, EventKind.nodeRested, node, 0);
    return true;
  }

  /** Moment: the node may be given work again. */
  function nodeRested(node: NodeIndex): void {
    nodes.isResting[node] = 0;
    nodes.resting--;
    nodeChanged(node);
  }

  return { nodeAssigned, nodeRested };
}
