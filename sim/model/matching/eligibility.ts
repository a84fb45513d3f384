import { has } from '../columns/lane.js';
import type { NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { Rules } from '../columns/rules.js';
import type { Live } from '../contract/live.js';

/** Active, able to pay the bond of some job, and a slot or a place in its queue for one more attempt. */
export function hasSlot(nodes: Nodes, { affordableLanes }: Ownership, rules: Live<Rules>, node: NodeIndex): boolean {
  if (nodes.isActive[node] === 0 || affordableLanes[node] === 0) return false;
  // with unlimited queues there is always room
  return (
    rules.now.queueLimit === Number.POSITIVE_INFINITY ||
    nodes.assigned[node]! < nodes.slots[node]! + rules.now.queueLimit
  );
}

/** The same, and it needn't rest. */
export function hasRoom(nodes: Nodes, ownership: Ownership, rules: Live<Rules>, node: NodeIndex): boolean {
  return nodes.isResting[node] === 0 && hasSlot(nodes, ownership, rules, node);
}

/** The same for a lane: the node may serve it, and the operator has the least bond that such jobs need. */
export function isOpen(nodes: Nodes, ownership: Ownership, rules: Live<Rules>, node: NodeIndex, lane: number): boolean {
  const lanes = nodes.allowedLanes[node]! & ownership.affordableLanes[node]!;
  return has(lanes, lane) && hasRoom(nodes, ownership, rules, node);
}
