import { list } from '../mechanisms/verification/index.js';
import { OwnColumn } from '../model/columns/rows/own-column.js';
import type { Candidates, Retries } from '../model/contract/candidates.js';
import type { AssignmentContext, MechanismContext, VerificationContext } from '../model/contract/context.js';
import type { Definition } from '../model/contract/definition.js';
import type { Live } from '../model/contract/live.js';
import { NodeSampler } from '../model/contract/node-sampler.js';
import { Purpose } from '../model/contract/purposes.js';
import type { RewardRule, Roles, VerificationScheme } from '../model/contract/roles.js';
import type { Instruments } from '../model/truth/instruments.js';
import type { WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet-plan.js';
import type { Registry } from '../scenario/schema/registry.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';

/** What every mechanism is given: everything that the network can see, and nothing of the truth. */
export function mechanismContext(columns: WorldColumns): MechanismContext {
  const { nodes, jobs, attempts, panels, classes, network, simulation } = columns;
  return {
    nodes,
    jobs,
    attempts,
    panels,
    classes,
    network,
    now: () => simulation.now,
    column: (width = 1) => new Float64Array(nodes.capacity * width),
    attemptColumn: () => new OwnColumn(attempts),
    jobColumn: () => new OwnColumn(jobs),
    uniform: drawsFor(columns, mechanismPurposes),
  };
}

/** What mechanisms draw for: what operators and instruments draw would tell who errs. */
const mechanismPurposes: ReadonlySet<number> = new Set([
  Purpose.assignedRegion,
  Purpose.assignedNode,
  Purpose.validationCheck,
]);

/** Draws of the network's reaction to a job, for these purposes only; throws for any other. */
export function drawsFor(
  { jobs, workloads }: WorldColumns,
  purposes: ReadonlySet<number>,
): MechanismContext['uniform'] {
  return (job, number, purpose) => {
    if (!purposes.has(purpose)) throw new Error(`draw: expected one of its own purposes, found ${purpose}`);
    // keyed by the job's ordinal, never by its row
    return workloads[jobs.workload[job]!]!.endogenous.uniform(jobs.ordinal[job]!, number, purpose);
  };
}

export function createRewards(
  protocol: Live<ProtocolSettings>,
  registry: Registry,
  context: MechanismContext,
): RewardRule {
  const rewards = protocol.map((settings) => settings.rewards);
  return registry.entry('rewards', rewards.now.kind).create(rewards, context);
}

/** What assignment policies are given besides. */
export function assignmentContext(
  context: MechanismContext,
  candidates: Candidates,
  nodesByRegion: readonly number[],
): AssignmentContext {
  const { nodes, jobs, classes } = context;
  const attemptsMade = (job: number) => jobs.attemptsMade[job]!;
  return {
    ...context,
    candidates,
    sampler: () => new NodeSampler(nodes.region, nodesByRegion, classes.length, attemptsMade, candidates.fits),
  };
}

/** What verification schemes are given besides. */
export function verificationContext(
  given: MechanismContext,
  registry: Registry,
  retries: Retries,
  instruments: Instruments,
): VerificationContext {
  const made = new Map<string, number>();
  const context: VerificationContext = {
    ...given,
    retries,
    instruments,
    instance: 0,
    stage: 0,
    create: (settings, stage) => {
      const { kind } = settings.now;
      const instance = made.get(kind) ?? 0;
      made.set(kind, instance + 1);
      return schemeNamed(registry, kind).create(settings, { ...context, instance, stage });
    },
  };
  return context;
}

function schemeNamed(registry: Registry, kind: string): Definition<VerificationScheme, VerificationContext> {
  return kind === list.kind ? list : registry.entry('verification', kind);
}

/** Most nodes that each region can come to hold: identities that enter later may be of any region. */
export function nodesByRegion({ network, nodes }: WorldColumns, plans: readonly FleetPlan[]): readonly number[] {
  const spare = plans.reduce((sum, plan) => sum + plan.shape.identitiesMost - plan.nodes, 0);
  const counts = network.regions.map(() => spare);
  for (let node = 0; node < nodes.count; node++) counts[nodes.region[node]!]!++;
  return counts;
}

interface Contexts {
  readonly all: MechanismContext;
  readonly assignment: AssignmentContext;
  readonly verification: VerificationContext;
}

/** The mechanisms that the protocol names, besides the rewards, which are made already. */
export function createRoles(
  protocol: Live<ProtocolSettings>,
  registry: Registry,
  contexts: Contexts,
  rewards: RewardRule,
): Roles {
  const assignment = protocol.map((settings) => settings.assignment);
  const reputation = protocol.map((settings) => settings.reputation);
  const slashing = protocol.map((settings) => settings.slashing);
  const scheme = protocol.map(({ verification }) =>
    Array.isArray(verification) ? { kind: list.kind, schemes: verification } : verification,
  );
  return {
    assignment: registry.entry('assignment', assignment.now.kind).create(assignment, contexts.assignment),
    verification: contexts.verification.create(scheme, 0),
    reputation: registry.entry('reputation', reputation.now.kind).create(reputation, contexts.all),
    slashing: registry.entry('slashing', slashing.now.kind).create(slashing, contexts.all),
    rewards,
  };
}
