import { type NodeIndex, NodeState } from '../model/nodes.js';
import type { World } from '../model/world.js';
import type { TimeToEvent } from './kaplan-meier.js';
import { quantileSorted } from './quantile.js';

const day = 86_400;
/** Incomes are compared over seven days [s]. */
const windowSeconds = 7 * day;
const parityFraction = 0.9;

/** What each node had earned, look by look, for as many as a window needs [micro-tokens]. */
interface History {
  readonly earned: readonly Float64Array[];
  readonly times: Float64Array;
  /** By node: when it reached parity, and the start of the last window in which it was looked at [s]; NaN for never. */
  readonly parityAt: Float64Array;
  readonly lookedAt: Float64Array;
  readonly incomes: Float64Array;
}

/** The time to parity of one newcomer [s]. */
export interface NewcomerDuration extends TimeToEvent {
  readonly node: NodeIndex;
}

/**
 * How long newcomers take to earn like the others: the time from joining to the first day's start from which on, for
 * seven days, a node earns at least 90 % of the median of its hardware class, honest nodes that were there throughout.
 * Samples more than a day apart stand for the days, and a window is as many of them as come to seven days.
 *
 * Nothing is kept until the first newcomer is there.
 */
export class NewcomerParity {
  readonly #warmUpSeconds: number;
  /** Looks from the start of a window to its end: as many as come to seven days. */
  readonly #windowLooks: number;
  #history: History | null = null;
  /** Since the history began. */
  #looks = 0;
  #nextAt = 0;

  constructor(warmUpSeconds: number, sampleSeconds: number) {
    this.#warmUpSeconds = warmUpSeconds;
    this.#windowLooks = Math.ceil(windowSeconds / Math.max(day, sampleSeconds));
  }

  /** Looks at every node once a day, at the first sample of the day; at every sample if they are farther apart. */
  take(world: World): void {
    const { nodes, simulation, hardware, ledger } = world;
    if (simulation.now < this.#nextAt) return;
    this.#nextAt = (Math.floor(simulation.now / day) + 1) * day;
    if (this.#history === null) {
      if (!this.#hasNewcomers(world)) return;
      this.#history = newHistory(nodes.capacity, this.#windowLooks + 1);
    }
    const history = this.#history;
    const place = this.#looks++ % (this.#windowLooks + 1);
    const { earned, times } = history;
    times[place] = simulation.now;
    for (let node = 0; node < nodes.count; node++) earned[place]![node] = ledger.earned(node);
    if (this.#looks <= this.#windowLooks) return;
    const first = (place + 1) % (this.#windowLooks + 1);
    const income = (node: NodeIndex) => earned[place]![node]! - earned[first]![node]!;
    const thereAt = times[first]!;
    for (let hardwareClass = 0; hardwareClass < hardware.length; hardwareClass++) {
      let count = 0;
      for (let node = 0; node < nodes.count; node++) {
        if (isPeer(world, node, hardwareClass, thereAt)) history.incomes[count++] = income(node);
      }
      const median = quantileSorted(history.incomes.subarray(0, count).sort(), 0.5);
      if (!(median > 0)) continue;
      for (let node = 0; node < nodes.count; node++) {
        if (!this.#isNewcomer(world, node) || !isPeer(world, node, hardwareClass, thereAt)) continue;
        history.lookedAt[node] = thereAt;
        if (!Number.isNaN(history.parityAt[node]!)) continue;
        if (income(node) >= parityFraction * median) history.parityAt[node] = thereAt;
      }
    }
  }

  /**
   * Times to parity of the newcomers that stayed a window, in the order of nodes; censored, by leaving or the end, at
   * the start of the last window.
   */
  durations({ nodes }: World): readonly NewcomerDuration[] {
    const found: NewcomerDuration[] = [];
    if (this.#history === null) return found;
    const { parityAt, lookedAt } = this.#history;
    for (let node = 0; node < nodes.count; node++) {
      if (Number.isNaN(lookedAt[node]!)) continue;
      const isObserved = !Number.isNaN(parityAt[node]!);
      found.push({ node, time: (isObserved ? parityAt : lookedAt)[node]! - nodes.joinedAt[node]!, isObserved });
    }
    return found;
  }

  #hasNewcomers(world: World): boolean {
    for (let node = 0; node < world.nodes.count; node++) if (this.#isNewcomer(world, node)) return true;
    return false;
  }

  /** An honest node that joined after the start, and after the warm-up. */
  #isNewcomer({ nodes, ownership, cohorts }: World, node: NodeIndex): boolean {
    const joinedAt = nodes.joinedAt[node]!;
    if (nodes.state[node] === NodeState.absent || joinedAt === 0 || joinedAt < this.#warmUpSeconds) return false;
    return !cohorts[ownership.cohort[node]!]!.strategy.isAttacker;
  }
}

/** An honest node of the class that has been there since that time. */
function isPeer({ nodes, ownership, cohorts }: World, node: NodeIndex, hardwareClass: number, since: number): boolean {
  return (
    nodes.state[node] === NodeState.present &&
    nodes.hardware[node] === hardwareClass &&
    nodes.joinedAt[node]! <= since &&
    !cohorts[ownership.cohort[node]!]!.strategy.isAttacker
  );
}

function newHistory(capacity: number, looks: number): History {
  return {
    earned: Array.from({ length: looks }, () => new Float64Array(capacity)),
    times: new Float64Array(looks),
    parityAt: new Float64Array(capacity).fill(Number.NaN),
    lookedAt: new Float64Array(capacity).fill(Number.NaN),
    incomes: new Float64Array(capacity),
  };
}
