import { type EventHandler, Simulation } from '../engine/simulation.js';
import { Jobs } from '../model/columns/jobs.js';
import { Limit } from '../model/columns/limits.js';
import { LiveSettings } from '../model/contract/live.js';
import { EventKind } from '../model/events.js';
import { createHandlers } from '../model/handlers.js';
import { createLives, type Lives } from '../model/lives.js';
import { createCandidates } from '../model/matching/candidates.js';
import { createRetries } from '../model/matching/retries.js';
import type { World } from '../model/world/world.js';
import type { Recorder } from '../record/recorder.js';
import { type FleetPlan, fleetPlans } from '../scenario/plan/fleet/fleet-plan.js';
import type { PlannedScenario } from '../scenario/plan/planned-scenario.js';
import { createCohorts } from './cohorts.js';
import { buildColumns, rowsAtFirst } from './columns.js';
import { buildCauses } from './common-causes.js';
import { deterrentsOf } from './deterrents.js';
import { createExpected, type Expected } from './expectations.js';
import {
  assignmentContext,
  createReputation,
  createRewards,
  createRoles,
  instrumentsOf,
  mechanismContext,
  nodesByRegion,
  qualityOf,
  rewardContext,
  slashingContext,
  verificationContext,
} from './mechanisms.js';
import { buildRecorder, type RecorderMaker } from './recorder.js';
import { createRulesChanges } from './rules-changes.js';

/** A world that is ready to run, and the parts that act in it. */
export interface Built {
  readonly world: World;
  readonly recorder: Recorder;
  readonly lives: Lives;
  /** By kind of event. */
  readonly handlers: readonly EventHandler[];
  readonly plans: readonly FleetPlan[];
  readonly expected: Expected;
}

interface BuildOptions {
  /** Keep a row for every job and attestation. */
  readonly detail: boolean;
  readonly createRecorder?: RecorderMaker;
}

/** Builds the world of a checked scenario: columns, mechanisms, handlers, and everybody present at time 0. */
export function buildWorld(planned: PlannedScenario, options: BuildOptions): Built {
  const { scenario, traces } = planned;
  const { registry } = scenario;
  const plans = fleetPlans(planned);
  const expected = createExpected(scenario, plans);
  const recorder = buildRecorder(scenario, plans, traces, expected, options);
  const jobs = new Jobs(rowsAtFirst(plans));
  const protocol = new LiveSettings(jobs, [scenario.protocol]);
  const columns = buildColumns(scenario, plans, { simulation: new Simulation(), journal: recorder, jobs, protocol });
  const instruments = instrumentsOf(columns);

  // each step needs the one before: bonds say who is a candidate, and candidates whom policies choose from
  const all = mechanismContext(columns);
  const rewards = createRewards(protocol, rewardContext(all, registry));
  const candidates = createCandidates(columns, rewards, (job, node) => roles.assignment.admits?.(job, node) ?? true);
  const reputation = createReputation(protocol, registry, all);
  if (reputation.classScores !== undefined) columns.nodes.keepClassScores(columns.classes.length);
  const contexts = {
    assignment: assignmentContext(all, candidates, nodesByRegion(columns, plans), scenario.seed, instruments),
    quality: qualityOf(columns, plans, registry),
    slashing: slashingContext(all, registry, reputation),
    verification: verificationContext(all, registry, createRetries(columns), instruments),
  };
  const roles = createRoles(protocol, registry, contexts, { reputation, rewards });
  const cohorts = createCohorts(
    plans,
    registry,
    columns,
    all,
    protocol.map((now) => deterrentsOf(now, registry)),
  );
  const causes = buildCauses(scenario, plans, columns.machines);
  const rulesChanges = createRulesChanges(planned, protocol, jobs);
  const world: World = { ...columns, ...causes, roles, cohorts, changes: rulesChanges };

  world.panels.reserveMembers(roles.verification.membersMost?.() ?? 0);
  const lives = createLives(world, instruments);
  startLives(world, plans, lives);
  for (const at of plans.map(({ recordsEndAt }) => recordsEndAt).sort((a, b) => a - b)) {
    if (at < Number.POSITIVE_INFINITY) world.limits.hit(Limit.records, at);
  }
  recorder.watch(world);
  return { world, recorder, lives, handlers: createHandlers(world, lives), plans, expected };
}

/** Everybody due at time 0 joins, in row order; the others, and the first job of each workload, are scheduled. */
function startLives(world: World, plans: readonly FleetPlan[], lives: Lives): void {
  const { nodes, ownership, simulation, roles } = world;
  for (let node = 0; node < nodes.count; node++) {
    const plan = plans[ownership.cohort[node]!]!;
    // newcomers come one after the other, each scheduling the next
    if (ownership.ordinal[node]! >= plan.firstNewcomer) continue;
    const at = plan.joinsAt(ownership.ordinal[node]!);
    if (at === 0) lives.nodeLife.nodeJoined(node);
    else if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.nodeJoined, node, 0);
    else lives.matching.prospects.nodeNeverComes(node);
  }
  // mechanisms that reckon over the whole network do it for the first time
  for (const role of Object.values(roles)) role.epochEnded?.(0);
  lives.outside.start();
  lives.epochs.start();
  lives.publication.start();
  lives.governance.start();
  lives.resourceTokens.start();
  lives.submission.start();
}
