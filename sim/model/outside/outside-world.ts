import type { EventHandler, Simulation } from '../../engine/simulation.js';
import type { Limits } from '../columns/limits.js';
import type { Machines } from '../columns/machines.js';
import type { Network } from '../columns/network.js';
import type { MachineIndex, NodeIndex } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { EventKind } from '../events.js';
import type { Truth } from '../truth/truth.js';

/** What the processes from outside see of the network. */
export interface OutsideWorld {
  readonly simulation: Simulation;
  readonly machines: Machines;
  readonly limits: Limits;
  readonly network: Network;
  readonly ownership: Ownership;
  readonly truth: Truth;
}

/** Where they act on the lives of machines and nodes. */
export interface LifeActions {
  addDownReason(machine: MachineIndex, isAnnounced: boolean): void;
  removeDownReason(machine: MachineIndex, isAnnounced: boolean): void;
  /** Returns whether the node is in. */
  nodeJoined(node: NodeIndex): boolean;
  /** Messages pass again that didn't: who waits may be served. */
  connectionRestored(): void;
}

/** A process at work: it schedules its first events once, and handles them. */
export interface OutsideProcess<Events extends keyof typeof EventKind> {
  start(): void;
  readonly handlers: { readonly [Event in Events]: EventHandler };
}
