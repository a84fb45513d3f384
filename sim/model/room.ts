import type { NodeIndex, Nodes } from './nodes.js';
import type { Rules } from './world.js';

/** Active, and room for one more attempt. */
export function hasRoom(nodes: Nodes, rules: Rules, node: NodeIndex): boolean {
  if (nodes.isActive[node] === 0) return false;
  // with unlimited queues there is always room
  return rules.queueLimit === Number.POSITIVE_INFINITY || nodes.assigned[node]! < nodes.slots[node]! + rules.queueLimit;
}

/** The same, and the class is allowed. */
export function isOpen(nodes: Nodes, rules: Rules, node: NodeIndex, jobClass: number): boolean {
  return ((nodes.allowedClasses[node]! >>> jobClass) & 1) === 1 && hasRoom(nodes, rules, node);
}
