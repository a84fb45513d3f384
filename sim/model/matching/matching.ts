import type { NodeIndex } from '../columns/nodes.js';
import type { World } from '../world/world.js';
import { type Access, createAccess } from './access.js';
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
  readonly access: Access;
  /** To be told when a node's capacity, stake, published score or activity changed: policy and serving look anew. */
  nodeChanged(node: NodeIndex): void;
  /** To be told when the node's published score, or what its model grants it, may have changed what it may serve. */
  accessChanged(node: NodeIndex): void;
  /**
   * Has another machine declared for the node, which is counted as little as one that is gone until its activity is
   * settled anew; whoever does that serves after review.
   */
  redeclare(node: NodeIndex, declare: () => void): void;
}

export function createMatching(world: World): Matching {
  const { jobs, lanes, nodes, ownership, roles, rules } = world;
  const waiting = new WaitingJobs(jobs, lanes.length);
  const openings = new Openings(nodes, ownership, rules);
  const access = createAccess(world);
  const unservedReasons = createUnservedReasons(world, openings, access);
  const capacity = createCapacity(world, access);
  const prospects = createProspects(world);
  const { assignment } = roles;

  function nodeChanged(node: NodeIndex): void {
    assignment.nodeChanged(node);
    if (waiting.size > 0) openings.nodeChanged(node);
  }

  function accessChanged(node: NodeIndex): void {
    const isOther = access.nodeChanged(node);
    if (isOther) {
      unservedReasons.nodeChanged(node);
      capacity.nodeChanged(node);
    }
    nodeChanged(node);
    // it may be listed as open already, and take others than those it was offered to
    const takesOthers = isOther || assignment.admits !== undefined;
    if (takesOthers && waiting.size > 0) openings.nodeImproved(node);
  }

  function redeclare(node: NodeIndex, declare: () => void): void {
    prospects.forget(node);
    capacity.forget(node);
    declare();
    access.refresh(node);
    unservedReasons.declared(node);
    openings.declared(node);
  }

  return {
    waiting,
    openings,
    prospects,
    unservedReasons,
    capacity,
    access,
    nodeChanged,
    accessChanged,
    redeclare,
  };
}
