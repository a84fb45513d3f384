import { AttemptKind } from '../columns/attempts.js';
import { deadlineSeconds } from '../columns/job-class.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import { EventKind } from '../events.js';
import { createCandidates } from '../matching/candidates.js';
import type { Matching } from '../matching/matching.js';
import type { Rests } from '../matching/rests.js';
import type { Solvency } from '../matching/solvency.js';
import { startLimit } from '../matching/start-limit.js';
import { deadlineOf, type World } from '../world/world.js';
import type { AttemptEnds } from './attempt-ends.js';
import type { Execution } from './execution.js';

export type Assigning = ReturnType<typeof createAssigning>;

/** The parts of lives that assigning acts on. */
interface Parts {
  readonly matching: Matching;
  readonly rests: Rests;
  readonly solvency: Solvency;
  readonly execution: Execution;
}

/**
 * Who gets a job: its attempts are assigned while there are nodes, and wait in line while there are none; a job that
 * nobody is left for doesn't wait.
 */
export function createAssigning(world: World, { matching, rests, solvency, execution }: Parts, ends: AttemptEnds) {
  const { nodeChanged, openings, prospects, waiting } = matching;
  const { attempts, bondLedger, jobs, network, nodes, operators, ownership, roles, rules, secrets, simulation } = world;
  const candidates = createCandidates(
    world,
    roles.rewards,
    (job, node) => roles.assignment.admits?.(job, node) ?? true,
  );
  /** With unlimited queues a node is open whatever it has; only some policies look at how much that is. */
  const loadMatters = () => rules.now.queueLimit !== Number.POSITIVE_INFINITY || roles.assignment.weighsLoad === true;

  /** Asks for `count` more attempts: assigned now as far as nodes are free, the others wait in line. */
  function want(job: JobIndex, count: number, isRecheck: boolean): void {
    jobs.attemptsWanted[job]! += count;
    jobs.recheckWanted[job] = isRecheck ? 1 : 0;
    const lane = assignedLane(job);
    // nodes that opened are offered first to those who wait already
    const isBehind = waiting.size > 0 && !openings.isEmpty;
    if (isBehind) waiting.comeBehind(job);
    if (isBehind || !assignWanted(job, lane)) wait(job, lane);
  }

  /** The job stands in line for what it still wants, unless nobody is left for it. */
  function wait(job: JobIndex, lane: number): void {
    if (prospects.isStranded(job, lane)) {
      ends.jobStranded(job);
      return;
    }
    if (jobs.isWaiting[job] === 1) return;
    waiting.add(job, lane, startLimit(world, job));
    jobs.waitsUntil[job] = Number.POSITIVE_INFINITY;
    const deadline = deadlineOf(world, job);
    if (deadline === null) return;
    const clockStart = jobs.recheckWanted[job] === 1 ? simulation.now : jobs.submittedAt[job]!;
    const expiresAt = Math.max(simulation.now, clockStart + deadlineSeconds(deadline, jobs.work[job]!, 1));
    jobs.waitsUntil[job] = expiresAt;
    simulation.schedule(expiresAt, EventKind.jobExpired, job, jobs.generation[job]!);
  }

  /** Offers a job that waits to the nodes that there are. */
  function serveWaiting(job: JobIndex): void {
    const lane = assignedLane(job);
    if (!assignWanted(job, lane)) wait(job, lane);
  }

  /** Ends the waiting of jobs that nobody is left for, after some who could have taken them went for good. */
  function endStranded(): void {
    if (waiting.size === 0 || !prospects.takeFallen()) return;
    jobs.eachOpen((job) => {
      if (jobs.isWaiting[job] === 1 && prospects.isStranded(job, assignedLane(job))) ends.jobStranded(job);
    });
  }

  /** Wants no more attempts of the job. */
  function unwant(job: JobIndex): void {
    if (jobs.isWaiting[job] === 1) waiting.remove(job, assignedLane(job));
    jobs.attemptsWanted[job] = 0;
  }

  /** Lane in which the wanted attempts are assigned: recomputations may have one of their own. */
  function assignedLane(job: JobIndex): number {
    const { recheckLane } = rules.now;
    return jobs.recheckWanted[job] === 1 && recheckLane !== NONE ? recheckLane : jobs.lane[job]!;
  }

  /**
   * Assigns wanted attempts while there are nodes; true when none is wanted any more.
   *
   * With instant messages an attempt can end, and its job with it, before this returns: hence the generation.
   */
  function assignWanted(job: JobIndex, lane: number): boolean {
    const generation = jobs.generation[job]!;
    while (jobs.attemptsWanted[job]! > 0) {
      const node = nodeFor(job, lane);
      if (node === NONE) return false;
      jobs.attemptsWanted[job]!--;
      const attempt = jobAssigned(job, node);
      if (jobs.attemptsWanted[job] === 0 && jobs.isWaiting[job] === 1) waiting.remove(job, lane);
      send(attempt);
      if (jobs.generation[job] !== generation) return true;
    }
    return true;
  }

  /** The node that the job's first attempt is for, if it is open; else whoever the policy says; NONE if nobody is. */
  function nodeFor(job: JobIndex, lane: number): NodeIndex | typeof NONE {
    const asked = jobs.directedTo(job);
    if (asked !== NONE && jobs.attemptsMade[job] === 0) {
      return candidates.isOpen(asked, lane) && candidates.fits(job, asked) ? asked : NONE;
    }
    return roles.assignment.hasCandidate(lane) ? roles.assignment.assign(job, lane) : NONE;
  }

  /** A new attempt of a job at a node, with no deadline. */
  function begin(job: JobIndex, node: NodeIndex, kind: AttemptKind): AttemptIndex {
    const attempt = attempts.take();
    secrets.begin(attempt, ownership.machine[node]!, ownership.cohort[node]!);
    attempts.job[attempt] = job;
    attempts.node[attempt] = node;
    attempts.number[attempt] = jobs.attemptsMade[job]!++;
    attempts.kind[attempt] = kind;
    attempts.assignedAt[attempt] = simulation.now;
    attempts.deadlineAt[attempt] = Number.POSITIVE_INFINITY;
    attempts.nextOfJob[attempt] = jobs.lastAttempt[job]!;
    jobs.lastAttempt[job] = attempt;
    jobs.attemptsOpen[job]!++;
    nodes.assigned[node]!++;
    if (loadMatters()) nodeChanged(node);
    return attempt;
  }

  /** Moment: a checker called. It looks at the job's result, whatever else it has to do, at its own cost. */
  function checkerCalled(job: JobIndex, node: NodeIndex): void {
    send(begin(job, node, AttemptKind.check));
  }

  /** Moment: job assigned. */
  function jobAssigned(job: JobIndex, node: NodeIndex): AttemptIndex {
    const isRecheck = jobs.recheckWanted[job] === 1;
    const attempt = begin(job, node, isRecheck ? AttemptKind.recheck : AttemptKind.work);
    if (Number.isNaN(jobs.assignedAt[job]!)) jobs.assignedAt[job] = simulation.now;
    if (!isRecheck) jobs.price[job] = Math.min(jobs.fee[job]!, roles.rewards.price(job, node));
    const bond = roles.rewards.bond(job, node);
    if (bond > 0) {
      const operator = ownership.operator[node]!;
      bondLedger.lockBond(operator, bond);
      operators.bonds.lock(operator, bond, simulation.now);
      attempts.bond[attempt] = bond;
      solvency.balanceChanged(operator);
    }
    const deadline = deadlineOf(world, job);
    // a recomputation starts its own clock: the job it checks may be late already
    const clockStart = isRecheck ? simulation.now : jobs.submittedAt[job]!;
    if (deadline !== null) {
      attempts.deadlineAt[attempt] = clockStart + deadlineSeconds(deadline, jobs.work[job]!, nodes.throughput[node]!);
    }
    const jobClass = isRecheck && rules.now.recheckClass !== NONE ? rules.now.recheckClass : jobs.jobClass[job]!;
    if (rests.nodeAssigned(node, jobClass)) nodeChanged(node);
    jobs.attemptsWanted[job]! += roles.verification.assigned?.(attempt) ?? 0;
    return attempt;
  }

  /** The request travels to the node, and the clock of the attempt's deadline begins to run. */
  function send(attempt: AttemptIndex): void {
    const generation = attempts.generation[attempt]!;
    if (attempts.deadlineAt[attempt] !== Number.POSITIVE_INFINITY) {
      const at = Math.max(simulation.now, attempts.deadlineAt[attempt]!);
      simulation.schedule(at, EventKind.attemptTimedOut, attempt, generation);
    }
    const [job, node] = [attempts.job[attempt]!, attempts.node[attempt]!];
    const latency = requestSeconds(job, node);
    if (latency === 0) execution.requestArrived(attempt);
    else simulation.schedule(simulation.now + latency, EventKind.requestArrived, attempt, generation);
  }

  /** How long a request takes to the node's machine [s]. */
  function requestSeconds(job: JobIndex, node: NodeIndex): number {
    if (network.isInstant) return 0;
    return network.travelSeconds(jobs.region[job]!, ownership.region[node]!, simulation.now);
  }

  return { want, unwant, serveWaiting, endStranded, checkerCalled, loadMatters };
}
