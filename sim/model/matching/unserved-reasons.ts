import { type JobIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import { UnservedReason, unservedReasonCount } from '../columns/unserved-reason.js';
import type { World } from '../world/world.js';
import { hasRoom } from './eligibility.js';
import { createFitness } from './fitness.js';
import type { Openings } from './openings.js';
import { latestStart, startLimit } from './start-limit.js';

export type UnservedReasons = ReturnType<typeof createUnservedReasons>;

/** The bound on all nodes is rounded otherwise than what each is asked [s]. */
const tolerance = 1e-6;

/**
 * Says of a job that ends unserved, or waits for a first node at the end of the run, what kept every node from it.
 *
 * What holds of a node whatever the job is counted as nodes change, by class. Only where some node passes all of that
 * are nodes asked one by one, the likeliest first, until one has come as far as any can.
 */
export function createUnservedReasons(world: World, openings: Openings) {
  const { classes, jobs, nodes, ownership, roles, rules, simulation } = world;
  const { isUntried, canBond, isInTime } = createFitness(world, roles.rewards);
  const classCount = classes.length;
  /** By node and class: what keeps it from every job of the class; `tried` for nothing. */
  const keptBy = new Uint8Array(nodes.capacity * classCount);
  /** By reason and class: nodes that it keeps. */
  const counts = new Int32Array(unservedReasonCount * classCount);
  /** By class: the least and the most that machines with its hardware declare; who enters later is like another. */
  const slowest = new Float64Array(classCount).fill(Number.POSITIVE_INFINITY);
  const fastest = new Float64Array(classCount);
  /** By class: the node that was found busy last, which is asked first. */
  const lastBusy = new Int32Array(classCount);

  for (let node = 0; node < nodes.count; node++) {
    nodeChanged(node);
    for (let jobClass = 0; jobClass < classCount; jobClass++) {
      if (!has(nodes.allowedClasses[node]!, jobClass)) continue;
      slowest[jobClass] = Math.min(slowest[jobClass]!, nodes.throughput[node]!);
      fastest[jobClass] = Math.max(fastest[jobClass]!, nodes.throughput[node]!);
    }
  }

  /** After the node came, went, or its stake, its jail or the bonds that its operator can pay changed. */
  function nodeChanged(node: NodeIndex): void {
    const barredBy = barOf(node);
    for (let jobClass = 0; jobClass < classCount; jobClass++) {
      const place = node * classCount + jobClass;
      const before = keptBy[place]!;
      const canPay = has(ownership.affordableClasses[node]!, jobClass);
      const ofAny = canPay ? barredBy : Math.min(barredBy, UnservedReason.noBond);
      const now = has(nodes.allowedClasses[node]!, jobClass) ? ofAny : UnservedReason.noHardware;
      if (now === before) continue;
      // whom the hardware keeps isn't counted: that is where everybody begins
      if (before > 0) counts[before * classCount + jobClass]!--;
      if (now > 0) counts[now * classCount + jobClass]!++;
      keptBy[place] = now;
    }
  }

  /** What keeps the node from any job at all; `tried` for nothing. */
  function barOf(node: NodeIndex): UnservedReason {
    if (nodes.state[node] !== NodeState.present || nodes.isOnline[node] === 0) return UnservedReason.noneOnline;
    if (nodes.stake[node]! < rules.now.minimumStake) return UnservedReason.lowStake;
    return nodes.jailedUntil[node]! > simulation.now ? UnservedReason.jailed : UnservedReason.tried;
  }

  /** What keeps every node now from a job that ends unserved, or waits. */
  function reasonFor(job: JobIndex): UnservedReason {
    const jobClass = jobs.jobClass[job]!;
    let furthest: number = UnservedReason.tried;
    while (furthest > 0 && counts[furthest * classCount + jobClass] === 0) furthest--;
    if (furthest < UnservedReason.tried) return furthest as UnservedReason;
    // without a candidate whoever is free has no weight
    const isAnyWeighted = roles.assignment.hasCandidate(jobClass);
    const likeliest = lastBusy[jobClass]!;
    if (!isAnyWeighted && isEligible(likeliest, jobClass) && reasonOf(job, likeliest) === UnservedReason.busy) {
      return UnservedReason.busy;
    }
    if (jobs.lastAttempt[job] === NONE && isTooShort(job, jobClass)) return UnservedReason.tooSlow;
    if (isAnyWeighted && isAnyFreeTooLate(job, jobClass)) return UnservedReason.tooLate;
    return furthestReason(job, jobClass);
  }

  /** True if nothing keeps the node from all jobs of the class. */
  function isEligible(node: NodeIndex, jobClass: number): boolean {
    return keptBy[node * classCount + jobClass]! >= UnservedReason.tried;
  }

  /** True if nobody could meet the deadline, at whatever distance. */
  function isTooShort(job: JobIndex, jobClass: number): boolean {
    const latest = latestStart(startLimit(world, job), slowest[jobClass]!, fastest[jobClass]!);
    return jobs.submittedAt[job]! > latest + tolerance;
  }

  /** The last reason to which any eligible node comes, of those up to `busy`. */
  function furthestReason(job: JobIndex, jobClass: number): UnservedReason {
    let furthest: UnservedReason = UnservedReason.noBond;
    let node = lastBusy[jobClass]!;
    for (let asked = 0; asked < nodes.count; asked++, node = nextOf(node)) {
      if (!isEligible(node, jobClass)) continue;
      const reason = reasonOf(job, node);
      if (reason <= furthest) continue;
      furthest = reason;
      if (furthest < UnservedReason.busy) continue;
      lastBusy[jobClass] = node;
      break;
    }
    return furthest;
  }

  /** Whether somebody free would have been in time from the job's submission on, and isn't now. */
  function isAnyFreeTooLate(job: JobIndex, jobClass: number): boolean {
    let node = openings.lastOpened;
    for (let asked = 0; asked < nodes.count; asked++, node = nextOf(node)) {
      if (!isEligible(node, jobClass) || !hasRoom(nodes, ownership, rules, node)) continue;
      if (reasonOf(job, node) === UnservedReason.noWeight && !isInTime(job, node, simulation.now)) return true;
    }
    return false;
  }

  /** What keeps the node, be it too late by now or not. */
  function reasonOf(job: JobIndex, node: NodeIndex): UnservedReason {
    if (!canBond(job, node)) return UnservedReason.noBond;
    if (!isUntried(job, node)) return UnservedReason.tried;
    if (!isInTime(job, node, jobs.submittedAt[job]!)) return UnservedReason.tooSlow;
    return hasRoom(nodes, ownership, rules, node) ? UnservedReason.noWeight : UnservedReason.busy;
  }

  function nextOf(node: NodeIndex): NodeIndex {
    return node + 1 === nodes.count ? 0 : node + 1;
  }

  return { nodeChanged, reasonFor };
}

/** Whether the bit of the class is set. */
function has(bits: number, jobClass: number): boolean {
  return ((bits >>> jobClass) & 1) === 1;
}
