import { type MachineIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import type { World } from '../world/world.js';

/** Visits the identities on a machine that are in the network. */
export function eachPresentIdentity(
  { machines, nodes, ownership }: World,
  machine: MachineIndex,
  visit: (node: NodeIndex) => void,
): void {
  for (let node = machines.firstIdentity[machine]!; node !== NONE; node = ownership.nextIdentity[node]!) {
    if (nodes.state[node] === NodeState.present) visit(node);
  }
}
