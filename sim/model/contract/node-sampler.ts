import { WeightedTree } from '../../kernels/trees/weighted-tree.js';
import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';

/** The network's own draws: a uniform value in [0, 1) keyed by job, number and purpose. */
export type JobDraw = (job: JobIndex, number: number, purpose: number) => number;

/** Draw numbers reserved for each attempt of a job. */
const drawsAnAttempt = 65_536;

/**
 * Draws a node in proportion to node factor × region factor, in O(log n), one tree a lane and node region.
 *
 * The region is drawn first by its total × factor; then the node within it. Nodes that don't fit the job are set
 * aside and the draw repeated, which is the draw among those that fit.
 */
export class NodeSampler {
  readonly #trees: WeightedTree[][];
  readonly #rowInRegion: Int32Array;
  readonly #nodeOfRow: Int32Array[];
  readonly #rowsInRegion: Int32Array;
  readonly #regionOf: Uint8Array;
  readonly #sums: Float64Array;
  readonly #attemptsMade: (job: JobIndex) => number;
  readonly #fits: (job: JobIndex, node: NodeIndex) => boolean;
  readonly #setAside: { tree: WeightedTree; row: number; weight: number }[] = [];

  /**
   * @param regionCapacity most nodes that each region can come to hold
   * @param attemptsMade attempts of a job so far
   * @param fits whether an open node can take the job
   */
  constructor(
    regionOf: Uint8Array,
    regionCapacity: readonly number[],
    laneCount: number,
    attemptsMade: (job: JobIndex) => number,
    fits: (job: JobIndex, node: NodeIndex) => boolean,
  ) {
    this.#regionOf = regionOf;
    this.#attemptsMade = attemptsMade;
    this.#fits = fits;
    this.#trees = Array.from({ length: laneCount }, () => regionCapacity.map((size) => new WeightedTree(size)));
    this.#rowInRegion = new Int32Array(regionOf.length).fill(NONE);
    this.#nodeOfRow = regionCapacity.map((size) => new Int32Array(size));
    this.#rowsInRegion = new Int32Array(regionCapacity.length);
    this.#sums = new Float64Array(regionCapacity.length);
  }

  /** Sets the node's weight for a lane; throws an Error for what is no finite number of at least 0. */
  setWeight(lane: number, node: NodeIndex, weight: number): void {
    // in the sums of a tree it would keep every job from every node
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new Error(`weight of node ${node}: expected a finite number of at least 0, found ${weight}`);
    }
    let row = this.#rowInRegion[node]!;
    const region = this.#rowsInRegion.length === 1 ? 0 : this.#regionOf[node]!;
    if (row === NONE) {
      if (weight === 0) return;
      row = this.#rowsInRegion[region]!++;
      this.#rowInRegion[node] = row;
      this.#nodeOfRow[region]![row] = node;
    }
    this.#trees[lane]![region]!.set(row, weight);
  }

  hasWeight(lane: number): boolean {
    const trees = this.#trees[lane]!;
    for (let region = 0; region < trees.length; region++) if (trees[region]!.total > 0) return true;
    return false;
  }

  /**
   * @param factors region factors, starting at `offset`; null for 1 everywhere
   * @returns the node, or NONE if none that fits has weight
   */
  draw(
    job: JobIndex,
    lane: number,
    factors: Float64Array | null,
    offset: number,
    uniform: JobDraw,
    purposes: { region: number; node: number },
  ): NodeIndex {
    const trees = this.#trees[lane]!;
    let chosen = NONE;
    // each attempt of a job draws from a block of numbers of its own
    for (let attempt = this.#attemptsMade(job) * drawsAnAttempt; ; attempt++) {
      const region = trees.length === 1 ? 0 : this.#drawRegion(trees, factors, offset, job, uniform, attempt, purposes);
      const tree = trees[region];
      if (tree === undefined || tree.total === 0) break;
      const row = tree.find(uniform(job, attempt, purposes.node) * tree.total);
      const node = this.#nodeOfRow[region]![row]!;
      if (this.#fits(job, node)) {
        chosen = node;
        break;
      }
      this.#setAside.push({ tree, row, weight: tree.weight(row) });
      tree.set(row, 0);
    }
    while (this.#setAside.length > 0) {
      const { tree, row, weight } = this.#setAside.pop()!;
      tree.set(row, weight);
    }
    return chosen;
  }

  #drawRegion(
    trees: WeightedTree[],
    factors: Float64Array | null,
    offset: number,
    job: JobIndex,
    uniform: JobDraw,
    number: number,
    purposes: { region: number },
  ): number {
    const sums = this.#sums;
    let total = 0;
    let last = NONE;
    for (let region = 0; region < trees.length; region++) {
      const weight = trees[region]!.total * (factors === null ? 1 : factors[offset + region]!);
      if (weight > 0) last = region;
      total += weight;
      sums[region] = total;
    }
    if (last === NONE) return NONE;
    const point = uniform(job, number, purposes.region) * total;
    for (let region = 0; region < last; region++) if (point < sums[region]!) return region;
    return last;
  }
}
