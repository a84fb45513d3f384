import type { NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { Rules } from '../columns/rules.js';
import type { Live } from '../contract/live.js';

/** Active, able to pay the bond of some job, and room for one more attempt. */
export function hasRoom(nodes: Nodes, { affordableClasses }: Ownership, rules: Live<Rules>, node: NodeIndex): boolean {
  if (nodes.isActive[node] === 0 || affordableClasses[node] === 0) return false;
  // with unlimited queues there is always room
  return (
    rules.now.queueLimit === Number.POSITIVE_INFINITY ||
    nodes.assigned[node]! < nodes.slots[node]! + rules.now.queueLimit
  );
}

/** The same for a class: it is allowed, and the operator has the least bond that such jobs need. */
export function isOpen(
  nodes: Nodes,
  ownership: Ownership,
  rules: Live<Rules>,
  node: NodeIndex,
  jobClass: number,
): boolean {
  const classes = nodes.allowedClasses[node]! & ownership.affordableClasses[node]!;
  return ((classes >>> jobClass) & 1) === 1 && hasRoom(nodes, ownership, rules, node);
}
