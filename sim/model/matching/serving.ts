import { type JobIndex, NONE } from '../columns/nodes.js';
import type { World } from '../world/world.js';
import type { Matching } from './matching.js';

export type Serving = ReturnType<typeof createServing>;

/**
 * Serves the waiting jobs: in the order in which they came, whatever they ask, each gets the nodes that fit it.
 *
 * @param assign assigns what the job wants, as far as there are nodes
 */
export function createServing(
  { lanes, roles, simulation }: World,
  { openings, waiting }: Matching,
  assign: (job: JobIndex) => void,
) {
  let isServing = false;

  /** After nodes could take work again. */
  function serve(): void {
    if (waiting.size > 0) lookThrough();
  }

  /** After a change of more than some nodes, such as of weights. */
  function serveAfterReview(): void {
    if (waiting.size === 0) return;
    openings.allMayHaveOpened();
    lookThrough();
  }

  /**
   * Offers what opened to those who wait; then what else is open to those who came behind them meanwhile, as nobody
   * before them could take that.
   */
  function lookThrough(): void {
    // an assignment can free a node at once: who serves goes on with it
    if (isServing) return;
    isServing = true;
    for (;;) {
      offerOpened();
      openings.clear();
      const job = waiting.takeBehind();
      if (job === NONE) break;
      assign(job);
    }
    isServing = false;
  }

  /** Offers the nodes that opened to those who wait, until none of them can take one. */
  function offerOpened(): void {
    let version = openings.version;
    let ticket = 0;
    while (waiting.size > 0 && !openings.isEmpty) {
      const lane = firstLane(ticket);
      if (lane === NONE) break;
      const job = nextOf(lane, ticket);
      ticket = waiting.ticketOf(job, lane) + 1;
      assign(job);
      if (openings.version === version) continue;
      version = openings.version;
      ticket = 0;
    }
  }

  /** The lane of the job that came first, from that ticket on, among those that may be served; NONE without any. */
  function firstLane(ticket: number): number {
    let chosen = NONE;
    let least = Number.POSITIVE_INFINITY;
    for (let lane = 0; lane < lanes.length; lane++) {
      if (waiting.isEmpty(lane) || !openings.haveRoom(lane) || !roles.assignment.hasCandidate(lane)) continue;
      const job = nextOf(lane, ticket);
      if (job === NONE) continue;
      const came = waiting.ticketOf(job, lane);
      if (came >= least) continue;
      least = came;
      chosen = lane;
    }
    return chosen;
  }

  function nextOf(lane: number, ticket: number): JobIndex {
    return waiting.firstInTime(lane, ticket, simulation.now, openings.slowest, openings.fastest);
  }

  return { serve, serveAfterReview };
}
