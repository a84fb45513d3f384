import { Capital } from './capital.js';
import type { Machines } from './machines.js';
import { type MachineIndex, NONE, type NodeIndex } from './nodes.js';

/** Whether a node came as it paid, and left as it didn't: a bit each. */
export const MovedByProfit = { entered: 1, left: 2 } as const;

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
  /** 1 once the identity was slashed, jailed or ejected, which its operator knows. */
  readonly wasPunished: Uint8Array;
  /** Bits of `MovedByProfit`. */
  readonly movedByProfit: Uint8Array;
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
    this.wasPunished = new Uint8Array(capacity);
    this.movedByProfit = new Uint8Array(capacity);
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

/**
 * Operators as columns: what they put in, to reckon what they got out of it; locked is their capital in tokens, and
 * behind it that of the purses which members of an attack share, by `rowOfPurse`.
 */
export class Operators extends Capital {
  readonly count: number;
  readonly cohort: Uint16Array;
  /** Its identity that was added last; the others follow through `ownership.previousOfOperator`. */
  readonly lastNode: Int32Array;
  /** Bonds locked in the bond currency; where that is the token, these are part of the same capital. */
  readonly bonds: Capital;
  /** Identity fees and prices of places paid [micro-tokens]. */
  readonly identityFees: Float64Array;
  /** Paid for jobs of its own, less what came back [micro-tokens]. */
  readonly ownJobFees: Float64Array;
  /** Charged for answers, premiums of the insurance, and interest on loans [micro-tokens]. */
  readonly charged: Float64Array;
  /** Delegated to nodes, less what came back, and what of it the shares are worth now [micro-tokens]. */
  readonly delegatedNet: Float64Array;
  readonly delegatedNow: Float64Array;
  /** Paid by the insurance for what was slashed [micro-tokens]. */
  readonly claims: Float64Array;
  /** Bribes paid, less those taken [micro-tokens]. */
  readonly bribes: Float64Array;
  /** Paid for resource tokens, less what it took for them [micro-tokens]. */
  readonly resourceTokens: Float64Array;
  /** Outages that it brought about, and epochs for which it eclipsed a node, of each node one. */
  readonly strikes: Float64Array;
  readonly eclipses: Float64Array;

  readonly #nameKey: number;

  /**
   * @param nameKey any integer of 32 bits, of the run's own: names differ from run to run
   * @param purses that attacks can have
   * @param hasBondCurrency whether bonds are locked in another currency than stake
   */
  constructor(count: number, nameKey: number, purses = 0, hasBondCurrency = false) {
    super(count + purses);
    this.count = count;
    this.bonds = hasBondCurrency ? new Capital(count) : this;
    this.#nameKey = nameKey;
    this.cohort = new Uint16Array(count);
    this.lastNode = new Int32Array(count).fill(NONE);
    this.identityFees = new Float64Array(count);
    this.ownJobFees = new Float64Array(count);
    this.charged = new Float64Array(count);
    this.delegatedNet = new Float64Array(count);
    this.delegatedNow = new Float64Array(count);
    this.claims = new Float64Array(count);
    this.bribes = new Float64Array(count);
    this.resourceTokens = new Float64Array(count);
    this.strikes = new Float64Array(count);
    this.eclipses = new Float64Array(count);
  }

  /** The row of capital that is an attack's purse. */
  rowOfPurse(attack: number): number {
    return this.count + attack;
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
}

function permuted(number: number): number {
  let mixed = number;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
