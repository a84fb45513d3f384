import { NONE, type NodeIndex } from '../columns/nodes.js';
import { checkAmount } from './amounts.js';

/**
 * Stake on its way back, a row for each time that a node asked for some: no longer staked, still slashable.
 *
 * Rows return one by one, and whatever is taken from a node reaches all of them.
 */
export class UnbondingRows {
  /** By node: the sum of its rows [micro-tokens]. */
  readonly sum: Float64Array;
  /** By node: the oldest of its rows. */
  readonly #first: Int32Array;
  /** By node: rows so far, which number the next. */
  readonly #count: Int32Array;
  readonly #number: number[] = [];
  readonly #amount: number[] = [];
  readonly #until: number[] = [];
  readonly #next: number[] = [];
  readonly #free: number[] = [];

  constructor(nodes: number) {
    this.sum = new Float64Array(nodes);
    this.#first = new Int32Array(nodes).fill(NONE);
    this.#count = new Int32Array(nodes);
  }

  /**
   * Adds a row, and returns its number among the node's.
   * @param until when it returns [s]
   */
  start(node: NodeIndex, amount: number, until: number): number {
    const row = this.#free.pop() ?? this.#amount.length;
    const number = this.#count[node]!++;
    this.#number[row] = number;
    this.#amount[row] = amount;
    this.#until[row] = until;
    this.#next[row] = NONE;
    const last = this.#last(node);
    if (last === NONE) this.#first[node] = row;
    else this.#next[last] = row;
    this.sum[node]! += amount;
    return number;
  }

  /** Ends the row of this number; what is left of it. */
  finish(node: NodeIndex, number: number): number {
    let before = NONE;
    let row = this.#first[node]!;
    while (row !== NONE && this.#number[row] !== number) {
      before = row;
      row = this.#next[row]!;
    }
    if (row === NONE) throw new Error(`unbonding: expected a row ${number} of node ${node}, found none`);
    if (before === NONE) this.#first[node] = this.#next[row]!;
    else this.#next[before] = this.#next[row]!;
    this.#free.push(row);
    this.sum[node]! -= this.#amount[row]!;
    return this.#amount[row]!;
  }

  /** When the last of the node's rows returns [s]; 0 without any. */
  lastUntil(node: NodeIndex): number {
    let latest = 0;
    for (let row = this.#first[node]!; row !== NONE; row = this.#next[row]!) {
      latest = Math.max(latest, this.#until[row]!);
    }
    return latest;
  }

  /** Takes a share of each row, floored a micro-token; what it took in all. */
  takeFraction(node: NodeIndex, fraction: number): number {
    let taken = 0;
    for (let row = this.#first[node]!; row !== NONE; row = this.#next[row]!) {
      taken += this.#take(row, Math.floor(this.#amount[row]! * fraction));
    }
    this.sum[node]! -= taken;
    return taken;
  }

  /** Takes so much, from the oldest row on; what it took, less if there is less. */
  takeAmount(node: NodeIndex, amount: number): number {
    let taken = 0;
    for (let row = this.#first[node]!; row !== NONE && taken < amount; row = this.#next[row]!) {
      taken += this.#take(row, Math.min(amount - taken, this.#amount[row]!));
    }
    this.sum[node]! -= taken;
    return taken;
  }

  #take(row: number, amount: number): number {
    checkAmount(amount, this.#amount[row]!, 'slashed unbonding stake');
    this.#amount[row]! -= amount;
    return amount;
  }

  #last(node: NodeIndex): number {
    let last = this.#first[node]!;
    while (last !== NONE && this.#next[last] !== NONE) last = this.#next[last]!;
    return last;
  }
}
