import { stressEvents } from '../../model/outside/cohort-processes.js';
import { causeEvents } from '../../model/outside/common-cause.js';
import { newcomersExpected } from '../../model/outside/newcomers.js';
import { outageEvents } from '../../model/outside/outages.js';
import { demandSeconds } from '../../model/outside/surges.js';
import type { ProtocolSettings } from '../schema/scenario-schema.js';
import { meanArrivalRate } from './arrivals.js';
import type { PlannedComparison } from './compared.js';
import { isTwinWanted } from './fleet/honest-twin.js';
import { roomOf } from './fleet/room.js';
import { possibleAfter } from './governance/planned-change.js';
import { lanesOf } from './lanes.js';
import { type PlannedScenario, shapeOf } from './planned-scenario.js';
import { bugPlans, outagePlans, partitionPlans, surgesOf } from './stress/stress-plan.js';

/**
 * What a run takes at most, those included that it is compared to, reckoned from the scenarios alone: roughly, and
 * rather too much than too little.
 */
export interface RunEstimate {
  /** Identities that there can come to be. */
  readonly nodes: number;
  readonly jobs: number;
  readonly events: number;
  readonly memoryMiB: number;
}

/** Measured on the package's scenarios and rounded up. */
const eventsAJob = 12;
const bytesANode = 1_000;
/** Trees, masks and reasons of one more sort of jobs than the two that are reckoned above. */
const bytesANodeAndLane = 40;
const bytesAJob = 24;
const bytesAMiB = 1_048_576;
const baseMiB = 80;

/** The run and those that it is compared to, one after the other; of these one world at a time is held. */
export function estimateRun(planned: PlannedComparison): RunEstimate {
  const own = withTwin(estimateOne(planned), planned);
  const others = planned.compared.map(({ other }) => withTwin(estimateOne(other), other));
  const sum = (amount: (estimate: RunEstimate) => number) =>
    [own, ...others].reduce((all, one) => all + amount(one), 0);
  return {
    nodes: sum(({ nodes }) => nodes),
    jobs: sum(({ jobs }) => jobs),
    events: sum(({ events }) => events),
    memoryMiB: own.memoryMiB + others.reduce((most, { memoryMiB }) => Math.max(most, memoryMiB - baseMiB), 0),
  };
}

/** Both are held until their metrics are told; a twin has no more of anything. */
function withTwin(own: RunEstimate, { scenario }: PlannedScenario): RunEstimate {
  if (!isTwinWanted(scenario)) return own;
  const { nodes, jobs, events, memoryMiB } = own;
  return { nodes, jobs: 2 * jobs, events: 2 * events, memoryMiB: 2 * memoryMiB - baseMiB };
}

/** Events that a part of a scenario makes, and where it stands in it. */
interface PartEvents {
  readonly path: readonly string[];
  readonly events: number;
}

/** What one run takes, and which parts of the scenario its events come from. */
export interface DetailedEstimate extends RunEstimate {
  readonly parts: readonly PartEvents[];
}

/**
 * Jobs that arrive, with about twelve events each, besides the events of what comes from outside and of what is done at
 * set intervals; memory by nodes and jobs.
 */
export function estimateOne(planned: PlannedScenario): DetailedEstimate {
  const { scenario, traces } = planned;
  const { horizon } = scenario;
  const parts: PartEvents[] = periodicParts(planned);
  let nodes = 0;
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    const own = ['fleet', name];
    const declared = (cohort.nodes ?? traces.get(name)?.names.length ?? 0) + roomOf(cohort, horizon);
    const { identitiesMost, machines } = shapeOf(planned, name, declared);
    nodes += identitiesMost;
    const arrivals = newcomersExpected(cohort.joins.newcomers, horizon);
    parts.push({ path: [...own, 'joins', 'newcomers'], events: arrivals });
    parts.push({ path: own, events: stressEvents(cohort, machines, horizon) });
    parts.push({ path: [...own, 'outages'], events: outageEvents(cohort.outages, machines, horizon) });
  }
  for (const cause of [...outagePlans(scenario), ...bugPlans(scenario), ...partitionPlans(scenario)]) {
    parts.push({ path: ['stress', ...cause.name.split('.')], events: causeEvents(cause, horizon) });
  }
  let jobs = 0;
  for (const [name, { arrivals, elasticity, jobs: most }] of Object.entries(scenario.workload)) {
    const swells = elasticity === 'none' ? 1 : elasticity.most;
    const demanded = swells * meanArrivalRate(arrivals, scenario) * demandSeconds(surgesOf(scenario, name), horizon);
    const own = Math.min(most ?? Number.POSITIVE_INFINITY, demanded);
    jobs += own;
    parts.push({ path: ['workload', name, 'arrivals'], events: own * eventsAJob });
  }
  const events = parts.reduce((sum, part) => sum + part.events, 0);
  const lanesMore = Math.max(0, lanesOf(scenario).length - 2);
  const bytes = nodes * (bytesANode + lanesMore * bytesANodeAndLane) + jobs * bytesAJob;
  const memoryMiB = baseMiB + bytes / bytesAMiB;
  return { nodes, jobs: Math.ceil(jobs), events: Math.ceil(events), memoryMiB: Math.ceil(memoryMiB), parts };
}

/** What is done at set intervals: publications, each read and then published, epochs and samples. */
function periodicParts({ scenario, changes }: PlannedScenario): PartEvents[] {
  const { horizon, protocol, sampleEvery } = scenario;
  let publications = 0;
  let possible: readonly ProtocolSettings[] = [protocol];
  for (const [index, change] of [null, ...changes].entries()) {
    if (change !== null) possible = possibleAfter(possible, change);
    const until = Math.min(horizon, changes[index]?.at ?? horizon);
    const seconds = Math.max(0, until - (change?.at ?? 0));
    let most = 0;
    for (const { publish } of possible) if (publish.every > 0) most = Math.max(most, seconds / publish.every);
    publications += most;
  }
  return [
    { path: ['protocol', 'publish', 'every'], events: 2 * publications },
    { path: ['protocol', 'epoch'], events: horizon / protocol.epoch },
    { path: ['sampleEvery'], events: horizon / sampleEvery },
  ];
}

/** Start of the program, and events a second of processor time, measured on two cores of 2026 and rounded. */
const startSeconds = 0.5;
const eventsASecond = 5_000_000;

/** How long the run takes about [s], reckoned from the estimate of its events; charts come on top. */
export function runSeconds({ events }: RunEstimate): number {
  return startSeconds + events / eventsASecond;
}

/** Whether somebody who waits for the run should be told beforehand. */
export function isLarge({ nodes, events }: RunEstimate): boolean {
  return nodes > 200_000 || events > 50_000_000;
}
