import { secondsPerHour } from '../../model/contract/units.js';
import { strategyNamed } from '../../strategies/index.js';
import type { LoadedScenario } from '../load.js';
import { ratePerSecond } from '../schema/rate-keys.js';
import type { Scenario } from '../schema/scenario-schema.js';
import { newcomersMost, renewalOf } from './fleet-plan.js';
import { surgesOf } from './stress-plan.js';

/** What a run takes at most, reckoned from the scenario alone: roughly, and rather too much than too little. */
export interface RunEstimate {
  /** Identities that there can come to be. */
  readonly nodes: number;
  readonly jobs: number;
  readonly events: number;
  readonly memoryMiB: number;
}

/** Measured on the package's scenarios and rounded up. */
const eventsAJob = 12;
const bytesANode = 700;
const bytesAJob = 24;
const bytesAMiB = 1_048_576;
const baseMiB = 80;

/** Means of the named outage patterns are hours; a session and an outage an hour are more than any of them has. */
const namedCycleSeconds = secondsPerHour;

/**
 * Jobs that arrive, with about twelve events each, two events an outage and a window of maintenance, one a newcomer;
 * memory by nodes and jobs.
 */
export function estimateRun({ scenario, traces }: LoadedScenario): RunEstimate {
  const { horizon } = scenario;
  let nodes = 0;
  let events = 0;
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    const newcomers = newcomersMost(cohort.joins.newcomers, horizon);
    const declared = (cohort.nodes ?? traces.get(name)?.names.length ?? 0) + newcomers;
    const { identitiesMost, machines } = strategyNamed(cohort.strategy.kind).plan(cohort.strategy, declared);
    nodes += identitiesMost;
    events += newcomers;
    if (cohort.maintenance !== undefined) events += machines * 2 * (horizon / cohort.maintenance.every + 1);
    if (cohort.wear !== undefined) events += horizon / cohort.wear.every;
    const { outages } = cohort;
    const renewal = renewalOf(outages);
    if (renewal === null) continue;
    const cycle = typeof outages === 'string' ? namedCycleSeconds : renewal.up.mean + renewal.down.mean;
    events += (machines * horizon * 2) / cycle;
  }
  let jobs = 0;
  for (const [name, { arrivals, jobs: most }] of Object.entries(scenario.workload)) {
    const demanded = ratePerSecond(arrivals) * demandSeconds(scenario, name);
    jobs += Math.min(most ?? Number.POSITIVE_INFINITY, demanded);
  }
  events += jobs * eventsAJob;
  const memoryMiB = baseMiB + (nodes * bytesANode + jobs * bytesAJob) / bytesAMiB;
  return { nodes, jobs: Math.ceil(jobs), events: Math.ceil(events), memoryMiB: Math.ceil(memoryMiB) };
}

/** Start of the program, and events a second of processor time, measured on two cores of 2026 and rounded. */
const startSeconds = 0.5;
const eventsASecond = 5_000_000;

/** How long the run takes about [s], reckoned from the estimate of its events; charts come on top. */
export function runSeconds({ events }: RunEstimate): number {
  return startSeconds + events / eventsASecond;
}

/** Time up to the horizon in which as many jobs would arrive at the usual rate, surges counted by their factor [s]. */
function demandSeconds(scenario: Scenario, workload: string): number {
  let seconds = scenario.horizon;
  for (const { spans, factor } of surgesOf(scenario, workload)) {
    for (let number = 0; spans.start(number) < scenario.horizon; number++) {
      seconds += (factor - 1) * (Math.min(spans.end(number), scenario.horizon) - spans.start(number));
    }
  }
  return Math.max(0, seconds);
}

/** Whether somebody who waits for the run should be told beforehand. */
export function isLarge({ nodes, events }: RunEstimate): boolean {
  return nodes > 200_000 || events > 50_000_000;
}
