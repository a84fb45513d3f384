import type { NodeIndex } from '../../columns/nodes.js';

/**
 * What the members of one attack share, whatever the strategy of each: one object for all cohorts that name it. A
 * cohort that names none is by itself.
 */
export interface Attack {
  /** Tells the attacks of a run apart, and so what the members of each agree on (`Truth.agreedLie`). */
  readonly index: number;
  isMember(node: NodeIndex): boolean;
  /** Its members among the first so many nodes, by number: a list that only grows, as nodes do. */
  members(count: number): readonly NodeIndex[];
  /** Nodes that its members work against, as any of them has marked. */
  readonly targets: Set<NodeIndex>;
}

/**
 * @param index of the first of its cohorts
 * @param cohortOf by node
 */
export function createAttack(index: number, cohorts: ReadonlySet<number>, cohortOf: Uint16Array): Attack {
  const isMember = (node: NodeIndex) => cohorts.has(cohortOf[node]!);
  const found: NodeIndex[] = [];
  let looked = 0;
  return {
    index,
    isMember,
    members: (count) => {
      for (; looked < count; looked++) if (isMember(looked)) found.push(looked);
      return found;
    },
    targets: new Set(),
  };
}

/** What operators of a cohort do with the purse of their attack at each end of an epoch. */
export interface SharesPurse {
  /** Share of what their nodes earned that they lay into it, 0 to 1. */
  readonly gives: number;
  /** What they own freely at most after they took out of it what they lacked [micro-tokens]. */
  readonly takesUpTo: number;
}
