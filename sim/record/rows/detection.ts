import type { TimeToEvent } from '../../kernels/kaplan-meier.js';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import type { World } from '../../model/world/world.js';

/** What is counted of an attacker’s node from its first lie on. */
export const DetectionCount = {
  /** Attempts at clients’ jobs that were settled until the first penalty, those of the lies included. */
  jobs: 0,
  /** Lies among them. */
  wrong: 1,
} as const;
export type DetectionCount = (typeof DetectionCount)[keyof typeof DetectionCount];

/** An attacker’s node that lied, and what became of it. */
export interface Wrongdoer {
  readonly node: NodeIndex;
  /** When it returned the first lie [s]. */
  readonly wrongAt: number;
  /** When the first penalty struck it [s]; NaN for never. */
  readonly penalizedAt: number;
  /** The end of the run, or when it left or was ejected, if that is earlier [s]. */
  readonly seenUntil: number;
  readonly isEjected: boolean;
  /** Results until that penalty, or so far, and lies among them. */
  readonly jobs: number;
  readonly wrong: number;
}

/**
 * How long attackers’ nodes get away with it: the time, the jobs and the lies from the first lie to the first penalty,
 * and the time to ejection. A fault of its hardware is no lie, so that whoever served well before isn’t taken for found
 * out late. Whoever isn’t found out is waited for until it leaves or the run ends.
 *
 * A penalty is whatever a slashing rule does to a node, and a bond that is lost. Nothing is kept without attackers.
 */
export class Detection {
  /** By node [s]; NaN for never. */
  readonly #wrongAt: Float64Array;
  readonly #penalizedAt: Float64Array;
  /** When any penalty last struck the node [s]: that for a result comes before the result is settled. */
  readonly #struckAt: Float64Array;
  readonly #counts: readonly [jobs: Uint32Array, wrong: Uint32Array];
  /** The same until it was ejected, or now. */
  readonly #countsToEjection: readonly [jobs: Uint32Array, wrong: Uint32Array];

  constructor(nodeCapacity: number) {
    this.#wrongAt = new Float64Array(nodeCapacity).fill(Number.NaN);
    this.#penalizedAt = new Float64Array(nodeCapacity).fill(Number.NaN);
    this.#struckAt = new Float64Array(nodeCapacity).fill(Number.NaN);
    this.#counts = [new Uint32Array(nodeCapacity), new Uint32Array(nodeCapacity)];
    this.#countsToEjection = [new Uint32Array(nodeCapacity), new Uint32Array(nodeCapacity)];
  }

  /** An attempt of an attacker’s node at a client’s job was settled. */
  settled({ attempts, nodes, simulation, truth }: World, attempt: AttemptIndex): void {
    if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] !== AttemptState.returned) return;
    const node = attempts.node[attempt]!;
    const isWrong = truth.isLie(attempt);
    if (Number.isNaN(this.#wrongAt[node]!)) {
      if (!isWrong) return;
      this.#wrongAt[node] = attempts.returnedAt[attempt]!;
    }
    // an ejection for this result has come just before; what comes to light later of who is gone isn't counted
    if (nodes.leftAt[node]! >= simulation.now) {
      this.#countsToEjection[DetectionCount.jobs][node]!++;
      if (isWrong) this.#countsToEjection[DetectionCount.wrong][node]!++;
    }
    // the penalty for this result, if there is one, has come just before; it is counted, too
    if (this.#penalizedAt[node]! < simulation.now) return;
    this.#counts[DetectionCount.jobs][node]!++;
    if (isWrong) this.#counts[DetectionCount.wrong][node]!++;
    if (this.#struckAt[node]! >= this.#wrongAt[node]!) this.#penalizedAt[node] = this.#struckAt[node]!;
  }

  /** A penalty struck the node. */
  penalized(node: NodeIndex, now: number): void {
    this.#struckAt[node] = now;
    if (Number.isNaN(this.#wrongAt[node]!) || !Number.isNaN(this.#penalizedAt[node]!)) return;
    this.#penalizedAt[node] = now;
  }

  /** All of them, in the order of nodes. */
  wrongdoers(world: World): readonly Wrongdoer[] {
    return this.#wrongdoers(world, () => true).map((node) => ({
      node,
      wrongAt: this.#wrongAt[node]!,
      penalizedAt: this.#penalizedAt[node]!,
      // a result can come back after its node has left
      seenUntil: Math.max(this.#wrongAt[node]!, lastSeen(world, node)),
      isEjected: world.nodes.state[node] === NodeState.ejected,
      jobs: this.#counts[DetectionCount.jobs][node]!,
      wrong: this.#counts[DetectionCount.wrong][node]!,
    }));
  }

  /** Of each of these nodes that lied, the time from the first one to the first penalty [s]. */
  timesToPenalty(world: World, isAsked: (node: NodeIndex) => boolean): readonly TimeToEvent[] {
    return this.#wrongdoers(world, isAsked).map((node) => {
      const at = this.#penalizedAt[node]!;
      const isObserved = !Number.isNaN(at);
      return { time: Math.max(0, (isObserved ? at : lastSeen(world, node)) - this.#wrongAt[node]!), isObserved };
    });
  }

  /** The same to ejection. */
  timesToEjection(world: World, isAsked: (node: NodeIndex) => boolean): readonly TimeToEvent[] {
    return this.#wrongdoers(world, isAsked).map((node) => {
      const isObserved = world.nodes.state[node] === NodeState.ejected;
      // what was found late can eject who did it before it is settled
      return { time: Math.max(0, lastSeen(world, node) - this.#wrongAt[node]!), isObserved };
    });
  }

  /** The same in jobs, or lies, in place of time. */
  countsToPenalty(world: World, isAsked: (node: NodeIndex) => boolean, count: DetectionCount): readonly TimeToEvent[] {
    return this.#wrongdoers(world, isAsked).map((node) => {
      return { time: this.#counts[count][node]!, isObserved: !Number.isNaN(this.#penalizedAt[node]!) };
    });
  }

  /** The same to ejection. */
  countsToEjection(world: World, isAsked: (node: NodeIndex) => boolean, count: DetectionCount): readonly TimeToEvent[] {
    return this.#wrongdoers(world, isAsked).map((node) => {
      return { time: this.#countsToEjection[count][node]!, isObserved: world.nodes.state[node] === NodeState.ejected };
    });
  }

  #wrongdoers({ nodes }: World, isAsked: (node: NodeIndex) => boolean): readonly NodeIndex[] {
    const found: NodeIndex[] = [];
    for (let node = 0; node < nodes.count; node++) {
      if (!Number.isNaN(this.#wrongAt[node]!) && isAsked(node)) found.push(node);
    }
    return found;
  }
}

/** The end of the run, or when the node left or was ejected, if that is earlier [s]. */
function lastSeen({ nodes, simulation }: World, node: NodeIndex): number {
  return Math.min(simulation.now, nodes.leftAt[node]!);
}
