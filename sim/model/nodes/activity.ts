import { type NodeIndex, NodeState } from '../columns/nodes.js';
import type { Matching } from '../matching/matching.js';
import { ActiveStake } from '../money/active-stake.js';
import type { World } from '../world/world.js';

export type Activity = ReturnType<typeof createActivity>;

/** Whether a node can be given work at all, and the stake × time in which it could. */
export function createActivity(world: World, { capacity, nodeChanged, prospects, unservedReasons }: Matching) {
  const { nodes, onlineByRegion, onlineNodes, rules, simulation } = world;
  const activeStake = new ActiveStake(nodes);

  /** Settles anew whether the node can be assigned anything at all, and tells the policy. */
  function refreshActivity(node: NodeIndex): void {
    const isActive =
      nodes.state[node] === NodeState.present &&
      nodes.isOnline[node] === 1 &&
      nodes.jailedUntil[node]! <= simulation.now &&
      nodes.isSuspended[node] === 0 &&
      nodes.stake[node]! >= rules.now.minimumStake &&
      !nodes.lacksResourceToken(node);
    activeStake.account(node, simulation.now);
    nodes.isActive[node] = isActive ? 1 : 0;
    prospects.nodeChanged(node);
    unservedReasons.nodeChanged(node);
    capacity.nodeChanged(node);
    nodeChanged(node);
  }

  function setOnline(node: NodeIndex, isOnline: boolean): void {
    const isChange = nodes.isOnline[node] !== (isOnline ? 1 : 0);
    nodes.isOnline[node] = isOnline ? 1 : 0;
    if (isChange) (isOnline ? nodes.onlineSince : nodes.offlineSince)[node] = simulation.now;
    if (isOnline) {
      onlineNodes.add(node);
      onlineByRegion.added(node);
    } else {
      onlineNodes.remove(node);
      onlineByRegion.removed(node);
    }
    refreshActivity(node);
  }

  return { activeStake, refreshActivity, setOnline };
}
