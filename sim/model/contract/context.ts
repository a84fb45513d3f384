import type { Attempts } from '../columns/attempts.js';
import type { JobClass } from '../columns/job-class.js';
import type { Jobs } from '../columns/jobs.js';
import type { Network } from '../columns/network.js';
import type { JobIndex, NodeIndex, Nodes } from '../columns/nodes.js';
import type { Ownership } from '../columns/operators.js';
import type { Instruments } from '../truth/instruments.js';
import type { Truth } from '../truth/truth.js';
import type { Candidates } from './candidates.js';
import type { NodeSampler } from './node-sampler.js';
import type { Roles } from './roles.js';

/** What the network can see, and nothing of the truth. */
interface NetworkView {
  readonly nodes: Nodes;
  readonly jobs: Jobs;
  readonly attempts: Attempts;
  readonly classes: readonly JobClass[];
  readonly network: Network;
  readonly instruments: Instruments;
  /** Current time [s]. */
  now(): number;
  /** A draw in [0, 1) that belongs to the network's reaction to the job. */
  uniform(job: JobIndex, number: number, purpose: number): number;
}

/** What a reward rule is given; it is made first, as who is a candidate depends on the bonds that it asks for. */
export interface RewardContext extends NetworkView {
  /** A column of the mechanism's own, a row a node (times `width`), all 0. */
  column(width?: number): Float64Array;
}

/** What every other mechanism is given. */
export interface MechanismContext extends RewardContext {
  readonly candidates: Candidates;
  /** Trees to draw nodes from in proportion to weights. */
  sampler(): NodeSampler;
  /** Another mechanism of the given role, for lists and composites. */
  create<Role extends keyof Roles>(role: Role, settings: { readonly kind: string }): Roles[Role];
}

/** What a strategy is given: the network's view, and what operators know of themselves. */
export interface StrategyContext extends NetworkView {
  readonly truth: Truth;
  readonly ownership: Ownership;
  /** Nodes of an operator, those that are gone included. */
  nodesOf(operator: number): readonly NodeIndex[];
}
