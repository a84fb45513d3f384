import type { EventHandler } from '../engine/simulation.js';
import type { Attempts } from './columns/attempts.js';
import type { Jobs } from './columns/jobs.js';
import type { Panels } from './columns/panels.js';
import { EventKind } from './events.js';
import type { Lives } from './lives.js';
import { WorkState } from './truth/secrets.js';
import type { World } from './world/world.js';

/** A handler for every kind of event, by its name. */
type Handlers = { readonly [Kind in keyof typeof EventKind]: EventHandler };

/**
 * The handlers of all events, in the order of their kinds.
 *
 * A handler returns false for a stale event (the row has moved on) and for samples: those aren't fingerprinted.
 */
export function createHandlers(world: World, lives: Lives): readonly EventHandler[] {
  const handlers = handlersByName(world, lives);
  const inOrder: EventHandler[] = [];
  for (const [name, kind] of Object.entries(EventKind)) inOrder[kind] = handlers[name as keyof typeof EventKind];
  return inOrder;
}

function handlersByName(world: World, lives: Lives): Handlers {
  const { attempts, jobs, journal, panels, secrets, simulation } = world;
  const { assigning, challenges, collateral, epochs, execution, governance, nodeLife, outside, panelLife } = lives;
  const { publication, resourceTokens, rests, returning, serving, submission } = lives;
  /** Whether the row is of another job, attempt or panel, or of another stage of it, than the event was made for. */
  const isStale = (rows: Attempts | Jobs | Panels, row: number, generation: number) =>
    rows.generation[row] !== generation;

  return {
    jobSubmitted: (workload) => {
      submission.jobSubmitted(workload);
      return true;
    },
    spotCheckSubmitted: (number, workload) => {
      submission.spotCheckSubmitted(number, workload);
      return true;
    },
    jobExpired: (job, generation) => {
      if (isStale(jobs, job, generation) || !returning.jobExpired(job)) return false;
      // its settlement can return the bonds of attempts that failed, and so make a node eligible
      serving.serve();
      return true;
    },
    requestArrived: (attempt, generation) => {
      if (isStale(attempts, attempt, generation)) return false;
      execution.requestArrived(attempt);
      return true;
    },
    requestTakenUp: (attempt, generation) => {
      if (isStale(attempts, attempt, generation)) return false;
      execution.requestTakenUp(attempt);
      return true;
    },
    attemptUnacknowledged: (attempt, generation) => {
      if (isStale(attempts, attempt, generation)) return false;
      returning.attemptTimedOut(attempt);
      return true;
    },
    attemptFinished: (attempt, generation) => {
      if (isStale(attempts, attempt, generation) || secrets.state(attempt) !== WorkState.running) return false;
      // a pause moved the end: the event of the old one is stale
      if (secrets.finishAt(attempt) !== simulation.now) return false;
      execution.attemptFinished(attempt);
      return true;
    },
    resultArrived: (attempt, generation) => {
      if (isStale(attempts, attempt, generation)) return false;
      returning.resultArrived(attempt);
      return true;
    },
    attemptTimedOut: (attempt, generation) => {
      if (isStale(attempts, attempt, generation)) return false;
      if (returning.isDueNow(attempt)) {
        // the clock was set first, and stands in line behind the result now
        simulation.schedule(simulation.now, EventKind.attemptTimedOut, attempt, generation);
        return false;
      }
      returning.attemptTimedOut(attempt);
      return true;
    },
    panelReplied: (panel, generation) => {
      if (isStale(panels, panel, generation)) return false;
      panelLife.panelReplied(panel);
      return true;
    },
    panelClosed: (panel, generation) => {
      if (isStale(panels, panel, generation)) return false;
      returning.panelClosed(panel);
      return true;
    },
    answersRevealed: (job, generation) => {
      if (isStale(jobs, job, generation)) return false;
      returning.answersRevealed(job);
      return true;
    },
    windowClosed: (job, generation) => {
      if (isStale(jobs, job, generation) || !challenges.windowClosed(job)) return false;
      serving.serve();
      return true;
    },
    disputeRoundEnded: (job, generation) => {
      if (isStale(jobs, job, generation)) return false;
      challenges.disputeRoundEnded(job);
      serving.serve();
      return true;
    },
    machineRepaired: (machine) => {
      nodeLife.machineRepaired(machine);
      return true;
    },
    machineFailed: (machine) => {
      nodeLife.machineFailed(machine);
      return true;
    },
    strikeEnded: (machine) => {
      nodeLife.strikeEnded(machine);
      return true;
    },
    nodeJoined: (node) => nodeLife.nodeJoined(node),
    nodeLeft: (node) => nodeLife.nodeLeft(node),
    nodeRested: (node) => {
      rests.nodeRested(node);
      serving.serve();
      return true;
    },
    stakeUnbonded: (node, number) => {
      collateral.stakeUnbonded(node, number);
      return true;
    },
    epochEnded: (epoch) => {
      epochs.epochEnded(epoch);
      // jail may be over, weights may have changed
      serving.serveAfterReview();
      assigning.endStranded();
      return true;
    },
    scoresGathered: (ordinal, schedule) => {
      if (!publication.scoresGathered(ordinal, schedule)) return false;
      serving.serveAfterReview();
      return true;
    },
    scoresPublished: (ordinal, schedule) => {
      if (!publication.scoresPublished(ordinal, schedule)) return false;
      serving.serveAfterReview();
      return true;
    },
    rulesChanged: (change) => {
      governance.rulesChanged(change);
      serving.serveAfterReview();
      assigning.endStranded();
      return true;
    },
    voteProposed: (change) => {
      governance.voteProposed(change);
      return true;
    },
    voteClosed: (change) => {
      governance.voteClosed(change);
      return true;
    },
    resourceTokensSold: (cohort) => {
      epochs.settleAccrued();
      resourceTokens.resourceTokensSold(cohort);
      serving.serveAfterReview();
      assigning.endStranded();
      return true;
    },
    sampleTaken: (ordinal) => {
      journal.sampleTaken(ordinal);
      return false;
    },
    snapshotTaken: (ordinal) => {
      journal.snapshotTaken(ordinal);
      return false;
    },
    warmUpEnded: () => {
      journal.warmUpEnded();
      return false;
    },
    ...outside.handlers,
  };
}
