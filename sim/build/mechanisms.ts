import { assignmentPolicyNamed } from '../mechanisms/assignment/index.js';
import { reputationModelNamed } from '../mechanisms/reputation/index.js';
import { rewardRuleNamed } from '../mechanisms/rewards/index.js';
import { slashingRuleNamed } from '../mechanisms/slashing/index.js';
import { list, verificationSchemeNamed } from '../mechanisms/verification/index.js';
import { NONE, type NodeIndex } from '../model/columns/nodes.js';
import type { MechanismContext, StrategyContext } from '../model/contract/context.js';
import type { Definition } from '../model/contract/definition.js';
import { NodeSampler } from '../model/contract/node-sampler.js';
import { toMicroTokens } from '../model/contract/units.js';
import type { Candidates } from '../model/matching/candidates.js';
import type { Observation } from '../model/truth/instruments.js';
import type { Cohort } from '../model/world/cohort.js';
import { drawForJob, type Roles, type World } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet-plan.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';
import { strategyNamed } from '../strategies/index.js';

type Named = { readonly [Role in keyof Roles]: (kind: string) => Definition<Roles[Role]> };

const registries: Named = {
  assignment: assignmentPolicyNamed,
  verification: (kind) =>
    kind === list.kind ? (list as Definition<Roles['verification']>) : verificationSchemeNamed(kind),
  reputation: reputationModelNamed,
  slashing: slashingRuleNamed,
  rewards: rewardRuleNamed,
};

/** What mechanisms are given: everything that the network can see, and nothing of the truth. */
export function mechanismContext(
  world: World,
  plans: readonly FleetPlan[],
  candidates: Candidates,
  observation: Observation,
): MechanismContext {
  const { nodes, jobs, attempts, classes, network, simulation } = world;
  const regionCapacity = nodesByRegion(world, plans);
  const context: MechanismContext = {
    nodes,
    jobs,
    attempts,
    classes,
    network,
    observation,
    candidates,
    now: () => simulation.now,
    column: (width = 1) => new Float64Array(nodes.capacity * width),
    sampler: () =>
      new NodeSampler(nodes.region, regionCapacity, classes.length, (job) => jobs.attemptsMade[job]!, candidates.fits),
    uniform: (job, number, purpose) => drawForJob(world, job, number, purpose),
    create: (role, settings) => registries[role](settings.kind).create(settings, context),
  };
  return context;
}

/** Most nodes that each region can come to hold: identities that enter later may be of any region. */
function nodesByRegion(world: World, plans: readonly FleetPlan[]): number[] {
  const spare = plans.reduce((sum, plan) => sum + plan.shape.identitiesMost - plan.nodes, 0);
  const counts = world.network.regions.map(() => spare);
  for (let node = 0; node < world.nodes.count; node++) counts[world.nodes.region[node]!]!++;
  return counts;
}

/** The mechanisms that the protocol names. */
export function buildRoles(protocol: ProtocolSettings, context: MechanismContext): Roles {
  const { verification } = protocol;
  const scheme = Array.isArray(verification) ? { kind: list.kind, schemes: verification } : verification;
  return {
    assignment: context.create('assignment', protocol.assignment),
    verification: context.create('verification', scheme),
    reputation: context.create('reputation', protocol.reputation),
    slashing: context.create('slashing', protocol.slashing),
    rewards: context.create('rewards', protocol.rewards),
  };
}

/** The cohorts with their strategies, one strategy object a cohort. */
export function buildCohorts(plans: readonly FleetPlan[], world: World, context: MechanismContext): readonly Cohort[] {
  const { truth, ownership, operators } = world;
  let firstOperator = 0;
  let firstNode = 0;
  return plans.map((plan, index) => {
    const strategyContext: StrategyContext = {
      ...context,
      truth,
      ownership,
      uniformOf: (node, number, purpose) => plan.draw.uniform(ownership.ordinal[node]!, number, purpose),
      nodesOf: (operator) => {
        const found: NodeIndex[] = [];
        let node = operators.lastNode[operator]!;
        for (; node !== NONE; node = ownership.previousOfOperator[node]!) found.push(node);
        return found.reverse();
      },
    };
    const cohort: Cohort = {
      name: plan.name,
      index,
      strategy: strategyNamed(plan.settings.strategy.kind).create(plan.settings.strategy, strategyContext, index),
      draw: plan.draw,
      outages: plan.outages,
      announcesOutages: plan.announcesOutages,
      maintenance: plan.maintenance,
      wear: plan.wear,
      newcomers: plan.newcomers,
      firstNewcomer: firstNode + plan.firstNewcomer,
      stake: toMicroTokens(plan.settings.stake),
      firstOperator,
      operatorCount: plan.shape.operators,
    };
    firstOperator += plan.shape.operators;
    firstNode += plan.nodes;
    return cohort;
  });
}
