import type { Jobs } from '../columns/jobs.js';
import { type JobIndex, NONE } from '../columns/nodes.js';
import { handleBits } from '../columns/rows/side-by-side.js';
import type { StartLimit } from './start-limit.js';

const capacityAtFirst = 16;
/** What a vertex of the tree knows of the jobs below it: the bounds of their limits. */
const bounds = 4;
/** Bounds are rounded otherwise than limits are: this much later nobody is given up for it [s]. */
const tolerance = 1e-6;

/** Where jobs stand in their lines, while they wait: kept for all lines together, and apart from the jobs' columns. */
export class PlacesInLine {
  #places = new Int32Array(0);

  constructor(jobs: Jobs) {
    jobs.whenLaidOut((rows) => {
      const places = new Int32Array(rows);
      places.set(this.#places);
      this.#places = places;
    });
  }

  of(job: JobIndex): number {
    return this.#places[job >>> handleBits]!;
  }

  set(job: JobIndex, place: number): void {
    this.#places[job >>> handleBits] = place;
  }
}

/**
 * Jobs of a lane that found no node, in the order in which they came.
 *
 * A segment tree over the places in line finds the first that can still be in time on a node of given throughput, in
 * O(log n) mostly, however many stand before it who can't. Adding and removing take O(log n).
 */
export class WaitingLine {
  readonly #places: PlacesInLine;
  #capacity = capacityAtFirst;
  #job = new Int32Array(capacityAtFirst).fill(NONE);
  /** Rising along the line; who left leaves it behind. */
  #ticket = new Float64Array(capacityAtFirst);
  /** Vertex v at 4 v, its halves at 2 v and 2 v + 1, the places from the capacity on. */
  #tree = emptyTree(capacityAtFirst);
  /** The place after the last. */
  #end = 0;
  size = 0;

  constructor(places: PlacesInLine) {
    this.#places = places;
  }

  /** Puts a job at the end; tickets rise from job to job. */
  add(job: JobIndex, ticket: number, limit: StartLimit): void {
    if (this.#end === this.#capacity) this.#makeRoom();
    const place = this.#end++;
    this.#job[place] = job;
    this.#ticket[place] = ticket;
    this.#places.set(job, place);
    this.size++;
    const leaf = (this.#capacity + place) * bounds;
    this.#tree[leaf] = limit.clockStart;
    this.#tree[leaf + 1] = limit.atLeastSeconds;
    this.#tree[leaf + 2] = limit.work;
    this.#tree[leaf + 3] = limit.slack;
    this.#update(place);
  }

  remove(job: JobIndex): void {
    const place = this.#places.of(job);
    this.#job[place] = NONE;
    this.size--;
    clear(this.#tree, this.#capacity + place);
    this.#update(place);
    if (this.size === 0) this.#end = 0;
  }

  ticketOf(job: JobIndex): number {
    return this.#ticket[this.#places.of(job)]!;
  }

  /**
   * The first job with a ticket of at least `from` that could be in time on a node whose throughput lies between these;
   * NONE without any. Both ends are of nodes that there are.
   */
  firstInTime(from: number, now: number, slowest: number, fastest: number): JobIndex {
    if (this.size === 0) return NONE;
    const place = this.#find(1, 0, this.#capacity, this.#placeFrom(from), now, slowest, fastest);
    return place === NONE ? NONE : this.#job[place]!;
  }

  /** The first place whose ticket is at least this. */
  #placeFrom(ticket: number): number {
    let [low, high] = [0, this.#end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ticket[middle]! < ticket) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first fitting place from `from` on, of the `width` below the vertex that begin at `first`. */
  #find(
    vertex: number,
    first: number,
    width: number,
    from: number,
    now: number,
    slowest: number,
    fastest: number,
  ): number {
    if (first + width <= from || first >= this.#end) return NONE;
    const tree = this.#tree;
    const at = vertex * bounds;
    const clockStart = tree[at]!;
    if (clockStart === Number.NEGATIVE_INFINITY) return NONE;
    // each part is latest at one of the ends
    const late = Math.max(tree[at + 1]! - tree[at + 2]! / fastest, tree[at + 3]! / slowest, tree[at + 3]! / fastest);
    if (now > clockStart + late + tolerance) return NONE;
    if (width === 1) return first;
    const half = width / 2;
    const left = this.#find(2 * vertex, first, half, from, now, slowest, fastest);
    return left === NONE ? this.#find(2 * vertex + 1, first + half, half, from, now, slowest, fastest) : left;
  }

  #update(place: number): void {
    const tree = this.#tree;
    for (let vertex = (this.#capacity + place) >> 1; vertex >= 1; vertex >>= 1) {
      const at = vertex * bounds;
      const left = 2 * at;
      const right = left + bounds;
      tree[at] = Math.max(tree[left]!, tree[right]!);
      tree[at + 1] = Math.max(tree[left + 1]!, tree[right + 1]!);
      tree[at + 2] = Math.min(tree[left + 2]!, tree[right + 2]!);
      tree[at + 3] = Math.max(tree[left + 3]!, tree[right + 3]!);
    }
  }

  /** Closes the gaps; doubles the room if they were less than half of it. */
  #makeRoom(): void {
    const [jobs, tickets, tree, before] = [this.#job, this.#ticket, this.#tree, this.#capacity];
    if (this.size > before / 2) this.#capacity *= 2;
    this.#job = new Int32Array(this.#capacity).fill(NONE);
    this.#ticket = new Float64Array(this.#capacity);
    this.#tree = emptyTree(this.#capacity);
    this.#end = 0;
    for (let place = 0; place < before; place++) {
      const job = jobs[place]!;
      if (job === NONE) continue;
      const to = this.#end++;
      this.#job[to] = job;
      this.#ticket[to] = tickets[place]!;
      this.#places.set(job, to);
      const leaf = (before + place) * bounds;
      this.#tree.set(tree.subarray(leaf, leaf + bounds), (this.#capacity + to) * bounds);
    }
    for (let place = 0; place < this.#end; place += 2) this.#update(place);
  }
}

function emptyTree(capacity: number): Float64Array {
  const tree = new Float64Array(2 * capacity * bounds);
  for (let vertex = 0; vertex < 2 * capacity; vertex++) clear(tree, vertex);
  return tree;
}

/** Nobody stands there: no bound holds anybody. */
function clear(tree: Float64Array, vertex: number): void {
  const at = vertex * bounds;
  tree[at] = Number.NEGATIVE_INFINITY;
  tree[at + 1] = Number.NEGATIVE_INFINITY;
  tree[at + 2] = Number.POSITIVE_INFINITY;
  tree[at + 3] = Number.NEGATIVE_INFINITY;
}
