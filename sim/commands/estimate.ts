import type { LoadedScenario } from '../scenario/load.js';
import { strategyNamed } from '../strategies/index.js';
import { complain, toText } from './output.js';

/** Upper bounds of what a run takes, reckoned from the scenario alone. */
export interface Estimate {
  readonly nodes: number;
  readonly jobs: number;
  readonly events: number;
  readonly memoryMiB: number;
}

/** Bytes a node, and events a job, as measured on the scenarios of the package, rounded up. */
const bytesANode = 700;
const eventsAJob = 12;

/** Jobs that arrive on average, about twelve events each, and the outages; memory by the number of identities. */
export function estimate({ scenario, traces }: LoadedScenario): Estimate {
  let nodes = 0;
  let outages = 0;
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    const declared = cohort.nodes ?? traces.get(name)!.names.length;
    nodes += strategyNamed(cohort.strategy.kind).plan(cohort.strategy, declared).identitiesMost;
    if (typeof cohort.outages === 'string') continue;
    const cycle = cohort.outages.up.mean + cohort.outages.down.mean;
    if (cycle > 0 && cycle < Number.POSITIVE_INFINITY) outages += (declared * scenario.horizon * 2) / cycle;
  }
  let jobs = 0;
  for (const { arrivals, jobs: most } of Object.values(scenario.workload)) {
    const perSecond = arrivals.perSecond ?? (arrivals.perHour ?? 0) / 3_600 + (arrivals.perDay ?? 0) / 86_400;
    jobs += Math.min(most ?? Number.POSITIVE_INFINITY, perSecond * scenario.horizon);
  }
  const events = Math.ceil(jobs * eventsAJob + outages);
  return {
    nodes,
    jobs: Math.ceil(jobs),
    events,
    memoryMiB: Math.ceil(60 + (nodes * bytesANode + jobs * 24) / 2 ** 20),
  };
}

/** Says on standard error what a large run will take. */
export function announceEstimate(loaded: LoadedScenario): void {
  const { nodes, jobs, events, memoryMiB } = estimate(loaded);
  if (nodes < 200_000 && events < 50_000_000) return;
  const size = `${toText(nodes)} nodes, about ${toText(jobs)} jobs`;
  complain(`${size}: at most about ${toText(events)} events and ${toText(memoryMiB)} MiB`);
}
