import { assignmentPolicyNamed } from '../mechanisms/assignment/index.js';
import { reputationModelNamed } from '../mechanisms/reputation/index.js';
import { rewardRuleNamed } from '../mechanisms/rewards/index.js';
import { slashingRuleNamed } from '../mechanisms/slashing/index.js';
import { list, verificationSchemeNamed } from '../mechanisms/verification/index.js';
import type { Candidates } from '../model/contract/candidates.js';
import type { MechanismContext, RewardContext } from '../model/contract/context.js';
import type { Definition } from '../model/contract/definition.js';
import { NodeSampler } from '../model/contract/node-sampler.js';
import type { RewardRule, Roles } from '../model/contract/roles.js';
import type { Instruments } from '../model/truth/instruments.js';
import type { WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet-plan.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';

type Named = { readonly [Role in keyof Roles]: (kind: string) => Definition<Roles[Role]> };

const registries: Named = {
  assignment: assignmentPolicyNamed,
  verification: (kind) =>
    kind === list.kind ? (list as Definition<Roles['verification']>) : verificationSchemeNamed(kind),
  reputation: reputationModelNamed,
  slashing: slashingRuleNamed,
  rewards: rewardRuleNamed,
};

/** What the reward rule is given: everything that the network can see, and nothing of the truth. */
export function rewardContext(columns: WorldColumns, instruments: Instruments): RewardContext {
  const { nodes, jobs, attempts, classes, network, simulation, workloads } = columns;
  return {
    nodes,
    jobs,
    attempts,
    classes,
    network,
    instruments,
    now: () => simulation.now,
    column: (width = 1) => new Float64Array(nodes.capacity * width),
    // keyed by the job's ordinal, never by its row
    uniform: (job, number, purpose) =>
      workloads[jobs.workload[job]!]!.endogenous.uniform(jobs.ordinal[job]!, number, purpose),
  };
}

export function createRewards({ rewards }: ProtocolSettings, context: RewardContext): RewardRule {
  return rewardRuleNamed(rewards.kind).create(rewards, context);
}

/** What the other mechanisms are given besides. */
export function mechanismContext(
  view: RewardContext,
  candidates: Candidates,
  nodesByRegion: readonly number[],
): MechanismContext {
  const { nodes, jobs, classes } = view;
  const context: MechanismContext = {
    ...view,
    candidates,
    sampler: () =>
      new NodeSampler(nodes.region, nodesByRegion, classes.length, (job) => jobs.attemptsMade[job]!, candidates.fits),
    create: (role, settings) => registries[role](settings.kind).create(settings, context),
  };
  return context;
}

/** Most nodes that each region can come to hold: identities that enter later may be of any region. */
export function nodesByRegion({ network, nodes }: WorldColumns, plans: readonly FleetPlan[]): readonly number[] {
  const spare = plans.reduce((sum, plan) => sum + plan.shape.identitiesMost - plan.nodes, 0);
  const counts = network.regions.map(() => spare);
  for (let node = 0; node < nodes.count; node++) counts[nodes.region[node]!]!++;
  return counts;
}

/** The mechanisms that the protocol names, besides the rewards, which are made already. */
export function createRoles(protocol: ProtocolSettings, context: MechanismContext, rewards: RewardRule): Roles {
  const { verification } = protocol;
  const scheme = Array.isArray(verification) ? { kind: list.kind, schemes: verification } : verification;
  return {
    assignment: context.create('assignment', protocol.assignment),
    verification: context.create('verification', scheme),
    reputation: context.create('reputation', protocol.reputation),
    slashing: context.create('slashing', protocol.slashing),
    rewards,
  };
}
