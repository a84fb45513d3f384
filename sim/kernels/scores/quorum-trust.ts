import { bayesianAverage } from '../trust/bayesian-average.js';

/** How many ends of epochs are remembered at most. */
export const epochsRemembered = 32;

/** Whole trust of a part needs so much. */
export interface QuorumTerms {
  /** How long the stake has been locked [s], above 0. */
  readonly lockSeconds: number;
  /** Ends of epochs with a steady score, 1 to 32. */
  readonly epochs: number;
  /** Mean of the prior of success, and how many jobs it counts like. */
  readonly priorMean: number;
  readonly priorCount: number;
}

/**
 * How far nodes can be trusted with work that several do together: the mean of three parts, each from 0 to 1.
 *
 * Success is the share of such jobs that succeeded, averaged with a prior; lock-in how long the stake has been locked
 * without becoming less, of a time that is enough; consistency the share of the latest ends of epochs at which the
 * score was steady, those before the node came counted as not.
 */
export class QuorumTrust {
  readonly #served: Float64Array;
  readonly #succeeded: Float64Array;
  readonly #stake: Float64Array;
  /** Since when the stake hasn't become less [s]. */
  readonly #lockedSince: Float64Array;
  /** By node: a bit an end of an epoch, the latest lowest; set if the score was steady. */
  readonly #steady: Int32Array;

  constructor(nodes: number) {
    this.#served = new Float64Array(nodes);
    this.#succeeded = new Float64Array(nodes);
    this.#stake = new Float64Array(nodes);
    this.#lockedSince = new Float64Array(nodes);
    this.#steady = new Int32Array(nodes);
  }

  /** The node begins anew at a time [s], with nothing served and any stake. */
  join(node: number, at: number): void {
    this.forgetJobs(node);
    this.#stake[node] = 0;
    this.#lockedSince[node] = at;
    this.#steady[node] = 0;
  }

  /** Its history of jobs is wiped out; its stake stays locked since when it was, and epochs are what they were. */
  forgetJobs(node: number): void {
    this.#served[node] = 0;
    this.#succeeded[node] = 0;
  }

  served(node: number, isSuccess: boolean): void {
    this.#served[node]!++;
    if (isSuccess) this.#succeeded[node]!++;
  }

  /**
   * An epoch ended at a time [s].
   * @param stake the node's at that time; if it became less, its lock-in begins anew
   */
  epochEnded(node: number, at: number, stake: number, isSteady: boolean): void {
    if (stake < this.#stake[node]!) this.#lockedSince[node] = at;
    this.#stake[node] = stake;
    this.#steady[node] = (this.#steady[node]! << 1) | (isSteady ? 1 : 0);
  }

  /** The node's trust at a time [s], 0 to 1. */
  trust(node: number, at: number, { epochs, lockSeconds, priorCount, priorMean }: QuorumTerms): number {
    const served = this.#served[node]!;
    const succeeded = this.#succeeded[node]!;
    const success = served + priorCount === 0 ? 0 : bayesianAverage(succeeded, served, priorMean, priorCount);
    const lockIn = Math.min(1, (at - this.#lockedSince[node]!) / lockSeconds);
    return (success + lockIn + bitsIn(this.#steady[node]!, epochs) / epochs) / 3;
  }
}

/** How many of the lowest bits are set. */
function bitsIn(bits: number, lowest: number): number {
  let count = 0;
  for (let place = 0; place < lowest; place++) count += (bits >>> place) & 1;
  return count;
}
