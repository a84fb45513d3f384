import type { Machines } from './machines.js';
import { type MachineIndex, NONE, type NodeIndex } from './nodes.js';

/** Who stands behind each identity, by node; handlers and strategies know it, mechanisms are never shown it. */
export class Ownership {
  readonly cohort: Uint16Array;
  /** The true operator, whose account pays and is paid. */
  readonly operator: Int32Array;
  readonly machine: Int32Array;
  /** Ordinal within the cohort: the key of the node's draws. */
  readonly ordinal: Int32Array;
  /** Next identity on the same machine, or NONE. */
  readonly nextIdentity: Int32Array;
  /** The identity of the same operator that was added before it, or NONE. */
  readonly previousOfOperator: Int32Array;
  /** Where its machine really stands, an index of the network's regions: what messages travel by. */
  readonly region: Uint8Array;
  /** Stake that it locks as it enters [micro-tokens]. */
  readonly stake: Float64Array;
  /** When the identity means to leave [s]; Infinity if it stays. */
  readonly leavesAt: Float64Array;
  /**
   * Lanes that its operator can pay the least bond for, a bit each: as the purse is filled or emptied, it changes for
   * all of an operator's identities at once, and would tell whose they are.
   */
  readonly affordableLanes: Int32Array;

  constructor(capacity: number) {
    this.cohort = new Uint16Array(capacity);
    this.operator = new Int32Array(capacity);
    this.machine = new Int32Array(capacity);
    this.ordinal = new Int32Array(capacity);
    this.nextIdentity = new Int32Array(capacity).fill(NONE);
    this.previousOfOperator = new Int32Array(capacity).fill(NONE);
    this.region = new Uint8Array(capacity);
    this.stake = new Float64Array(capacity);
    this.leavesAt = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.affordableLanes = new Int32Array(capacity).fill(-1);
  }

  /** Lists a new identity with its operator and on its machine. */
  enlist(node: NodeIndex, operator: number, operators: Operators, machine: MachineIndex, machines: Machines): void {
    this.operator[node] = operator;
    this.previousOfOperator[node] = operators.lastNode[operator]!;
    operators.lastNode[operator] = node;
    this.machine[node] = machine;
    this.nextIdentity[node] = machines.firstIdentity[machine]!;
    machines.firstIdentity[machine] = node;
  }
}

/** Operators as columns: what they put in, to reckon what they got out of it. */
export class Operators {
  readonly count: number;
  readonly cohort: Uint16Array;
  /** Its identity that was added last; the others follow through `ownership.previousOfOperator`. */
  readonly lastNode: Int32Array;
  /** Stake and bonds locked now, and the most ever locked [micro-tokens]. */
  readonly locked: Float64Array;
  readonly peakLocked: Float64Array;
  /** Integral of what was locked over time [micro-token seconds], up to `lockedSince`. */
  readonly lockedSeconds: Float64Array;
  readonly lockedSince: Float64Array;
  /** Identity fees paid [micro-tokens]. */
  readonly identityFees: Float64Array;
  /** Paid for jobs of its own, less what came back [micro-tokens]. */
  readonly ownJobFees: Float64Array;
  /** Bribes paid, less those taken [micro-tokens]. */
  readonly bribes: Float64Array;
  /** Outages that it brought about, and epochs for which it eclipsed a node, of each node one. */
  readonly strikes: Float64Array;
  readonly eclipses: Float64Array;

  readonly #nameKey: number;

  /** @param nameKey any integer of 32 bits, of the run's own: names differ from run to run */
  constructor(count: number, nameKey: number) {
    this.count = count;
    this.#nameKey = nameKey;
    this.cohort = new Uint16Array(count);
    this.lastNode = new Int32Array(count).fill(NONE);
    this.locked = new Float64Array(count);
    this.peakLocked = new Float64Array(count);
    this.lockedSeconds = new Float64Array(count);
    this.lockedSince = new Float64Array(count);
    this.identityFees = new Float64Array(count);
    this.ownJobFees = new Float64Array(count);
    this.bribes = new Float64Array(count);
    this.strikes = new Float64Array(count);
    this.eclipses = new Float64Array(count);
  }

  /**
   * What an operator calls itself, or what the identity of a row that hides whose it is calls its own: a number of 32
   * bits that tells nothing but who is the same. A permutation (MurmurHash3's finalizer), so no two share a name.
   */
  nameOf(operator: number): number {
    return permuted(operator ^ this.#nameKey);
  }

  nameOfHidden(node: number): number {
    return permuted((this.count + node) ^ this.#nameKey);
  }

  /** Accounts a change of what the operator has locked [micro-tokens]. */
  lock(operator: number, change: number, now: number): void {
    this.lockedSeconds[operator]! += this.locked[operator]! * (now - this.lockedSince[operator]!);
    this.lockedSince[operator] = now;
    this.locked[operator]! += change;
    if (this.locked[operator]! > this.peakLocked[operator]!) this.peakLocked[operator] = this.locked[operator]!;
  }
}

function permuted(number: number): number {
  let mixed = number;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
