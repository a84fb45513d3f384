import type { Lane } from '../../model/columns/lane.js';
import { NONE } from '../../model/columns/nodes.js';
import type { Scenario, WorkloadEntry } from '../schema/scenario-schema.js';

/** The class that recomputations are assigned under. */
const recheckClass = 'validation';

type Asked = Omit<Lane, 'index'>;

/** Job classes that can occur in the scenario: the workloads', then the one of recomputations. */
export function classNames(scenario: Scenario): readonly string[] {
  const names = new Set(Object.values(scenario.workload).map((workload) => workload.class));
  const schemes = scenario.registry.allOf('verification', scenario.protocol.verification);
  if (schemes.some((scheme) => scheme.kind === 'recompute')) names.add(recheckClass);
  return [...names];
}

/** What lanes are made of, of every workload; then that of recomputations. Each is listed once. */
export function lanesOf(scenario: Scenario): readonly Lane[] {
  const classes = classNames(scenario);
  const found: Lane[] = [];
  const add = (asked: Asked) => {
    if (placeOf(found, asked) === NONE) found.push({ index: found.length, ...asked });
  };
  for (const [jobClass, name] of classes.entries()) {
    for (const entry of Object.values(scenario.workload)) {
      if (entry.class !== name) continue;
      const { stating, others } = askedBy(entry, jobClass);
      if (entry.minimumScore !== undefined && entry.gatedShare > 0) add(stating);
      if (entry.minimumScore === undefined || entry.gatedShare < 1) add(others);
    }
    if (name === recheckClass) add(ofRechecks(jobClass));
  }
  return found;
}

/** The lanes of a workload's jobs: of those that state its minimum score, and of the others; NONE for no jobs. */
export function workloadLanes(scenario: Scenario, entry: WorkloadEntry): { gatedLane: number; openLane: number } {
  const { stating, others } = askedBy(entry, classNames(scenario).indexOf(entry.class));
  const lanes = lanesOf(scenario);
  return { gatedLane: placeOf(lanes, stating), openLane: placeOf(lanes, others) };
}

/** The lane under which recomputations are assigned; NONE for the job's own. */
export function recheckLane(scenario: Scenario): number {
  const jobClass = classNames(scenario).indexOf(recheckClass);
  return jobClass === NONE ? NONE : placeOf(lanesOf(scenario), ofRechecks(jobClass));
}

function askedBy({ minimumScore = Number.NEGATIVE_INFINITY, tier }: WorkloadEntry, jobClass: number) {
  const others: Asked = { jobClass, minimumScore: Number.NEGATIVE_INFINITY, tier };
  return { stating: { jobClass, minimumScore, tier } as Asked, others };
}

function ofRechecks(jobClass: number): Asked {
  return { jobClass, minimumScore: Number.NEGATIVE_INFINITY, tier: 0 };
}

function placeOf(lanes: readonly Lane[], { jobClass, minimumScore, tier }: Asked): number {
  return lanes.findIndex(
    (lane) => lane.jobClass === jobClass && lane.minimumScore === minimumScore && lane.tier === tier,
  );
}
