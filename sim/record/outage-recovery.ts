import type { TimeToEvent } from '../kernels/kaplan-meier.js';
import { NONE, type NodeIndex, NodeState } from '../model/columns/nodes.js';
import { secondsPerDay as day } from '../model/contract/units.js';
import type { CommonCause } from '../model/outside/common-cause.js';
import type { World } from '../model/world/world.js';
import { isPresent } from './felt-spans.js';

/** Before an outage, over this long, what its nodes earned is what they have to come back to [s]. */
const usualSeconds = 7 * day;
/** Shorter histories tell nothing [s]. */
const usualLeastSeconds = day;
/** After it, over this long, they have to earn as much [s]: a whole day, whatever the hour. */
const windowSeconds = day;
const recoveredFraction = 0.95;

/** What the honest nodes that one span strikes earned, sample by sample. */
interface Track {
  readonly start: number;
  readonly end: number;
  readonly nodes: readonly NodeIndex[];
  /** Whether any of them was in the network meanwhile, as far as samples have shown. */
  isFelt: boolean;
  readonly times: number[];
  /** Earned by all of them so far [micro-tokens]. */
  readonly earned: number[];
  /** Time that they have been in the network, summed [s]. */
  readonly present: number[];
  /** The first sample from which on they haven't been seen to earn too little. */
  from: number;
  recoveredAt: number;
}

/**
 * How long the honest nodes that a shared outage strikes go on earning less than before: the time from its end to the
 * first sample from which on, for a day, they earn at least 95 % a node of what they did over the seven days before it.
 */
export class OutageRecovery {
  readonly #tracks: Track[] = [];
  /** By outage: the span to be tracked next. */
  readonly #next: number[] = [];
  readonly #warmUpSeconds: number;

  constructor(warmUpSeconds: number) {
    this.#warmUpSeconds = warmUpSeconds;
  }

  /** Looks at the nodes of outages that are near, at a sample. */
  take(world: World): void {
    const now = world.simulation.now;
    for (const [place, outage] of world.outages.entries()) {
      let number = this.#next[place] ?? 0;
      while (outage.spans.start(number) - usualSeconds <= now) {
        // one that was over or near before the warm-up was has no history
        if (outage.spans.start(number) >= this.#warmUpSeconds + usualLeastSeconds) this.#track(world, outage, number);
        number++;
      }
      this.#next[place] = number;
    }
    if (now < this.#warmUpSeconds) return;
    for (const track of this.#tracks) if (Number.isNaN(track.recoveredAt)) observe(world, track);
  }

  /**
   * Recovery times [s] of the outages that struck an honest node and were long enough before the end to have one;
   * censored by the end.
   */
  durations(): readonly TimeToEvent[] {
    const felt = this.#tracks.filter(({ isFelt }) => isFelt);
    return felt.flatMap((track) => {
      const isObserved = !Number.isNaN(track.recoveredAt);
      const until = isObserved ? track.recoveredAt : (track.times[track.from] ?? Number.NaN);
      return until > track.end || isObserved ? [{ time: Math.max(0, until - track.end), isObserved }] : [];
    });
  }

  #track(world: World, outage: CommonCause, number: number): void {
    const { cohorts, machines, ownership } = world;
    const nodes: NodeIndex[] = [];
    for (const machine of outage.machines) {
      if (cohorts[machines.cohort[machine]!]!.isAttacker || !outage.strikes(machine, number)) continue;
      for (let node = machines.firstIdentity[machine]!; node !== NONE; node = ownership.nextIdentity[node]!) {
        nodes.push(node);
      }
    }
    if (nodes.length === 0) return;
    const [start, end] = [outage.spans.start(number), outage.spans.end(number)];
    this.#tracks.push({
      ...{ start, end, nodes, isFelt: false, times: [], earned: [], present: [], from: 0 },
      recoveredAt: Number.NaN,
    });
  }
}

function observe(world: World, track: Track): void {
  const { nodes, ledger, simulation } = world;
  const { now } = simulation;
  const span = { startSeconds: track.start, endSeconds: track.end };
  track.isFelt ||= now >= track.start && track.nodes.some((node) => isPresent(world, node, span));
  let earned = 0;
  let present = 0;
  for (const node of track.nodes) {
    if (nodes.state[node] === NodeState.absent) continue;
    earned += ledger.earned(node);
    present += Math.min(now, nodes.leftAt[node]!) - nodes.joinedAt[node]!;
  }
  track.times.push(now);
  track.earned.push(earned);
  track.present.push(present);
  if (now < track.end + windowSeconds) return;
  const last = track.times.length - 1;
  const usual = rate(
    track,
    0,
    track.times.findLastIndex((time) => time <= track.start),
  );
  // who earned nothing before has nothing to come back to
  if (!(usual > 0)) return;
  for (; track.times[track.from]! + windowSeconds <= now; track.from++) {
    if (track.times[track.from]! < track.end) continue;
    // of nobody who stays there is no rate, and nothing is seen to come back
    if (!(rate(track, track.from, last) >= recoveredFraction * usual)) continue;
    track.recoveredAt = track.times[track.from]!;
    return;
  }
}

/** Earned a node and second between two samples. */
function rate({ earned, present }: Track, from: number, to: number): number {
  return (earned[to]! - earned[from]!) / (present[to]! - present[from]!);
}
