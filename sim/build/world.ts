import { type EventHandler, Simulation } from '../engine/simulation.js';
import { NONE } from '../model/columns/nodes.js';
import { EventKind } from '../model/events.js';
import { connectHandlers, type Lifecycles } from '../model/handlers.js';
import { createExecution } from '../model/jobs/execution.js';
import { createJobLifecycle } from '../model/jobs/job-lifecycle.js';
import { createObservers } from '../model/jobs/observers.js';
import { createSettlement } from '../model/jobs/settlement.js';
import { Candidates } from '../model/matching/candidates.js';
import { createSolvency } from '../model/matching/solvency.js';
import { Epochs } from '../model/nodes/epochs.js';
import { Joining } from '../model/nodes/hands.js';
import { createNodeLifecycle } from '../model/nodes/node-life.js';
import { createPublication } from '../model/nodes/publication.js';
import { createStress } from '../model/outside/stress.js';
import { Observation } from '../model/truth/instruments.js';
import type { Roles, World } from '../model/world/world.js';
import { Recorder, type RecorderOptions } from '../record/recorder.js';
import { FleetPlan } from '../scenario/plan/fleet-plan.js';
import { type Scenario, warmUpSeconds } from '../scenario/schema/scenario-schema.js';
import type { FleetTrace } from '../scenario/traces/trace.js';
import { buildColumns } from './columns.js';
import { buildCauses } from './common-causes.js';
import { buildCohorts, buildRoles, mechanismContext } from './mechanisms.js';

/** A world that is ready to run, and the parts that act in it. */
export interface Built {
  readonly world: World;
  readonly recorder: Recorder;
  readonly lifecycles: Lifecycles;
  readonly plans: readonly FleetPlan[];
  readonly joining: Joining;
}

/** Makes the recorder, for those who want to see more than it keeps. */
export type RecorderMaker = (nodeCapacity: number, cohorts: number, options: RecorderOptions) => Recorder;

export interface BuildOptions {
  /** Keep a row for every job and attestation. */
  readonly detail: boolean;
  readonly createRecorder?: RecorderMaker;
}

/** Builds the world of a checked scenario: columns, mechanisms, handlers, and everybody present at time 0. */
export function buildWorld(scenario: Scenario, traces: ReadonlyMap<string, FleetTrace>, options: BuildOptions): Built {
  const plans = Object.keys(scenario.fleet).map((name) => new FleetPlan(scenario, name, traces.get(name)));
  const handlers: EventHandler[] = [];
  const recorder = buildRecorder(scenario, plans, traces, options);
  const columns = buildColumns(scenario, plans, new Simulation(handlers), recorder);
  // completed by the two plug-in steps below, before anything can ask for them
  const causes = buildCauses(scenario, plans, columns.machines);
  const world: World = { ...columns, ...causes, roles: {} as Roles, cohorts: [] };

  const candidates = new Candidates(world);
  const observation = new Observation(world.truth);
  const context = mechanismContext(world, plans, candidates, observation);
  world.roles = buildRoles(scenario.protocol, context);
  world.cohorts = buildCohorts(plans, world, context);
  world.attempts.reserveObservers(world.roles.verification.observersMost);

  const honestSeats = Array.from({ length: world.rules.reporters }, () => honestReporter);
  const solvency = createSolvency(world);
  const publication = createPublication(world, honestSeats);
  const nodeLifecycle = createNodeLifecycle(world, publication, solvency);
  const settlement = createSettlement(world, nodeLifecycle, solvency);
  const joining = new Joining(world, nodeLifecycle);
  const jobLifecycle = createJobLifecycle(world, settlement, solvency);
  const execution = createExecution(world, jobLifecycle);
  const observers = createObservers(world, observation, jobLifecycle.observed);
  const epochs = new Epochs(world, nodeLifecycle, settlement, joining, solvency);
  const stress = createStress(world, nodeLifecycle);
  nodeLifecycle.connect(execution, jobLifecycle.serveWaiting);
  jobLifecycle.connect(execution, observers);
  const lifecycles = { jobs: jobLifecycle, execution, observers, nodes: nodeLifecycle, epochs, publication, stress };
  connectHandlers(handlers, world, lifecycles);
  startLives(world, plans, lifecycles);
  recorder.watch(world);
  return { world, recorder, lifecycles, plans, joining };
}

/** Reports the score it reads. */
const honestReporter = { reportsScore: (_node: number, score: number) => score };

function buildRecorder(
  scenario: Scenario,
  plans: readonly FleetPlan[],
  traces: ReadonlyMap<string, FleetTrace>,
  { detail, createRecorder = (...given) => new Recorder(...given) }: BuildOptions,
): Recorder {
  const traced = plans.findIndex((plan) => traces.has(plan.name));
  const times = traced === NONE ? new Float64Array(0) : traces.get(plans[traced]!.name)!.snapshotTimes;
  const nodeCapacity = plans.reduce((sum, plan) => sum + plan.shape.identitiesMost, 0);
  return createRecorder(nodeCapacity, plans.length, {
    horizonSeconds: scenario.horizon,
    warmUpSeconds: warmUpSeconds(scenario),
    sampleSeconds: scenario.sampleEvery,
    detail,
    snapshotTimes: times.filter((time) => time <= scenario.horizon),
    snapshotCohort: traced,
  });
}

/** Everybody due at time 0 joins, in row order; the others, and the first job of each workload, are scheduled. */
function startLives(world: World, plans: readonly FleetPlan[], lifecycles: Lifecycles): void {
  const { nodes, ownership, simulation, workloads, roles } = world;
  for (let node = 0; node < nodes.count; node++) {
    const plan = plans[ownership.cohort[node]!]!;
    // newcomers come one after the other, each scheduling the next
    if (ownership.ordinal[node]! >= plan.firstNewcomer) continue;
    const at = plan.joinsAt(ownership.ordinal[node]!);
    if (at === 0) lifecycles.nodes.nodeJoined(node);
    else if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.nodeJoined, node, 0);
  }
  // mechanisms that reckon over the whole network do it for the first time
  for (const role of Object.values(roles)) role.epochEnded?.(0);
  lifecycles.stress.start();
  lifecycles.epochs.start();
  lifecycles.publication.start();
  for (let workload = 0; workload < workloads.length; workload++) lifecycles.jobs.scheduleArrival(workload);
}
