import type { MessageHolds } from '../../columns/network.js';
import type { PartitionPlan } from './partitions.js';

/**
 * Until when partitions hold a message back: until none between its two regions is under way any more, however many
 * follow on one another.
 */
export class HeldMessages implements MessageHolds {
  readonly #plans: readonly PartitionPlan[];
  readonly #horizonSeconds: number;
  /** By partition: the span that was found last, from which the next is looked for. */
  readonly #found: Int32Array;

  /** @param horizonSeconds what is held beyond it isn't followed any further */
  constructor(plans: readonly PartitionPlan[], horizonSeconds: number) {
    this.#plans = plans;
    this.#horizonSeconds = horizonSeconds;
    this.#found = new Int32Array(plans.length);
  }

  passesAt(from: number, to: number, at: number): number {
    let until = at;
    for (let before = Number.NaN; before !== until && until <= this.#horizonSeconds; ) {
      before = until;
      for (let partition = 0; partition < this.#plans.length; partition++) {
        if (this.#plans[partition]!.parts(from, to)) until = this.#endOf(partition, until);
      }
    }
    return until;
  }

  /** The end of the partition's span at that time [s]; that time if there is none. */
  #endOf(partition: number, at: number): number {
    const { spans } = this.#plans[partition]!;
    let number = this.#found[partition]!;
    while (number > 0 && spans.start(number) > at) number--;
    while (spans.end(number) <= at) number++;
    this.#found[partition] = number;
    return spans.start(number) <= at ? spans.end(number) : at;
  }
}
