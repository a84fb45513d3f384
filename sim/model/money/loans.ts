import type { NodeIndex } from '../columns/nodes.js';

/** Stake that the treasury lent to nodes, as columns; the ledger moves the tokens. */
export class Loans {
  /** By node: what its operator owes for it, with interest that it couldn't pay [micro-tokens]. */
  readonly debt: Float64Array;
  /** By node: the lender's part of its stake: what is owed, as far as that covers it [micro-tokens]. */
  readonly lent: Float64Array;
  /** Paid as interest so far [micro-tokens]. */
  interestSum = 0;

  constructor(nodes: number) {
    this.debt = new Float64Array(nodes);
    this.lent = new Float64Array(nodes);
  }

  /** What is owed beyond what stake there is: lost by the lender unless it is paid out of income [micro-tokens]. */
  uncovered(node: NodeIndex): number {
    return this.debt[node]! - this.lent[node]!;
  }

  /** The same of all nodes [micro-tokens]. */
  uncoveredSum(): number {
    let sum = 0;
    for (let node = 0; node < this.debt.length; node++) sum += this.uncovered(node);
    return sum;
  }
}
