import type { NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { Rules } from '../columns/rules.js';
import type { Live } from '../contract/live.js';
import { hasRoom, isOpen } from './eligibility.js';

/** More than these aren't told apart. */
const listedMost = 64;

/**
 * The nodes that may have become able to take a job since those that wait were last looked through.
 *
 * A job waits only while no node fits it, and what keeps an open node from fitting it stays: it was tried, or would be
 * too late. Hence only nodes that opened since, or can pay a higher bond, can take one; others needn't be asked again.
 */
export class Openings {
  readonly #nodes: Nodes;
  readonly #ownership: Ownership;
  readonly #rules: Live<Rules>;
  readonly #isListed: Uint8Array;
  readonly #listed = new Int32Array(listedMost);
  #count = 0;
  /** True when any node may have opened. */
  #areAll = false;
  /** Counted up with each node that opens. */
  version = 0;
  /** Opened last of those that were listed; the first node before any was. */
  lastOpened: NodeIndex = 0;
  readonly #range = new Range();
  /** Of the nodes before `#seen`. */
  readonly #rangeOfAll = new Range();
  #seen = 0;

  constructor(nodes: Nodes, ownership: Ownership, rules: Live<Rules>) {
    this.#nodes = nodes;
    this.#ownership = ownership;
    this.#rules = rules;
    this.#isListed = new Uint8Array(nodes.capacity);
  }

  get isEmpty(): boolean {
    return this.#count === 0 && !this.#areAll;
  }

  /** Least throughput of those that opened. */
  get slowest(): number {
    return this.#areAll ? this.#rangeOfAll.least : this.#range.least;
  }

  get fastest(): number {
    return this.#areAll ? this.#rangeOfAll.most : this.#range.most;
  }

  nodeChanged(node: NodeIndex): void {
    if (!hasRoom(this.#nodes, this.#ownership, this.#rules, node)) {
      this.#isListed[node] = 0;
      return;
    }
    if (this.#isListed[node] === 1) return;
    if (this.#count === listedMost) {
      this.allMayHaveOpened();
      return;
    }
    this.#isListed[node] = 1;
    this.#listed[this.#count++] = node;
    this.lastOpened = node;
    this.#range.widen(this.#nodes.throughput[node]!);
    this.version++;
  }

  /** A node that was open, too, but can pay more than before. */
  nodeImproved(node: NodeIndex): void {
    if (!hasRoom(this.#nodes, this.#ownership, this.#rules, node)) return;
    this.nodeChanged(node);
    this.version++;
  }

  /** Another machine was declared for the node. */
  declared(node: NodeIndex): void {
    this.#range.widen(this.#nodes.throughput[node]!);
    this.#rangeOfAll.widen(this.#nodes.throughput[node]!);
  }

  /** For changes that aren't a single node's, such as of weights. */
  allMayHaveOpened(): void {
    this.version++;
    this.#areAll = true;
    const { count, throughput } = this.#nodes;
    while (this.#seen < count) this.#rangeOfAll.widen(throughput[this.#seen++]!);
  }

  /** True while one that opened can still take a job of the lane. */
  haveRoom(lane: number): boolean {
    if (this.#areAll) return true;
    for (let place = 0; place < this.#count; place++) {
      if (isOpen(this.#nodes, this.#ownership, this.#rules, this.#listed[place]!, lane)) return true;
    }
    return false;
  }

  clear(): void {
    for (let place = 0; place < this.#count; place++) this.#isListed[this.#listed[place]!] = 0;
    this.#count = 0;
    this.#areAll = false;
    this.#range.clear();
  }
}

class Range {
  least = Number.POSITIVE_INFINITY;
  most = 0;

  widen(value: number): void {
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
  }

  clear(): void {
    this.least = Number.POSITIVE_INFINITY;
    this.most = 0;
  }
}
