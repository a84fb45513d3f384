import type { EventHandler } from '../engine/simulation.js';
import { AttemptState } from './columns/attempts.js';
import { EventKind, eventKindCount, generationMask, observersMost } from './events.js';
import type { Execution } from './jobs/execution.js';
import type { JobLifecycle } from './jobs/job-lifecycle.js';
import type { Observers } from './jobs/observers.js';
import type { Epochs } from './nodes/epochs.js';
import type { NodeLifecycle } from './nodes/node-life.js';
import type { Publication } from './nodes/publication.js';
import type { Stress } from './outside/stress.js';
import type { World } from './world/world.js';

/** The parts that act at the moments of events.ts. */
export interface Lifecycles {
  readonly jobs: JobLifecycle;
  readonly execution: Execution;
  readonly observers: Observers;
  readonly nodes: NodeLifecycle;
  readonly epochs: Epochs;
  readonly publication: Publication;
  readonly stress: Stress;
}

/**
 * Fills in a handler for every kind of event.
 *
 * A handler returns false for a stale event (the row has moved on) and for samples: those aren't fingerprinted.
 */
export function connectHandlers(handlers: EventHandler[], world: World, parts: Lifecycles): void {
  const { attempts, jobs, journal, simulation } = world;
  const { execution, observers, nodes, epochs, publication, stress } = parts;
  const jobLifecycle = parts.jobs;
  const verification = world.roles.verification;

  handlers[EventKind.jobSubmitted] = (workload) => {
    jobLifecycle.jobSubmitted(workload);
    return true;
  };
  handlers[EventKind.jobExpired] = (job, generation) => {
    if (jobs.generation[job] !== generation || !jobLifecycle.jobExpired(job)) return false;
    // its settlement can return the bonds of attempts that failed, and so make a node eligible
    jobLifecycle.serveWaiting();
    return true;
  };
  handlers[EventKind.requestArrived] = (attempt, generation) => {
    if (attempts.generation[attempt] !== generation) return false;
    execution.requestArrived(attempt);
    return true;
  };
  handlers[EventKind.attemptUnacknowledged] = (attempt, generation) => {
    if (attempts.generation[attempt] !== generation) return false;
    jobLifecycle.attemptTimedOut(attempt);
    return true;
  };
  handlers[EventKind.attemptFinished] = (attempt, generation) => {
    if (attempts.generation[attempt] !== generation || attempts.state[attempt] !== AttemptState.running) return false;
    // a pause moved the end: the event of the old one is stale
    if (attempts.finishAt[attempt] !== simulation.now) return false;
    execution.attemptFinished(attempt);
    return true;
  };
  handlers[EventKind.resultArrived] = (attempt, generation) => {
    if (attempts.generation[attempt] !== generation) return false;
    jobLifecycle.resultArrived(attempt);
    return true;
  };
  handlers[EventKind.attemptTimedOut] = (attempt, generation) => {
    if (attempts.generation[attempt] !== generation) return false;
    jobLifecycle.attemptTimedOut(attempt);
    return true;
  };
  handlers[EventKind.observationArrived] = (attempt, detail) => {
    const generation = Math.floor(detail / observersMost);
    if ((attempts.generation[attempt]! & generationMask) !== generation) return false;
    observers.observationArrived(attempt, detail % observersMost, verification.observers(attempt));
    return true;
  };
  handlers[EventKind.observationClosed] = (attempt, generation) => {
    if (attempts.generation[attempt] !== generation) return false;
    jobLifecycle.observed(attempt);
    return true;
  };
  handlers[EventKind.machineRepaired] = (machine) => {
    nodes.machineRepaired(machine);
    return true;
  };
  handlers[EventKind.machineFailed] = (machine) => {
    nodes.machineFailed(machine);
    return true;
  };
  handlers[EventKind.nodeJoined] = (node) => nodes.nodeJoined(node);
  handlers[EventKind.nodeLeft] = (node) => nodes.nodeLeft(node);
  handlers[EventKind.stakeUnbonded] = (node) => {
    nodes.stakeUnbonded(node);
    return true;
  };
  handlers[EventKind.epochEnded] = (epoch) => {
    epochs.epochEnded(epoch);
    // jail may be over, weights may have changed
    jobLifecycle.serveAfterReview();
    return true;
  };
  handlers[EventKind.scoresGathered] = (ordinal) => {
    publication.scoresGathered(ordinal);
    jobLifecycle.serveAfterReview();
    return true;
  };
  handlers[EventKind.scoresPublished] = () => {
    publication.scoresPublished();
    jobLifecycle.serveAfterReview();
    return true;
  };
  handlers[EventKind.sampleTaken] = (ordinal) => {
    journal.sampleTaken(ordinal);
    return false;
  };
  handlers[EventKind.snapshotTaken] = (ordinal) => {
    journal.snapshotTaken(ordinal);
    return false;
  };
  handlers[EventKind.warmUpEnded] = () => {
    journal.warmUpEnded();
    return false;
  };
  handlers[EventKind.commonCauseBegan] = stress.commonCauseBegan;
  handlers[EventKind.commonCauseEnded] = stress.commonCauseEnded;
  handlers[EventKind.maintenanceBegan] = stress.maintenanceBegan;
  handlers[EventKind.maintenanceEnded] = stress.maintenanceEnded;
  handlers[EventKind.newcomerArrived] = stress.newcomerArrived;
  handlers[EventKind.machinesWore] = stress.machinesWore;
  if (handlers.length !== eventKindCount) throw new Error('every kind of event needs a handler');
}
