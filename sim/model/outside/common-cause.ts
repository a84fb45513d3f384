import type { KeyedDraw } from '../../engine/random-stream.js';
import type { Machines } from '../columns/machines.js';
import type { MachineIndex } from '../columns/nodes.js';
import { Purpose } from '../contract/purposes.js';
import type { Spans } from './spans.js';

/**
 * Something that befalls many machines together, such as an outage of their region: when, which, and how many of them.
 *
 * It is a source of its own: neither other cohorts nor what the protocol does change when it strikes and whom.
 */
export class CommonCause {
  /** As in the scenario, such as `outages.blackout`. */
  readonly name: string;
  readonly spans: Spans;
  /** Handles of the machines that it can strike, rising. */
  readonly machines: Int32Array;
  /** Whether the network is told beforehand. */
  readonly isAnnounced: boolean;
  readonly #all: Machines;
  readonly #share: number;
  readonly #draws: readonly KeyedDraw[];

  /** @param draws by cohort, see `strikes` */
  constructor(
    when: { readonly name: string; readonly spans: Spans; readonly share: number; readonly isAnnounced: boolean },
    all: Machines,
    machines: Int32Array,
    draws: readonly KeyedDraw[],
  ) {
    this.name = when.name;
    this.spans = when.spans;
    this.isAnnounced = when.isAnnounced;
    this.#share = when.share;
    this.#all = all;
    this.machines = machines;
    this.#draws = draws;
  }

  /** Whether span `number` strikes the machine, one of `machines`. */
  strikes(machine: MachineIndex, number: number): boolean {
    return strikes(this.#draws[this.#all.cohort[machine]!]!, this.#all.ordinal[machine]!, number, this.#share);
  }
}

/** Whether span `number` of a cause strikes a machine, by its cohort's draw for that cause and its ordinal. */
export function strikes(draw: KeyedDraw, ordinal: number, number: number, share: number): boolean {
  return share === 1 || draw.uniform(ordinal, number, Purpose.strike) < share;
}
