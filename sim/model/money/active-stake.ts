import type { NodeIndex, Nodes } from '../columns/nodes.js';

/**
 * Stake, own and delegated, × time in which each node could be given work, in micro-token seconds: what emission is
 * counted by.
 *
 * Barred, unreachable, and with less than the minimum stake a node has none, announced or not.
 */
export class ActiveStake {
  readonly #nodes: Nodes;
  readonly #sum: Float64Array;
  readonly #since: Float64Array;

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
    this.#sum = new Float64Array(nodes.capacity);
    this.#since = new Float64Array(nodes.capacity);
  }

  /** Accounts the time until now; called before the node's activity or stake changes. */
  account(node: NodeIndex, now: number): void {
    if (this.#nodes.isActive[node] === 1) {
      const stake = this.#nodes.stake[node]! + this.#nodes.delegated[node]!;
      this.#sum[node]! += stake * (now - this.#since[node]!);
    }
    this.#since[node] = now;
  }

  /** The sum until now, which begins again at 0. */
  take(node: NodeIndex, now: number): number {
    this.account(node, now);
    const sum = this.#sum[node]!;
    this.#sum[node] = 0;
    return sum;
  }
}
