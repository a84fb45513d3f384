import type { NodeIndex } from '../../columns/nodes.js';

/**
 * What the members of one attack share, whatever the strategy of each: one object for all cohorts that name it. A
 * cohort that names none is by itself.
 */
export interface Attack {
  /** Tells the attacks of a run apart, and so what the members of each agree on (`Truth.agreedLie`). */
  readonly index: number;
  isMember(node: NodeIndex): boolean;
  /** Nodes that its members work against, as any of them has marked. */
  readonly targets: Set<NodeIndex>;
}

/**
 * @param index of the first of its cohorts
 * @param cohortOf by node
 */
export function createAttack(index: number, cohorts: ReadonlySet<number>, cohortOf: Uint16Array): Attack {
  return {
    index,
    isMember: (node) => cohorts.has(cohortOf[node]!),
    targets: new Set(),
  };
}
