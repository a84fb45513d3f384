import { EventKind, generationMask, observersMost } from './events.js';
import { type AttemptIndex, NONE, type NodeIndex } from './nodes.js';
import type { Observation } from './observation.js';
import { Purpose } from './purposes.js';
import { Attestation, type ObserverRequest } from './roles.js';
import { drawForJob, type World } from './world.js';

/** Draws that may fail before the pool is searched row by row. */
const triesMost = 64;

/**
 * Peers asked about an attempt: who is drawn, when their replies are due, what they sign.
 *
 * They are drawn without replacement, uniformly among those that the request allows.
 */
export class Observers {
  readonly #world: World;
  readonly #observation: Observation;
  readonly #closed: (attempt: AttemptIndex) => void;

  /** @param closed told when the replies are in or the time to reply is over */
  constructor(world: World, observation: Observation, closed: (attempt: AttemptIndex) => void) {
    this.#world = world;
    this.#observation = observation;
    this.#closed = closed;
  }

  /** Asks observers; `closed` follows now or later, but always. */
  ask(attempt: AttemptIndex, request: ObserverRequest): void {
    const { attempts, jobs, nodes, network, simulation } = this.#world;
    const job = attempts.job[attempt]!;
    const first = attempt * attempts.observersMax;
    attempts.observationOpenedAt[attempt] = simulation.now;
    attempts.observersAsked[attempt] = 0;
    attempts.observersDue[attempt] = 0;
    const peers = Math.min(request.peers, attempts.observersMax);
    for (let ordinal = 0; ordinal < peers; ordinal++) {
      const observer = this.#drawObserver(attempt, ordinal, request);
      if (observer === NONE) break;
      attempts.observer[first + ordinal] = observer;
      attempts.observersAsked[attempt] = ordinal + 1;
    }
    const asked = attempts.observersAsked[attempt]!;
    const number = attempts.number[attempt]! * observersMost;
    attempts.observersDue[attempt] = asked;
    for (let ordinal = 0; ordinal < asked; ordinal++) {
      const observer = attempts.observer[first + ordinal]!;
      const luck = drawForJob(this.#world, job, number + ordinal, Purpose.observerDelay);
      const travel = network.isInstant ? 0 : network.roundTrip(jobs.region[job]!, nodes.region[observer]!);
      const delay = travel + request.replyDelay(luck);
      if (delay > request.replyWithinSeconds) {
        attempts.observer[first + ordinal] = NONE;
        attempts.observersDue[attempt]!--;
      } else if (delay > 0) {
        const detail = ordinal + observersMost * attempts.generation[attempt]!;
        simulation.schedule(simulation.now + delay, EventKind.observationArrived, attempt, detail);
      } else {
        this.#takeReply(attempt, ordinal, request);
      }
    }
    if (attempts.observersDue[attempt] === 0) this.#close(attempt, request);
  }

  /** Moment: an observer's reply is due. */
  observationArrived(attempt: AttemptIndex, ordinal: number, request: ObserverRequest): void {
    this.#takeReply(attempt, ordinal, request);
    if (this.#world.attempts.observersDue[attempt] === 0) this.#close(attempt, request);
  }

  #takeReply(attempt: AttemptIndex, ordinal: number, request: ObserverRequest): void {
    const { attempts, nodes, ownership, cohorts } = this.#world;
    const slot = attempt * attempts.observersMax + ordinal;
    const observer = attempts.observer[slot]!;
    attempts.observersDue[attempt]!--;
    if (request.among === 'online' && nodes.isOnline[observer] === 0) {
      attempts.observer[slot] = NONE;
      return;
    }
    const number = attempts.number[attempt]! * observersMost + ordinal;
    const error = request.errorProbability;
    const luck = error === 0 ? 1 : drawForJob(this.#world, attempts.job[attempt]!, number, Purpose.observerError);
    const observed =
      request.observes === 'result'
        ? this.#observation.resultHolds(attempt, error, luck)
        : this.#observation.participated(attempt, error, luck);
    const reply = cohorts[ownership.cohort[observer]!]!.strategy.attests(observer, attempt, observed);
    if (reply === Attestation.signs) attempts.signed[attempt]!++;
    else if (reply === Attestation.refuses) attempts.refused[attempt]!++;
    else attempts.observer[slot] = NONE;
  }

  /** With every reply in the case is closed at once; else only when the time to reply is over. */
  #close(attempt: AttemptIndex, request: ObserverRequest): void {
    const { attempts, simulation } = this.#world;
    const isComplete = attempts.signed[attempt]! + attempts.refused[attempt]! === request.peers;
    const closesAt = attempts.observationOpenedAt[attempt]! + request.replyWithinSeconds;
    if (isComplete || closesAt === Number.POSITIVE_INFINITY || closesAt <= simulation.now) {
      this.#closed(attempt);
    } else {
      simulation.schedule(
        closesAt,
        EventKind.observationClosed,
        attempt,
        attempts.generation[attempt]! & generationMask,
      );
    }
  }

  #drawObserver(attempt: AttemptIndex, ordinal: number, request: ObserverRequest): NodeIndex {
    const { attempts, onlineNodes, presentNodes } = this.#world;
    const pool = request.among === 'online' ? onlineNodes : presentNodes;
    const job = attempts.job[attempt]!;
    const number = (attempts.number[attempt]! * observersMost + ordinal) * triesMost;
    for (let attemptNumber = 0; attemptNumber < triesMost; attemptNumber++) {
      const luck = drawForJob(this.#world, job, number + attemptNumber, Purpose.observer);
      const observer = pool.size === 0 ? NONE : pool.at(Math.floor(luck * pool.size));
      if (observer !== NONE && this.#mayObserve(observer, attempt, ordinal)) return observer;
    }
    // few are left to draw from: choose among them directly
    const eligible: NodeIndex[] = [];
    for (let index = 0; index < pool.size; index++) {
      if (this.#mayObserve(pool.at(index), attempt, ordinal)) eligible.push(pool.at(index));
    }
    if (eligible.length === 0) return NONE;
    const luck = drawForJob(this.#world, job, number, Purpose.observer);
    return eligible[Math.floor(luck * eligible.length)]!;
  }

  /** Not of the worker's operator, as declared, and not asked yet. */
  #mayObserve(observer: NodeIndex, attempt: AttemptIndex, drawn: number): boolean {
    const { attempts, nodes } = this.#world;
    const worker = attempts.node[attempt]!;
    if (nodes.declaredOperator[observer] === nodes.declaredOperator[worker]) return false;
    const first = attempt * attempts.observersMax;
    for (let ordinal = 0; ordinal < drawn; ordinal++) if (attempts.observer[first + ordinal] === observer) return false;
    return true;
  }
}
