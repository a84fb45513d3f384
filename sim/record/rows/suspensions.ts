import type { MachineIndex, NodeIndex } from '../../model/columns/nodes.js';
import type { World } from '../../model/world/world.js';

/** Suspensions as they are imposed, and which of them punish what was no fault of the node's. */
export class Suspensions {
  /** By node, over the whole run, and after the warm-up. */
  readonly count: Uint32Array;
  readonly countWarm: Uint32Array;
  /** By node, after the warm-up: of honest nodes, for outages that many machines shared. */
  readonly falseWarm: Uint32Array;
  /** Epochs that a review pardoned. */
  readonly pardoned = new Set<number>();
  readonly #warmUpSeconds: number;

  constructor(nodeCapacity: number, warmUpSeconds: number) {
    this.count = new Uint32Array(nodeCapacity);
    this.countWarm = new Uint32Array(nodeCapacity);
    this.falseWarm = new Uint32Array(nodeCapacity);
    this.#warmUpSeconds = warmUpSeconds;
  }

  /** Counts a suspension at the end of this epoch, for check-ins made and due over the window. */
  add(world: World, node: NodeIndex, epoch: number, made: number, due: number): void {
    this.count[node]!++;
    if (world.simulation.now <= this.#warmUpSeconds) return;
    this.countWarm[node]!++;
    const { cohorts, ownership, rules } = world;
    if (cohorts[ownership.cohort[node]!]!.isAttacker) return;
    const { below, windowEpochs } = rules.now.suspension!;
    const excused = Math.min(due - made, this.#missedTogether(world, ownership.machine[node]!, epoch, windowEpochs));
    if (made + excused >= below * due) this.falseWarm[node]!++;
  }

  /** Check-ins due while an outage lasted that the machine shared with others, in the epochs that count. */
  #missedTogether({ outages, rules }: World, machine: MachineIndex, last: number, epochs: number): number {
    const { epochSeconds } = rules.now;
    let missed = 0;
    for (const outage of outages) {
      if (outage.plan.isAnnounced || !outage.machines.includes(machine)) continue;
      for (let number = 0; outage.spans.start(number) < last * epochSeconds; number++) {
        if (!outage.strikes(machine, number)) continue;
        for (let epoch = Math.max(1, last - epochs + 1); epoch <= last; epoch++) {
          if (this.pardoned.has(epoch)) continue;
          const from = Math.max(outage.spans.start(number), (epoch - 1) * epochSeconds);
          const to = Math.min(outage.spans.end(number), epoch * epochSeconds);
          if (to > from) missed += dueBetween(from, to, rules.now.checkInSeconds);
        }
      }
    }
    return missed;
  }
}

/** Check-ins due from a time on, excluded, to another, included. */
function dueBetween(from: number, to: number, every: number): number {
  return Math.floor(to / every) - Math.floor(from / every);
}
