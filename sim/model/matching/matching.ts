import type { NodeIndex } from '../columns/nodes.js';
import type { World } from '../world/world.js';
import { type Capacity, createCapacity } from './capacity.js';
import { Openings } from './openings.js';
import { createProspects, type Prospects } from './prospects.js';
import { createUnservedReasons, type UnservedReasons } from './unserved-reasons.js';
import { WaitingJobs } from './waiting-jobs.js';

/** Who waits, and which nodes may have become able to serve them; made once, and told of every change. */
export interface Matching {
  readonly waiting: WaitingJobs;
  readonly openings: Openings;
  readonly prospects: Prospects;
  readonly unservedReasons: UnservedReasons;
  readonly capacity: Capacity;
  /** To be told when a node's capacity, stake, published score or activity changed: policy and serving look anew. */
  nodeChanged(node: NodeIndex): void;
}

export function createMatching(world: World): Matching {
  const { classes, jobs, nodes, ownership, roles, rules } = world;
  const waiting = new WaitingJobs(jobs, classes.length);
  const openings = new Openings(nodes, ownership, rules);
  const { assignment } = roles;
  return {
    waiting,
    openings,
    prospects: createProspects(world),
    unservedReasons: createUnservedReasons(world, openings),
    capacity: createCapacity(world),
    nodeChanged: (node) => {
      assignment.nodeChanged(node);
      if (waiting.size > 0) openings.nodeChanged(node);
    },
  };
}
