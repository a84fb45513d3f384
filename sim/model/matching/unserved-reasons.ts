import { has } from '../columns/lane.js';
import { type JobIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import {
  PolicyCause,
  policyCauseCount,
  type Unserved,
  UnservedReason,
  unservedReasonCount,
} from '../columns/unserved-reason.js';
import type { World } from '../world/world.js';
import type { Access } from './access.js';
import { hasRoom, hasSlot } from './eligibility.js';
import { createFitness } from './fitness.js';
import type { Openings } from './openings.js';
import { latestStart, startLimit } from './start-limit.js';

export type UnservedReasons = ReturnType<typeof createUnservedReasons>;

/** Made once: there can be as many unserved jobs as there are jobs. */
const byReason = Object.values(UnservedReason).map((reason): Unserved => ({ reason, cause: NONE }));
const byCause = Object.values(PolicyCause).map((cause): Unserved => ({ reason: UnservedReason.noWeight, cause }));

/** The bound on all nodes is rounded otherwise than what each is asked [s]. */
const tolerance = 1e-6;

/**
 * Says of a job that ends unserved, or waits for a first node at the end of the run, what kept every node from it.
 *
 * What holds of a node whatever the job is counted as nodes change, by lane. Only where some node passes all of that
 * are nodes asked one by one, the likeliest first, until one has come as far as any can.
 */
export function createUnservedReasons(world: World, openings: Openings, access: Access) {
  const { jobs, lanes, network, nodes, ownership, roles, rules, simulation } = world;
  const { isAskedFor, isInReach, isUntried, canBond, isInTime } = createFitness(world, roles.rewards);
  const laneCount = lanes.length;
  /** By node and lane: what keeps it from every job of the lane; `tried` for nothing. */
  const keptBy = new Uint8Array(nodes.capacity * laneCount);
  /** By reason and lane: nodes that it keeps. */
  const counts = new Int32Array(unservedReasonCount * laneCount);
  /** By lane: the least and the most that machines with its hardware declare; who enters later is like another. */
  const slowest = new Float64Array(laneCount).fill(Number.POSITIVE_INFINITY);
  const fastest = new Float64Array(laneCount);
  /** By cause: nodes that the policy passes over. */
  const passedOver = new Int32Array(policyCauseCount);
  /** By lane: the node that was found busy or at rest last, which is asked first. */
  const lastBusy = new Int32Array(laneCount);

  for (let node = 0; node < nodes.count; node++) {
    nodeChanged(node);
    declared(node);
  }

  /** After a machine was declared for the node: how fast those of a lane can be. */
  function declared(node: NodeIndex): void {
    for (let lane = 0; lane < laneCount; lane++) {
      if (!access.hasHardware(node, lane)) continue;
      slowest[lane] = Math.min(slowest[lane]!, nodes.throughput[node]!);
      fastest[lane] = Math.max(fastest[lane]!, nodes.throughput[node]!);
    }
  }

  /** After the node came, went, or its stake, its jail, its lanes or the bonds that its operator can pay changed. */
  function nodeChanged(node: NodeIndex): void {
    const barredBy = barOf(node);
    for (let lane = 0; lane < laneCount; lane++) {
      const place = node * laneCount + lane;
      const before = keptBy[place]!;
      const now = access.hasHardware(node, lane)
        ? Math.min(barredBy, barInLane(node, lane))
        : UnservedReason.noHardware;
      if (now === before) continue;
      // whom the hardware keeps isn't counted: that is where everybody begins
      if (before > 0) counts[before * laneCount + lane]!--;
      if (now > 0) counts[now * laneCount + lane]!++;
      keptBy[place] = now;
    }
  }

  /** What keeps the node from every job of the lane though it serves others; `tried` for nothing. */
  function barInLane(node: NodeIndex, lane: number): UnservedReason {
    if (!has(access.scored[node]!, lane)) return UnservedReason.lowScore;
    if (!has(access.granted[node]!, lane)) return UnservedReason.lowTier;
    return has(ownership.affordableLanes[node]!, lane) ? UnservedReason.tried : UnservedReason.noBond;
  }

  /** What keeps the node from any job at all; `tried` for nothing. */
  function barOf(node: NodeIndex): UnservedReason {
    if (nodes.state[node] !== NodeState.present || nodes.isOnline[node] === 0) return UnservedReason.noneOnline;
    if (nodes.stake[node]! < rules.now.minimumStake) return UnservedReason.lowStake;
    if (nodes.lacksResourceToken(node)) return UnservedReason.noResourceToken;
    const isBarred = nodes.jailedUntil[node]! > simulation.now || nodes.isSuspended[node] === 1;
    return isBarred ? UnservedReason.jailed : UnservedReason.tried;
  }

  /** The reason, and what the policy goes by if it is the policy. */
  function whyFor(job: JobIndex): Unserved {
    const reason = reasonFor(job);
    return reason === UnservedReason.noWeight ? byCause[causeFor(job)]! : byReason[reason]!;
  }

  /** What keeps every node now from a job that ends unserved, or waits. */
  function reasonFor(job: JobIndex): UnservedReason {
    const lane = jobs.lane[job]!;
    if (!network.isWhole(simulation.now)) return reasonWhileParted(job, lane);
    let furthest: number = UnservedReason.tried;
    while (furthest > 0 && counts[furthest * laneCount + lane] === 0) furthest--;
    if (furthest < UnservedReason.tried) return furthest as UnservedReason;
    // without a candidate whoever is free has no weight
    const isAnyWeighted = roles.assignment.hasCandidate(lane);
    const likeliest = lastBusy[lane]!;
    if (!isAnyWeighted && isEligible(likeliest, lane) && reasonOf(job, likeliest) === furthestNow()) {
      return furthestNow();
    }
    if (jobs.lastAttempt[job] === NONE && isTooShort(job, lane) && isAnyBonded(job, lane))
      return UnservedReason.tooSlow;
    if (isAnyWeighted && isAnyFreeTooLate(job, lane)) return UnservedReason.tooLate;
    return furthestReason(job, lane);
  }

  /** The same while a partition lasts: whom it keeps apart from the client is as good as offline, barred or not. */
  function reasonWhileParted(job: JobIndex, lane: number): UnservedReason {
    if (roles.assignment.hasCandidate(lane) && isAnyFreeTooLate(job, lane)) return UnservedReason.tooLate;
    return furthestReason(job, lane, true);
  }

  /** True if nothing keeps the node from all jobs of the lane. */
  function isEligible(node: NodeIndex, lane: number): boolean {
    return keptBy[node * laneCount + lane]! >= UnservedReason.tried;
  }

  /** True if somebody has the tokens for the bond of this very job, whose fee can be above that of others. */
  function isAnyBonded(job: JobIndex, lane: number): boolean {
    let node = openings.lastOpened;
    for (let asked = 0; asked < nodes.count; asked++, node = nextOf(node)) {
      if (isEligible(node, lane) && canBond(job, node)) return true;
    }
    return false;
  }

  /** True if nobody could meet the deadline, at whatever distance. */
  function isTooShort(job: JobIndex, lane: number): boolean {
    const latest = latestStart(startLimit(world, job), slowest[lane]!, fastest[lane]!);
    return jobs.submittedAt[job]! > latest + tolerance;
  }

  /** No node comes further before time counts. */
  function furthestNow(): UnservedReason {
    return nodes.resting > 0 ? UnservedReason.resting : UnservedReason.busy;
  }

  /** The last reason to which any eligible node comes, of those before time counts; or any node with the hardware. */
  function furthestReason(job: JobIndex, lane: number, ofAll = false): UnservedReason {
    let furthest: UnservedReason = ofAll ? UnservedReason.noHardware : UnservedReason.noneOnline;
    let node = lastBusy[lane]!;
    for (let asked = 0; asked < nodes.count; asked++, node = nextOf(node)) {
      const kept = keptBy[node * laneCount + lane]!;
      if (kept < UnservedReason.tried && (!ofAll || kept === UnservedReason.noHardware)) continue;
      const isBarred = kept < UnservedReason.tried && isInReach(job, node);
      const reason = isBarred ? (kept as UnservedReason) : reasonOf(job, node);
      if (reason <= furthest) continue;
      furthest = reason;
      if (furthest < furthestNow()) continue;
      lastBusy[lane] = node;
      break;
    }
    return furthest;
  }

  /** Whether somebody free would have been in time from the job's submission on, and isn't now. */
  function isAnyFreeTooLate(job: JobIndex, lane: number): boolean {
    let node = openings.lastOpened;
    for (let asked = 0; asked < nodes.count; asked++, node = nextOf(node)) {
      if (!isEligible(node, lane) || !hasRoom(nodes, ownership, rules, node)) continue;
      if (reasonOf(job, node) !== UnservedReason.noWeight || !isAdmitted(job, node)) continue;
      if (!isInTime(job, node, simulation.now)) return true;
    }
    return false;
  }

  /** What keeps the node, be it too late by now or not. */
  function reasonOf(job: JobIndex, node: NodeIndex): UnservedReason {
    // what isn't in reach is as good as offline
    if (!isInReach(job, node)) return UnservedReason.noneOnline;
    if (!canBond(job, node)) return UnservedReason.noBond;
    if (!isAskedFor(job, node) || !isUntried(job, node)) return UnservedReason.tried;
    if (!isInTime(job, node, jobs.submittedAt[job]!)) return UnservedReason.tooSlow;
    if (!isAdmitted(job, node)) return UnservedReason.noWeight;
    if (!hasSlot(nodes, ownership, rules, node)) return UnservedReason.busy;
    return nodes.isResting[node] === 1 ? UnservedReason.resting : UnservedReason.noWeight;
  }

  /** True unless the assignment policy keeps this job from the node, as where more is at risk than its score covers. */
  function isAdmitted(job: JobIndex, node: NodeIndex): boolean {
    return roles.assignment.admits?.(job, node) ?? true;
  }

  /** Of a job that no weight of the policy's gets: what it goes by of most of the nodes that come so far. */
  function causeFor(job: JobIndex): PolicyCause {
    const lane = jobs.lane[job]!;
    passedOver.fill(0);
    for (let node = 0; node < nodes.count; node++) {
      if (!isEligible(node, lane) || reasonOf(job, node) !== UnservedReason.noWeight) continue;
      passedOver[roles.assignment.passesOver?.(job, node) ?? PolicyCause.other]!++;
    }
    let most: number = PolicyCause.other;
    for (let cause = 1; cause < policyCauseCount; cause++) if (passedOver[cause]! > passedOver[most]!) most = cause;
    return most as PolicyCause;
  }

  function nextOf(node: NodeIndex): NodeIndex {
    return node + 1 === nodes.count ? 0 : node + 1;
  }

  return { declared, nodeChanged, whyFor };
}
