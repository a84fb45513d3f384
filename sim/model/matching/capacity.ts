import { CapacityState, capacityStateCount } from '../columns/capacity-state.js';
import { type NodeIndex, NodeState } from '../columns/nodes.js';
import type { World } from '../world/world.js';

export type Capacity = ReturnType<typeof createCapacity>;

/** A node that isn't in the network is no capacity, whatever it was or will be. */
const absent = capacityStateCount;

/**
 * Where the capacity is that the network has: nodes and their slots, by what keeps them from jobs of a class. Counted
 * as nodes change, so that it can be read at any moment at the cost of some numbers.
 */
export function createCapacity(world: World) {
  const { classes, nodes, ownership, rules, simulation, workloads } = world;
  /** Those of which there are jobs. */
  const used = [...new Set(workloads.map(({ settings }) => settings.jobClass))];
  /** By class and state, those of a class side by side; 0 for classes without jobs. */
  const nodeCounts = new Float64Array(classes.length * capacityStateCount);
  const slotCounts = new Float64Array(classes.length * capacityStateCount);
  /** By node, as last counted: its state but for hardware and bonds, and the classes whose bond it can pay. */
  const counted = new Uint8Array(nodes.capacity).fill(absent);
  const affordable = new Int32Array(nodes.capacity);

  for (let node = 0; node < nodes.count; node++) nodeChanged(node);

  /** After the node came, went, or its stake, its jail or the bonds that its operator can pay changed. */
  function nodeChanged(node: NodeIndex): void {
    const [before, now] = [counted[node]!, stateOf(node)];
    const bonds = ownership.affordableClasses[node]!;
    if (before === now && (affordable[node] === bonds || now < CapacityState.noBond)) return;
    if (before !== absent) add(node, before, affordable[node]!, -1);
    if (now !== absent) add(node, now, bonds, 1);
    counted[node] = now;
    affordable[node] = bonds;
  }

  function add(node: NodeIndex, state: number, bonds: number, sign: number): void {
    for (const jobClass of used) {
      const isFit = ((nodes.allowedClasses[node]! >>> jobClass) & 1) === 1;
      const canPay = state < CapacityState.noBond || ((bonds >>> jobClass) & 1) === 1;
      const own = isFit ? (canPay ? state : CapacityState.noBond) : CapacityState.noHardware;
      nodeCounts[jobClass * capacityStateCount + own]! += sign;
      slotCounts[jobClass * capacityStateCount + own]! += sign * nodes.slots[node]!;
    }
  }

  function stateOf(node: NodeIndex): number {
    if (nodes.state[node] !== NodeState.present) return absent;
    if (nodes.stake[node]! < rules.now.minimumStake) return CapacityState.lowStake;
    if (nodes.jailedUntil[node]! > simulation.now) return CapacityState.jailed;
    return nodes.isOnline[node] === 1 ? CapacityState.able : CapacityState.offline;
  }

  return { nodeCounts, slotCounts, nodeChanged };
}
