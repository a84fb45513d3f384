import { has } from '../columns/lane.js';
import type { NodeIndex } from '../columns/nodes.js';
import type { World } from '../world/world.js';

export type Access = ReturnType<typeof createAccess>;

/** Bits of all lanes. */
const allLanes = 0xffff_ffff;

/**
 * Which lanes each node may serve: its hardware does for the class, its published score, or that for the class, for
 * the minimum that jobs state, and the reputation model grants it the tier. Kept as masks, so that asking for a node
 * and lane is one test.
 */
export function createAccess({ lanes, nodes, roles }: World) {
  const { reputation } = roles;
  /** Lanes for which the published score is high enough. */
  const scored = new Uint32Array(nodes.capacity);
  /** Lanes that the model grants, as it last said. */
  const granted = new Uint32Array(nodes.capacity).fill(allLanes);

  /** Without one, and without grants, what a node may serve is its hardware's for good. */
  const asksScores = lanes.some(({ minimumScore }) => minimumScore > Number.NEGATIVE_INFINITY);

  for (let node = 0; node < nodes.count; node++) refresh(node);

  /** Settles anew what the node may serve, as it joins or its published score or grants changed; true if other. */
  function refresh(node: NodeIndex): boolean {
    const [scoredBefore, allowedBefore] = [scored[node]!, nodes.allowedLanes[node]!];
    let [enough, allowed] = [0, 0];
    for (const { index, jobClass, minimumScore } of lanes) {
      if (nodes.publishedScoreFor(node, jobClass) < minimumScore) continue;
      enough |= 1 << index;
      if (has(nodes.allowedClasses[node]!, jobClass) && has(granted[node]!, index)) allowed |= 1 << index;
    }
    scored[node] = enough;
    nodes.allowedLanes[node] = allowed;
    return scored[node] !== scoredBefore || nodes.allowedLanes[node] !== allowedBefore;
  }

  /** The same, where it can have changed at all. */
  function nodeChanged(node: NodeIndex): boolean {
    return (asksScores || reputation.lanes !== undefined) && refresh(node);
  }

  /** Asks the model which lanes the node may serve now; true if it says otherwise than before. */
  function askModel(node: NodeIndex): boolean {
    if (reputation.lanes === undefined) return false;
    const before = granted[node]!;
    granted[node] = reputation.lanes(node);
    return granted[node] !== before;
  }

  /** Whether the class of the lane allows the node's hardware. */
  function hasHardware(node: NodeIndex, lane: number): boolean {
    return has(nodes.allowedClasses[node]!, lanes[lane]!.jobClass);
  }

  return { scored, granted, refresh, nodeChanged, askModel, hasHardware };
}
