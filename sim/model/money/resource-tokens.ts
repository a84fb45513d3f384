import { type MachineIndex, NONE, type NodeIndex, type Nodes } from '../columns/nodes.js';
import { handleStep } from '../columns/rows/side-by-side.js';

/** Number of a resource token, from 0 in the order in which they were minted. */
export type ResourceToken = number;

/**
 * Commitments of machines that change hands, one a machine: what was declared of the machine when it was minted, who
 * owns it and who works with it. That number is all that mechanisms see of it, and by whom it is held.
 */
export class ResourceTokens {
  count = 0;
  /** Machine that it was minted for. */
  readonly machine: Int32Array;
  /** Operator that it belongs to. */
  readonly owner: Int32Array;
  /** Node that holds it; NONE while none does. */
  readonly holder: Int32Array;
  /** What it attests: hardware class, throughput (reference card = 1) and slots. */
  readonly hardware: Uint16Array;
  readonly throughput: Float64Array;
  readonly slots: Uint16Array;
  /** By ordinal of the machine's row: its token; NONE before it is minted. */
  readonly #ofMachine: Int32Array;

  /** @param machines that there are, of which each has one at most */
  constructor(machines: number) {
    this.machine = new Int32Array(machines);
    this.owner = new Int32Array(machines);
    this.holder = new Int32Array(machines).fill(NONE);
    this.hardware = new Uint16Array(machines);
    this.throughput = new Float64Array(machines);
    this.slots = new Uint16Array(machines);
    this.#ofMachine = new Int32Array(machines).fill(NONE);
  }

  /** The machine's token; NONE before it is minted. */
  of(machine: MachineIndex): ResourceToken {
    return this.#ofMachine[machine / handleStep]!;
  }

  /** Makes the machine's token, of what the node on it declares. */
  mint(machine: MachineIndex, node: NodeIndex, nodes: Nodes, owner: number): ResourceToken {
    const token = this.count++;
    this.#ofMachine[machine / handleStep] = token;
    this.machine[token] = machine;
    this.owner[token] = owner;
    this.hardware[token] = nodes.hardware[node]!;
    this.throughput[token] = nodes.throughput[node]!;
    this.slots[token] = nodes.slots[node]!;
    return token;
  }
}
