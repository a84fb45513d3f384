import { AttemptKind, AttemptState } from '../columns/attempts.js';
import {
  type AttemptIndex,
  type JobIndex,
  NONE,
  type NodeIndex,
  NodeState,
  type WatchIndex,
} from '../columns/nodes.js';
import { EvidenceKind } from '../contract/evidence.js';
import { Purpose } from '../contract/purposes.js';
import { type ChallengeWindow, NextStep } from '../contract/roles.js';
import { EventKind } from '../events.js';
import type { Solvency } from '../matching/solvency.js';
import type { Treasury } from '../nodes/economy/treasury.js';
import type { Instruments } from '../truth/instruments.js';
import type { World } from '../world/world.js';
import type { Assigning } from './assigning.js';
import type { AttemptEnds } from './attempt-ends.js';
import type { Settlement } from './settlement.js';

export type Challenges = ReturnType<typeof createChallenges>;

/** Draws of a checker that may fail before the pool is searched row by row. */
const triesMost = 64;
const nobody: readonly NodeIndex[] = [];

interface Parts {
  readonly assigning: Assigning;
  readonly settlement: Settlement;
  readonly solvency: Solvency;
  readonly treasury: Treasury;
}

/**
 * What becomes of a result that was accepted, while it can be challenged: who looks at it, who challenges it, and how
 * the dispute ends.
 *
 * Who looks is drawn as the verdict falls: a job at which nobody looks is final at once. So is one at which everybody
 * has looked, and found nothing.
 */
export function createChallenges(world: World, instruments: Instruments, parts: Parts, ends: AttemptEnds) {
  const { attempts, bondLedger, cohorts, jobKeys, jobs, journal, kinds } = world;
  const { network, nodes, onlineNodes, operators, ownership } = world;
  const { roles, simulation, watches, workloads } = world;
  const { verification } = roles;
  const { assigning, settlement, solvency, treasury } = parts;

  /** Who is called to look at the job's result: drawn by the protocol, or of their own accord. */
  function called(job: JobIndex, window: ChallengeWindow): readonly NodeIndex[] {
    let found = nobody;
    for (let place = 0; place < window.checkers; place++) {
      if (uniform(job, place, Purpose.checkCall) >= window.checkProbability) continue;
      const node = drawChecker(job, place, found);
      if (node !== NONE) found = [...found, node];
    }
    for (const { strategy } of cohorts) {
      const node = strategy.watches?.(job) ?? NONE;
      if (node !== NONE && mayCheck(job, node, found)) found = [...found, node];
    }
    return found;
  }

  /** Moment: challenge window opened, for those who were called; if none of them looks, the job is final. */
  function windowOpened(job: JobIndex, window: ChallengeWindow, checkers: readonly NodeIndex[]): void {
    const subject = acceptedOf(job);
    const looking = checkers.filter((node) => {
      // the settlement of the verdict can have ended its stay
      if (nodes.state[node] !== NodeState.present) return false;
      return strategyOf(node).checks?.(node, subject) !== false;
    });
    if (looking.length === 0) {
      settleStanding(job);
      ends.jobFinal(job, window.seconds);
      return;
    }
    const watch = watches.take(job, simulation.now + window.seconds);
    jobs.watch[job] = watch;
    watches.checksOpen[watch] = looking.length;
    simulation.schedule(watches.closesAt[watch]!, EventKind.windowClosed, job, jobs.generation[job]!);
    const generation = jobs.generation[job]!;
    for (const node of looking) {
      // with instant messages a check can end at once, and the job with it
      if (jobs.generation[job] === generation) assigning.checkerCalled(job, node);
    }
  }

  /** Moment: a check ended. Whoever looked may challenge; when all have looked and none did, the job is final. */
  function checkEnded(check: AttemptIndex): void {
    const job = attempts.job[check]!;
    const watch = jobs.watch[job]!;
    watches.checksOpen[watch]!--;
    if (attempts.state[check] === AttemptState.returned) {
      const subject = acceptedOf(job);
      const node = attempts.node[check]!;
      const foundOther = isForced(job) || !instruments.answersAgree(check, subject);
      // to who only looked nothing comes of it
      attempts.verdict[check] = EvidenceKind.success;
      if (strategyOf(node).challenges?.(node, subject, foundOther) ?? foundOther) challenged(watch, check);
    }
    endIfQuiet(watch);
  }

  /** Moment: challenged. The first challenge of a result that wasn't falsified on purpose opens the dispute. */
  function challenged(watch: WatchIndex, check: AttemptIndex): void {
    const job = watches.job[watch]!;
    const operator = ownership.operator[attempts.node[check]!]!;
    const bond = Math.floor(jobs.fee[job]! * verification.window!(job)!.bond);
    if (bondLedger.balance[operator]! < bond) return;
    bondLedger.lockBond(operator, bond);
    operators.bonds.lock(operator, bond, simulation.now);
    solvency.balanceChanged(operator);
    attempts.bond[check] = bond;
    // what it comes to is known when the job is final
    attempts.verdict[check] = EvidenceKind.challengeUpheld;
    watches.challengers[watch]!++;
    if (watches.isDisputed(watch)) return;
    // only the falsification was found: what the node had sent is as the challenger has it
    if (isForced(job) && instruments.answersAgree(check, acceptedOf(job))) return;
    watches.challenger[watch] = check;
    disputeRoundBegan(watch);
  }

  /** Moment: a round of the dispute began. */
  function disputeRoundBegan(watch: WatchIndex): void {
    const job = watches.job[watch]!;
    const round = ++watches.round[watch]!;
    const subject = acceptedOf(job);
    const step = verification.disputed!(subject, watches.challenger[watch]!, round);
    if (step !== NextStep.wait) {
      ends.follow(step, subject);
      return;
    }
    const until = simulation.now + verification.window!(job)!.roundSeconds;
    simulation.schedule(until, EventKind.disputeRoundEnded, job, jobs.generation[job]!);
  }

  /** Moment: a round of the dispute ended. */
  function disputeRoundEnded(job: JobIndex): void {
    disputeRoundBegan(jobs.watch[job]!);
  }

  /** Moment: the dispute is decided, or can't be. Whoever gave the answer that was refuted has failed. */
  function disputeEnded(job: JobIndex): void {
    const subject = acceptedOf(job);
    const finding = verification.outcome!(subject);
    const isUpheld = finding !== null && kinds.isAccepted[finding] === 0;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.isSettled[attempt] === 1) continue;
      if (attempts.kind[attempt] === AttemptKind.work) {
        if (!isUpheld || !instruments.answersAgree(attempt, subject)) continue;
        attempts.verdict[attempt] = finding;
        simulation.witness(finding);
      } else if (attempts.kind[attempt] === AttemptKind.recheck) {
        if (attempts.state[attempt] !== AttemptState.returned) continue;
        attempts.verdict[attempt] = verification.verdict(attempt) ?? EvidenceKind.success;
      }
    }
    end(jobs.watch[job]!, finding === null ? null : isUpheld);
  }

  /** Moment: challenge window closed. Who has not looked by now is too late; a dispute goes on. */
  function windowClosed(job: JobIndex): boolean {
    const watch = jobs.watch[job]!;
    if (watch === NONE || watches.isDisputed(watch)) return false;
    end(watch, isForced(job));
    return true;
  }

  function endIfQuiet(watch: WatchIndex): void {
    if (watches.checksOpen[watch] === 0 && !watches.isDisputed(watch)) end(watch, isForced(watches.job[watch]!));
  }

  /**
   * The job is final: challengers are told what came of it, and so is whoever gave its result, refuted or not.
   * @param isUpheld null for a dispute that can't be decided, which is nobody's fault
   */
  function end(watch: WatchIndex, isUpheld: boolean | null): void {
    const job = watches.job[watch]!;
    ends.withdrawOpen(job);
    const winner = isUpheld === true && watches.isDisputed(watch) ? attempts.node[watches.challenger[watch]!]! : NONE;
    const loser = attempts.node[acceptedOf(job)]!;
    const challengers = watches.challengers[watch]!;
    if (watches.isDisputed(watch)) journal.disputeEnded(job, isUpheld === true);
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.isSettled[attempt] === 1 || stands(attempt)) continue;
      if (attempts.kind[attempt] === AttemptKind.check) settlement.settleCheck(attempt, isUpheld, loser);
      else settlement.settleAttempt(attempt, winner);
    }
    settleStanding(job);
    if (isForced(job) && challengers > 0 && !watches.isDisputed(watch)) payJackpots(job, challengers);
    const heldSeconds = Math.max(0, watches.closesAt[watch]! - simulation.now);
    jobs.watch[job] = NONE;
    watches.recycle(watch);
    ends.jobFinal(job, heldSeconds);
  }

  /** The results that were accepted and stand are successes now. */
  function settleStanding(job: JobIndex): void {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.isSettled[attempt] === 0 && stands(attempt)) settlement.settleAttempt(attempt, NONE);
    }
  }

  function stands(attempt: AttemptIndex): boolean {
    return attempts.kind[attempt] === AttemptKind.work && kinds.isAccepted[attempts.verdict[attempt]!] === 1;
  }

  /** Each of k who found the forced error gets a 2^(k−1)th, so that nobody gains by finding it under many names. */
  function payJackpots(job: JobIndex, challengers: number): void {
    let share = Math.floor(jobs.fee[job]! * verification.window!(job)!.jackpot);
    for (let other = 1; other < challengers; other++) share /= 2;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.verdict[attempt] !== EvidenceKind.challengeUpheld) continue;
      treasury.pay(attempts.node[attempt]!, Math.floor(share));
    }
  }

  /** Whether the protocol had the job's result falsified: known to nobody before somebody looks. */
  function isForced(job: JobIndex): boolean {
    return uniform(job, 0, Purpose.forcedError) < verification.window!(job)!.forcedErrorProbability;
  }

  /** The client's attempt whose result was accepted: of several that agree, the last that was assigned. */
  function acceptedOf(job: JobIndex): AttemptIndex {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] === AttemptKind.work && attempts.isSettled[attempt] === 0) return attempt;
    }
    throw new Error('challenge: expected a job with an accepted result, found none');
  }

  function drawChecker(job: JobIndex, place: number, found: readonly NodeIndex[]): NodeIndex {
    for (let tries = 0; tries < triesMost && onlineNodes.size > 0; tries++) {
      const luck = uniform(job, place * triesMost + tries, Purpose.checker);
      const node = onlineNodes.at(Math.floor(luck * onlineNodes.size));
      if (mayCheck(job, node, found)) return node;
    }
    // few are left to draw from
    return onlineNodes.drawnAmong(
      (node) => mayCheck(job, node, found),
      uniform(job, place * triesMost, Purpose.checker),
    );
  }

  /** It may work, could do the job, and belongs, as declared, to nobody who did it or is to look at it. */
  function mayCheck(job: JobIndex, node: NodeIndex, found: readonly NodeIndex[]): boolean {
    if (nodes.isActive[node] === 0 || ((nodes.allowedClasses[node]! >>> jobs.jobClass[job]!) & 1) === 0) return false;
    if (network.isCut(jobs.region[job]!, nodes.region[node]!, simulation.now)) return false;
    const operator = nodes.declaredOperator[node];
    if (found.some((other) => nodes.declaredOperator[other] === operator)) return false;
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      if (nodes.declaredOperator[attempts.node[tried]!] === operator) return false;
    }
    return true;
  }

  function uniform(job: JobIndex, number: number, purpose: number): number {
    return workloads[jobs.workload[job]!]!.endogenous.uniform(jobKeys.ordinal(job), number, purpose);
  }

  function strategyOf(node: NodeIndex) {
    return cohorts[ownership.cohort[node]!]!.strategy;
  }

  return { called, windowOpened, checkEnded, disputeRoundEnded, disputeEnded, windowClosed };
}
