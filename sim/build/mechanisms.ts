import { largest } from '../kernels/extent.js';
import { epochBeacon } from '../kernels/sortition.js';
import { list } from '../mechanisms/verification/index.js';
import { OwnColumn } from '../model/columns/rows/own-column.js';
import type { Candidates, Retries } from '../model/contract/candidates.js';
import type {
  AssignmentContext,
  MechanismContext,
  OracleContext,
  RewardContext,
  SlashingContext,
  VerificationContext,
} from '../model/contract/context.js';
import type { Definition } from '../model/contract/definition.js';
import type { Live } from '../model/contract/live.js';
import { NodeSampler } from '../model/contract/node-sampler.js';
import { Purpose } from '../model/contract/purposes.js';
import type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  Roles,
  VerificationScheme,
} from '../model/contract/roles.js';
import { Instruments } from '../model/truth/instruments.js';
import { valueAtRisk, type WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet/fleet-plan.js';
import type { Registry } from '../scenario/schema/registry.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';

/** What every mechanism is given: everything that the network can see, and nothing of the truth. */
export function mechanismContext(columns: WorldColumns): MechanismContext {
  const { nodes, measures, jobs, attempts, panels, classes, kinds, lanes, network, simulation } = columns;
  return {
    nodes,
    jobs,
    attempts,
    panels,
    classes,
    kinds,
    lanes,
    network,
    valueAtRisk: (job) => valueAtRisk(columns, job),
    now: () => simulation.now,
    column: (width = 1) => new Float64Array(nodes.capacity * width),
    measure: (name, measured) => measures.column(name, measured),
    attemptColumn: () => new OwnColumn(attempts),
    jobColumn: () => new OwnColumn(jobs),
    uniform: drawsFor(columns, mechanismPurposes),
  };
}

/** What mechanisms draw for: what operators and instruments draw would tell who errs. */
const mechanismPurposes = [
  Purpose.assignedRegion,
  Purpose.assignedNode,
  Purpose.decidingFactor,
  Purpose.validationCheck,
  Purpose.trust,
  Purpose.spotCheck,
];

/** What of its draws belongs to instruments alone. */
const instrumentPurposes = [Purpose.proof];

/** The one door from truth to evidence. */
export function instrumentsOf(columns: WorldColumns): Instruments {
  const { attempts, cohortDraws, jobKeys, jobs, machines, nodes, ownership, truth } = columns;
  const draw = drawsFor(columns, instrumentPurposes);
  const proofDraw = (job: number, number: number) => draw(job, number, Purpose.proof);
  return new Instruments(truth, attempts, jobs, jobKeys, proofDraw, {
    trueThroughput: (node) => machines.throughput[ownership.machine[node]!]!,
    declaredThroughput: (node) => nodes.throughput[node]!,
    draw: (node, number) =>
      cohortDraws[ownership.cohort[node]!]!.uniform(ownership.ordinal[node]!, number, Purpose.benchmark),
  });
}

/** Draws of the network's reaction to a job, for these purposes only; throws for any other. */
export function drawsFor(
  { jobKeys, jobs, workloads }: WorldColumns,
  purposes: readonly number[],
): MechanismContext['uniform'] {
  // asked for each draw: an array of bytes, where a set would look each number up
  const isOwn = new Uint8Array(largest(Object.values(Purpose)) + 1);
  for (const purpose of purposes) isOwn[purpose] = 1;
  return (job, number, purpose) => {
    if (isOwn[purpose] !== 1) throw new Error(`draw: expected one of its own purposes, found ${purpose}`);
    // keyed by the job's ordinal, never by its row
    return workloads[jobs.workload[job]!]!.endogenous.uniform(jobKeys.ordinal(job), number, purpose);
  };
}

/** A mechanism of this definition, which first brings its kinds of findings. */
function made<Role, Context extends MechanismContext, Settings extends { readonly kind: string }>(
  definition: Definition<Role, Context, Settings>,
  settings: Live<Settings>,
  context: Context,
): Role {
  context.kinds.register(definition.kinds ?? []);
  return definition.create(settings, context);
}

/** What reward rules are given besides. */
export function rewardContext(given: MechanismContext, registry: Registry): RewardContext {
  const context: RewardContext = {
    ...given,
    create: (settings) => made(registry.entry('rewards', settings.now.kind), settings, context),
  };
  return context;
}

export function createRewards(protocol: Live<ProtocolSettings>, context: RewardContext): RewardRule {
  return context.create(protocol.map((settings) => settings.rewards));
}

export function createReputation(
  protocol: Live<ProtocolSettings>,
  registry: Registry,
  context: MechanismContext,
): ReputationModel {
  const reputation = protocol.map((settings) => settings.reputation);
  return made(registry.entry('reputation', reputation.now.kind), reputation, context);
}

/** What assignment policies are given besides. */
export function assignmentContext(
  context: MechanismContext,
  candidates: Candidates,
  nodesByRegion: readonly number[],
  seed: string,
  instruments: Instruments,
): AssignmentContext {
  const { nodes, jobs, lanes } = context;
  const attemptsMade = (job: number) => jobs.attemptsMade[job]!;
  return {
    ...context,
    candidates,
    sampler: () => new NodeSampler(nodes.region, nodesByRegion, lanes.length, attemptsMade, candidates.fits),
    beacon: (epoch) => epochBeacon(seed, epoch),
    benchmark: (node, number, falsePassProbability) => instruments.benchmark(node, number, falsePassProbability),
  };
}

/** What verification schemes are given besides. */
export function verificationContext(
  given: MechanismContext,
  registry: Registry,
  retries: Retries,
  instruments: Instruments,
): VerificationContext {
  const instances = new Map<string, number>();
  const context: VerificationContext = {
    ...given,
    retries,
    instruments,
    instance: 0,
    stage: 0,
    create: (settings, stage) => {
      const { kind } = settings.now;
      const instance = instances.get(kind) ?? 0;
      instances.set(kind, instance + 1);
      return made(schemeNamed(registry, kind), settings, { ...context, instance, stage });
    },
  };
  return context;
}

function schemeNamed(registry: Registry, kind: string): Definition<VerificationScheme, VerificationContext> {
  return kind === list.kind ? list : registry.entry('verification', kind);
}

/** What slashing rules are given besides. */
export function slashingContext(
  given: MechanismContext,
  registry: Registry,
  scores: SlashingContext['scores'],
): SlashingContext {
  const context: SlashingContext = {
    ...given,
    scores,
    create: (settings) => made(registry.entry('slashing', settings.now.kind), settings, context),
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

interface Contexts {
  readonly assignment: AssignmentContext;
  readonly slashing: SlashingContext;
  /** What the one policy that knows it is told of the truth. */
  readonly quality: OracleContext['quality'];
  readonly verification: VerificationContext;
}

/** Only the policy that is listed as using the truth is given any of it. */
function createPolicy(
  settings: Live<ProtocolSettings['assignment']>,
  registry: Registry,
  { assignment, quality }: Contexts,
): AssignmentPolicy {
  const definition = registry.entry('assignment', settings.now.kind);
  const context = definition.usesTruth === true ? { ...assignment, quality } : assignment;
  return made(definition, settings, context as OracleContext);
}

/** Probability that a result of the node is there and right; 0 for attackers, and while its client has a bug. */
export function qualityOf(
  { ownership, truth }: WorldColumns,
  plans: readonly FleetPlan[],
  registry: Registry,
): OracleContext['quality'] {
  const isAttacker = plans.map(({ settings }) => registry.isAttackers(settings));
  return (node) => {
    if (isAttacker[ownership.cohort[node]!]! || truth.bugs[node]! > 0) return 0;
    return truth.quality[node]! * truth.completion[node]!;
  };
}

/** The mechanisms that the protocol names, besides those which are made already. */
export function createRoles(
  protocol: Live<ProtocolSettings>,
  registry: Registry,
  contexts: Contexts,
  { reputation, rewards }: Pick<Roles, 'reputation' | 'rewards'>,
): Roles {
  const assignment = protocol.map((settings) => settings.assignment);
  const slashing = protocol.map((settings) => settings.slashing);
  const scheme = protocol.map(({ verification }) =>
    Array.isArray(verification) ? { kind: list.kind, schemes: verification } : verification,
  );
  return {
    assignment: createPolicy(assignment, registry, contexts),
    verification: contexts.verification.create(scheme, 0),
    reputation,
    slashing: contexts.slashing.create(slashing),
    rewards,
  };
}
