import type { TimeToEvent } from '../kernels/kaplan-meier.js';
import { quantileSorted } from '../kernels/quantile.js';
import { NONE, type NodeIndex, NodeState } from '../model/columns/nodes.js';
import { secondsPerDay as day } from '../model/contract/units.js';
import type { World } from '../model/world/world.js';

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
 * A window begins and ends at a look, hence one is there for up to a day more; where samples are farther apart, it is
 * the least multiple of their interval that comes to seven days.
 *
 * Nothing is kept until the first newcomer is there.
 */
export class NewcomerParity {
  readonly #warmUpSeconds: number;
  /** Looks that a window of seven days can hold, both ends included. */
  readonly #looksMost: number;
  #history: History | null = null;
  /** Since the history began. */
  #looks = 0;
  #nextAt = 0;

  constructor(warmUpSeconds: number, sampleSeconds: number) {
    this.#warmUpSeconds = warmUpSeconds;
    this.#looksMost = Math.ceil(windowSeconds / leastInterval(sampleSeconds)) + 1;
  }

  /** Looks at every node once a day, at the first sample of the day; at every sample if they are farther apart. */
  take(world: World): void {
    const { nodes, simulation, hardware, ledger } = world;
    if (simulation.now < this.#nextAt) return;
    this.#nextAt = (Math.floor(simulation.now / day) + 1) * day;
    if (this.#history === null) {
      if (!this.#hasNewcomers(world)) return;
      this.#history = newHistory(nodes.capacity, this.#looksMost);
    }
    const history = this.#history;
    const place = this.#looks++ % this.#looksMost;
    const { earned, times } = history;
    times[place] = simulation.now;
    for (let node = 0; node < nodes.count; node++) earned[place]![node] = ledger.earned(node);
    const first = this.#windowStart(place);
    if (first === NONE) return;
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
        if (!isNewcomer(world, node, this.#warmUpSeconds) || !isPeer(world, node, hardwareClass, thereAt)) continue;
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

  /** The place of the latest look at least seven days before the one at `last`; NONE if there was none yet. */
  #windowStart(last: number): number {
    const { times } = this.#history!;
    for (let back = 1; back < Math.min(this.#looks, this.#looksMost); back++) {
      const place = (last - back + this.#looksMost) % this.#looksMost;
      if (times[last]! - times[place]! >= windowSeconds * (1 - 1e-9)) return place;
    }
    return NONE;
  }

  #hasNewcomers(world: World): boolean {
    for (let node = 0; node < world.nodes.count; node++) if (isNewcomer(world, node, this.#warmUpSeconds)) return true;
    return false;
  }

  /** An honest node that joined after the start, and after the warm-up. */
}

/** The least time between two looks [s]: the first samples of two days, or two samples. */
function leastInterval(sampleSeconds: number): number {
  if (sampleSeconds >= day) return sampleSeconds;
  const rest = day % sampleSeconds;
  return rest < 1e-9 * day || sampleSeconds - rest < 1e-9 * day ? day : Math.max(sampleSeconds, day - sampleSeconds);
}

/** An honest node of the class that has been there since that time. */
function isPeer({ nodes, ownership, cohorts }: World, node: NodeIndex, hardwareClass: number, since: number): boolean {
  return (
    nodes.state[node] === NodeState.present &&
    nodes.hardware[node] === hardwareClass &&
    nodes.joinedAt[node]! <= since &&
    !cohorts[ownership.cohort[node]!]!.isAttacker
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

/** Whether it is an honest node that joined after the start and after the warm-up. */
export function isNewcomer({ nodes, ownership, cohorts }: World, node: NodeIndex, warmUpSeconds: number): boolean {
  const joinedAt = nodes.joinedAt[node]!;
  if (nodes.state[node] === NodeState.absent || joinedAt === 0 || joinedAt < warmUpSeconds) return false;
  return !cohorts[ownership.cohort[node]!]!.isAttacker;
}
