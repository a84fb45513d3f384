import type { NodeIndex, Nodes } from '../../columns/nodes.js';
import type { MechanismContext } from '../context.js';

/**
 * What penalties changed of scores from 0 to 1 that are reckoned anew at epochs' ends: it stands beside what is
 * reckoned, or the next reckoning would undo it, until it has faded.
 */
export class FadingPenalties {
  readonly #nodes: Nodes;
  readonly #change: Float64Array;

  constructor({ nodes, column }: MechanismContext) {
    this.#nodes = nodes;
    this.#change = column();
  }

  /** The node's score after a penalty changed it by so much. */
  move(node: NodeIndex, change: number): number {
    const before = this.#nodes.score[node]!;
    const score = within(before + change);
    this.#change[node]! += score - before;
    return score;
  }

  /** The score with what penalties changed of it. */
  applied(node: NodeIndex, score: number): number {
    return within(score + this.#change[node]!);
  }

  /** Multiplies what they changed by a factor from 0 to 1. */
  fade(factor: number): void {
    for (let node = 0; node < this.#nodes.count; node++) this.#change[node]! *= factor;
  }

  forget(node: NodeIndex): void {
    this.#change[node] = 0;
  }
}

function within(score: number): number {
  return Math.min(1, Math.max(0, score));
}
