import { KeyedDraw, namedStream } from '../engine/random-stream.js';

/** Weights are counted in these, so that sums are exact in whatever order they are added: 2^-20. */
const unit = 1 / 1_048_576;
/** Draw numbers reserved for each attempt of a job. */
const drawsAnAttempt = 65_536;

/** What a draw is about: all of it is public. */
export interface SortitionDraw {
  /** Public randomness of the epoch in which it was drawn. */
  readonly beacon: string;
  /** Place of the job's workload in the scenario, from 0. */
  readonly workload: number;
  /** Ordinal of the job within its workload, from 0. */
  readonly ordinal: number;
  /** Attempts of the job before this one. */
  readonly attempt: number;
}

/**
 * Public randomness of an epoch, from 0, of a run with that seed: who has the scenario can recompute what was drawn by
 * it, and it tells nothing of any other draw.
 */
export function epochBeacon(seed: string, epoch: number): string {
  return `beacon ${epoch} ${namedStream(`${seed}/beacon/${epoch}`)()}`;
}

/** A weight as a whole number of units, for weights whose sum stays below 2^33. */
export function weightUnits(weight: number): number {
  return Math.round(weight / unit);
}

/** Hashes, as points on a line, of the draws by one beacon. */
export class SortitionHash {
  readonly #draw: KeyedDraw;

  constructor(beacon: string) {
    this.#draw = new KeyedDraw(beacon);
  }

  /**
   * A whole number from 0 to below `total`.
   *
   * @param repetition how many points of this attempt fell on nodes that don't fit
   */
  point(total: number, workload: number, ordinal: number, attempt: number, repetition: number): number {
    return this.#draw.below(total, ordinal, attempt * drawsAnAttempt + repetition, workload);
  }
}

/**
 * Recomputes a draw by sortition from public values alone: the node, or −1 if none that fits has weight.
 *
 * @param weights of all nodes in their order, 0 for those that aren't open to the job or have had it
 * @param fits whether a node may have the job, such as to be fast enough for its deadline
 */
export function recomputeSortition(
  { beacon, workload, ordinal, attempt }: SortitionDraw,
  weights: readonly number[],
  fits: (node: number) => boolean = () => true,
): number {
  const hash = new SortitionHash(beacon);
  const units = weights.map(weightUnits);
  for (let repetition = 0; ; repetition++) {
    let total = 0;
    for (const each of units) total += each;
    if (total === 0) return -1;
    let rest = hash.point(total, workload, ordinal, attempt, repetition);
    const node = units.findIndex((each) => {
      rest -= each;
      return rest < 0;
    });
    if (fits(node)) return node;
    units[node] = 0;
  }
}
