import type { KeyedDraw } from '../../engine/random-stream.js';
import { refusalOf, silenceOf } from '../columns/attempts.js';
import { isWorking } from '../columns/machines.js';
import { type AttemptIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import type { RowSet } from '../columns/row-set.js';
import { Purpose } from '../contract/purposes.js';
import { Attestation, type ObserverRequest } from '../contract/roles.js';
import { EventKind, observersMost } from '../events.js';
import type { Instruments } from '../truth/instruments.js';
import type { World } from '../world/world.js';
import type { AttemptEnds } from './attempt-ends.js';

/** Draws that may fail before the pool is searched row by row. */
const triesMost = 64;

export type Observers = ReturnType<typeof createObservers>;

/**
 * Peers asked about an attempt: who is drawn, when their replies are due, what they sign.
 *
 * They are drawn without replacement, uniformly among those that the request allows.
 */
export function createObservers(world: World, instruments: Instruments, ends: AttemptEnds) {
  const { attempts, cohorts, jobs, machines, network, nodes, onlineNodes, ownership } = world;
  const { presentNodes, rules, secrets, simulation, workloads } = world;

  /** Asks observers; `observed` follows now or later, but always. */
  function ask(attempt: AttemptIndex, request: ObserverRequest): void {
    const job = attempts.job[attempt]!;
    const draw = workloads[jobs.workload[job]!]!.endogenous;
    const ordinalOfJob = jobs.ordinal[job]!;
    const first = attempts.firstObserver(attempt);
    const number = attempts.number[attempt]! * observersMost;
    const pool = request.among === 'online' ? onlineNodes : presentNodes;
    let asked = 0;
    let erring = 0;
    while (asked < request.peers) {
      const observer = drawObserver(attempt, asked, pool, draw, ordinalOfJob);
      if (observer === NONE) break;
      // drawn here, where the job is at hand: the draw is the same whenever it is made
      if (
        request.errorProbability > 0 &&
        draw.uniform(ordinalOfJob, number + asked, Purpose.observerError) < request.errorProbability
      ) {
        erring |= 1 << asked;
      }
      attempts.observer[first + asked++] = observer;
    }
    secrets.setObserversErring(attempt, erring);
    attempts.observationOpenedAt[attempt] = simulation.now;
    attempts.observersAsked[attempt] = asked;
    secrets.setObserversDue(attempt, asked);
    const { giveUpAfterSeconds } = rules.of(job);
    const isUnlimited = request.replyWithinSeconds === Number.POSITIVE_INFINITY;
    let isGivenUp = false;
    for (let ordinal = 0; ordinal < asked; ordinal++) {
      const observer = attempts.observer[first + ordinal]!;
      // until it replies
      attempts.observer[first + ordinal] = silenceOf(observer);
      const luck = draw.uniform(ordinalOfJob, number + ordinal, Purpose.observerDelay);
      const travel = network.isInstant ? 0 : network.roundTrip(jobs.region[job]!, nodes.region[observer]!);
      const delay = travel + request.replyDelay.quantile(luck);
      if (isUnlimited && delay > giveUpAfterSeconds) {
        // it stays due, so that the case is open until the network's patience ends
        isGivenUp = true;
      } else if (delay > request.replyWithinSeconds) {
        secrets.setObserversDue(attempt, secrets.observersDue(attempt) - 1);
      } else if (delay > 0) {
        const detail = ordinal + observersMost * attempts.generation[attempt]!;
        simulation.schedule(simulation.now + delay, EventKind.observationArrived, attempt, detail);
      } else {
        takeReply(attempt, ordinal, request);
      }
    }
    if (secrets.observersDue(attempt) === 0) close(attempt, request);
    else if (isGivenUp) closeAt(attempt, simulation.now + giveUpAfterSeconds);
  }

  /** Moment: an observer's reply is due. */
  function observationArrived(attempt: AttemptIndex, ordinal: number, request: ObserverRequest): void {
    takeReply(attempt, ordinal, request);
    if (secrets.observersDue(attempt) === 0) close(attempt, request);
  }

  function takeReply(attempt: AttemptIndex, ordinal: number, request: ObserverRequest): void {
    const slot = attempts.firstObserver(attempt) + ordinal;
    const observer = silenceOf(attempts.observer[slot]!);
    secrets.setObserversDue(attempt, secrets.observersDue(attempt) - 1);
    if (nodes.isOnline[observer] === 0 && !repliesOffline(observer, request)) return;
    const errs = secrets.observerErrs(attempt, ordinal);
    const observed =
      request.observes === 'result' ? instruments.resultHolds(attempt, errs) : instruments.participated(attempt, errs);
    const reply = cohorts[ownership.cohort[observer]!]!.strategy.attests(observer, attempt, observed);
    if (reply === Attestation.signs) {
      attempts.signed[attempt]!++;
      attempts.observer[slot] = observer;
    } else if (reply === Attestation.refuses) {
      attempts.refused[attempt]!++;
      attempts.observer[slot] = refusalOf(observer);
    }
  }

  /** A machine that works through its outages still sends what it has; among those online it isn't counted. */
  function repliesOffline(observer: NodeIndex, request: ObserverRequest): boolean {
    if (request.among === 'online' || nodes.state[observer] !== NodeState.present) return false;
    return isWorking(machines, ownership.machine[observer]!);
  }

  /** With every reply in the case is closed at once; else only when the time to reply is over. */
  function close(attempt: AttemptIndex, request: ObserverRequest): void {
    const isComplete = attempts.signed[attempt]! + attempts.refused[attempt]! === request.peers;
    const closesAt = attempts.observationOpenedAt[attempt]! + request.replyWithinSeconds;
    if (isComplete || closesAt === Number.POSITIVE_INFINITY || closesAt <= simulation.now) {
      ends.observed(attempt);
    } else {
      closeAt(attempt, closesAt);
    }
  }

  function closeAt(attempt: AttemptIndex, at: number): void {
    simulation.schedule(at, EventKind.observationClosed, attempt, attempts.generation[attempt]!);
  }

  function drawObserver(
    attempt: AttemptIndex,
    ordinal: number,
    pool: RowSet,
    draw: KeyedDraw,
    ordinalOfJob: number,
  ): NodeIndex {
    if (pool.size === 0) return NONE;
    const number = (attempts.number[attempt]! * observersMost + ordinal) * triesMost;
    for (let tries = 0; tries < triesMost; tries++) {
      const luck = draw.uniform(ordinalOfJob, number + tries, Purpose.observer);
      const observer = pool.at(Math.floor(luck * pool.size));
      if (mayObserve(observer, attempt, ordinal, pool)) return observer;
    }
    return searchObserver(attempt, ordinal, pool, draw.uniform(ordinalOfJob, number, Purpose.observer));
  }

  /** Few are left to draw from: chooses among them directly. */
  function searchObserver(attempt: AttemptIndex, ordinal: number, pool: RowSet, luck: number): NodeIndex {
    const eligible: NodeIndex[] = [];
    for (let index = 0; index < pool.size; index++) {
      if (mayObserve(pool.at(index), attempt, ordinal, pool)) eligible.push(pool.at(index));
    }
    return eligible.length === 0 ? NONE : eligible[Math.floor(luck * eligible.length)]!;
  }

  /** Not of the worker's operator, as declared, and not asked yet. */
  function mayObserve(observer: NodeIndex, attempt: AttemptIndex, drawn: number, pool: RowSet): boolean {
    // who is barred from work, in jail or below the minimum stake, can't vouch for others either
    if (pool === onlineNodes && nodes.isActive[observer] === 0) return false;
    const worker = attempts.node[attempt]!;
    if (nodes.declaredOperator[observer] === nodes.declaredOperator[worker]) return false;
    const first = attempts.firstObserver(attempt);
    for (let ordinal = 0; ordinal < drawn; ordinal++) if (attempts.observer[first + ordinal] === observer) return false;
    return true;
  }
  return { ask, observationArrived };
}
