import { capacityStateCount } from '../../model/columns/capacity-state.js';
import { type UnservedReason, unservedReasonCount } from '../../model/columns/unserved-reason.js';
import type { CapacityCounts } from '../../model/world/journal.js';

/** Sums over jobs that got no node of what capacity there was when each of them ended, by class and reason. */
export class CapacityLog {
  /** By class and reason: jobs. */
  readonly jobs: Float64Array;
  /** By class, reason and `CapacityState`: nodes and slots, a sum over the jobs. */
  readonly nodes: Float64Array;
  readonly slots: Float64Array;

  constructor(jobClasses: number) {
    const rows = jobClasses * unservedReasonCount;
    this.jobs = new Float64Array(rows);
    this.nodes = new Float64Array(rows * capacityStateCount);
    this.slots = new Float64Array(rows * capacityStateCount);
  }

  /** @param lane of the job, which is of that class */
  add(jobClass: number, lane: number, reason: UnservedReason, { nodeCounts, slotCounts }: CapacityCounts): void {
    const row = jobClass * unservedReasonCount + reason;
    this.jobs[row]!++;
    for (let state = 0; state < capacityStateCount; state++) {
      this.nodes[row * capacityStateCount + state]! += nodeCounts[lane * capacityStateCount + state]!;
      this.slots[row * capacityStateCount + state]! += slotCounts[lane * capacityStateCount + state]!;
    }
  }
}
