import { CapacityState, capacityStateCount } from '../columns/capacity-state.js';
import { has } from '../columns/lane.js';
import { type NodeIndex, NodeState } from '../columns/nodes.js';
import type { World } from '../world/world.js';
import type { Access } from './access.js';

export type Capacity = ReturnType<typeof createCapacity>;

/** A node that isn't in the network is no capacity, whatever it was or will be. */
const absent = capacityStateCount;

/**
 * Where the capacity is that the network has: nodes and their slots, by what keeps them from jobs of a lane. Counted
 * as nodes change, so that it can be read at any moment at the cost of some numbers.
 */
export function createCapacity(world: World, access: Access) {
  const { lanes, nodes, ownership, rules, simulation, workloads } = world;
  /** Those of which there are jobs. */
  const used = lanes.filter(({ index }) =>
    workloads.some(({ settings }) => settings.gatedLane === index || settings.openLane === index),
  );
  /** By lane and state, those of a lane side by side; 0 for lanes without jobs. */
  const nodeCounts = new Float64Array(lanes.length * capacityStateCount);
  const slotCounts = new Float64Array(lanes.length * capacityStateCount);
  /** By node, as last counted: its state whatever the lane, and the lanes whose bond, score and tier it has. */
  const counted = new Uint8Array(nodes.capacity).fill(absent);
  const affordable = new Int32Array(nodes.capacity);
  const scored = new Uint32Array(nodes.capacity);
  const granted = new Uint32Array(nodes.capacity);

  for (let node = 0; node < nodes.count; node++) nodeChanged(node);

  /** After the node came, went, or its stake, its jail, the bonds that its operator can pay or its lanes changed. */
  function nodeChanged(node: NodeIndex): void {
    const [before, now] = [counted[node]!, stateOf(node)];
    const bonds = ownership.affordableLanes[node]!;
    const isSame =
      affordable[node] === bonds && scored[node] === access.scored[node] && granted[node] === access.granted[node];
    if (before === now && (isSame || now < CapacityState.lowScore)) return;
    if (before !== absent) add(node, before, -1);
    counted[node] = now;
    affordable[node] = bonds;
    scored[node] = access.scored[node]!;
    granted[node] = access.granted[node]!;
    if (now !== absent) add(node, now, 1);
  }

  /** Before another machine is declared for the node: it isn't counted until it is said to have changed. */
  function forget(node: NodeIndex): void {
    if (counted[node] !== absent) add(node, counted[node]!, -1);
    counted[node] = absent;
  }

  /** Counts the node by what is kept of it. */
  function add(node: NodeIndex, state: number, sign: number): void {
    for (const { index } of used) {
      const place = index * capacityStateCount + stateInLane(node, index, state);
      nodeCounts[place]! += sign;
      slotCounts[place]! += sign * nodes.slots[node]!;
    }
  }

  function stateInLane(node: NodeIndex, lane: number, state: number): number {
    if (!access.hasHardware(node, lane)) return CapacityState.noHardware;
    if (state < CapacityState.lowScore) return state;
    if (!has(scored[node]!, lane)) return CapacityState.lowScore;
    if (!has(granted[node]!, lane)) return CapacityState.lowTier;
    return has(affordable[node]!, lane) ? state : CapacityState.noBond;
  }

  function stateOf(node: NodeIndex): number {
    if (nodes.state[node] !== NodeState.present) return absent;
    if (nodes.stake[node]! < rules.now.minimumStake) return CapacityState.lowStake;
    if (nodes.lacksResourceToken(node)) return CapacityState.noResourceToken;
    if (nodes.jailedUntil[node]! > simulation.now || nodes.isSuspended[node] === 1) return CapacityState.jailed;
    return nodes.isOnline[node] === 1 ? CapacityState.able : CapacityState.offline;
  }

  return { nodeCounts, slotCounts, nodeChanged, forget };
}
