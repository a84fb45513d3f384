import type { Attempts } from '../columns/attempts.js';
import type { JobClass } from '../columns/job-class.js';
import type { Jobs } from '../columns/jobs.js';
import type { Network } from '../columns/network.js';
import type { JobIndex, NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { Candidates } from '../matching/candidates.js';
import type { Observation } from '../truth/instruments.js';
import type { Truth } from '../truth/truth.js';
import type { Roles } from '../world/world.js';
import type { NodeSampler } from './node-sampler.js';

/** What a mechanism is given: everything that the network can see, and nothing of the truth. */
export interface MechanismContext {
  readonly nodes: Nodes;
  readonly jobs: Jobs;
  readonly attempts: Attempts;
  readonly classes: readonly JobClass[];
  readonly network: Network;
  readonly observation: Observation;
  readonly candidates: Candidates;
  /** Current time [s]. */
  now(): number;
  /** A column of the mechanism's own, a row a node (times `width`), all 0. */
  column(width?: number): Float64Array;
  /** Trees to draw nodes from in proportion to weights. */
  sampler(): NodeSampler;
  /** A draw in [0, 1) that belongs to the network's reaction to the job. */
  uniform(job: JobIndex, number: number, purpose: number): number;
  /** Another mechanism of the given role, for lists and composites. */
  create<Role extends keyof Roles>(role: Role, settings: { readonly kind: string }): Roles[Role];
}

/** What a strategy is given: the network's view, and what operators know of themselves. */
export interface StrategyContext extends Omit<MechanismContext, 'sampler' | 'create' | 'column'> {
  readonly truth: Truth;
  readonly ownership: Ownership;
  /** Keyed by the node's ordinal in its cohort. */
  uniformOf(node: NodeIndex, number: number, purpose: number): number;
  /** Nodes of an operator, those that are gone included. */
  nodesOf(operator: number): readonly NodeIndex[];
}
