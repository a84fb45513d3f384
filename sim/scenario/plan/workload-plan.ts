import { toMicroTokens } from '../../model/contract/units.js';
import type { ElasticitySettings } from '../../model/outside/demand/elasticity.js';
import type { WorkloadSettings } from '../../model/outside/workload.js';
import { catalogue, type JobClassEntry } from '../schema/catalogue.js';
import type { Scenario, WorkloadEntry } from '../schema/scenario-schema.js';
import { arrivalTimes, meanArrivalRate } from './arrivals.js';
import { cumulatedShares } from './fleet/fleet-plan.js';
import { classNames, workloadLanes } from './lanes.js';
import { surgesOf } from './stress/stress-plan.js';

/** Settings of a workload whose default is its job class's. */
type ClassDefaults = Pick<JobClassEntry, 'work' | 'fee' | 'deadline'>;

/** A workload of which these are stated. */
type ClassedWorkload = WorkloadEntry & ClassDefaults;

/** A workload with the work, fee and deadline of its job class where it doesn't set its own. */
export function withClassDefaults(entry: WorkloadEntry): ClassedWorkload {
  const { work, fee, deadline } = catalogue().jobClasses[entry.class]!;
  return { ...entry, work: entry.work ?? work, fee: entry.fee ?? fee, deadline: entry.deadline ?? deadline };
}

/** Whether answers to jobs of the class are numbers that can be near one another. */
export function isNumeric(className: string): boolean {
  return catalogue().jobClasses[className]!.answers === 'numeric';
}

/** What a scenario's workload is to the model. */
export function workloadSettings(scenario: Scenario, name: string): WorkloadSettings {
  const entry = withClassDefaults(scenario.workload[name]!);
  const { deadline } = entry;
  return {
    name,
    jobClass: classNames(scenario).indexOf(entry.class),
    ...workloadLanes(scenario, entry),
    minimumScore: entry.minimumScore ?? Number.NEGATIVE_INFINITY,
    gatedShare: entry.gatedShare,
    ratePerSecond: meanArrivalRate(entry.arrivals, scenario),
    ...arrivalTimes(entry.arrivals),
    diurnal: entry.arrivals.diurnal,
    peakAtSeconds: entry.arrivals.peakAt,
    surges: surgesOf(scenario, name),
    jobsMost: Math.min(entry.jobs ?? Number.POSITIVE_INFINITY, entry.arrivals.at?.length ?? Number.POSITIVE_INFINITY),
    work: entry.work,
    fee: toMicroTokens(entry.fee),
    valueAtRisk: toMicroTokens(entry.valueAtRisk),
    feeFactor: entry.feeFactor ?? null,
    valueFactor: entry.valueFactor ?? null,
    valueFollowsFee: entry.valueFollowsFee,
    deadline: deadline === 'none' ? null : { times: deadline.times, atLeastSeconds: deadline.atLeast },
    regionShares: cumulatedShares(scenario, entry.regions),
    value: isNumeric(entry.class) ? entry.value : null,
    tolerance: entry.tolerance,
    difficulty: entry.difficulty,
    elasticity: elasticityOf(scenario, entry),
  };
}

/** The reference is, unless it is stated, what the fee is worth at the start. */
function elasticityOf({ money }: Scenario, { elasticity, fee }: ClassedWorkload): ElasticitySettings | null {
  if (elasticity === 'none') return null;
  const { reference, ...settings } = elasticity;
  return { ...settings, referenceUsd: reference ?? fee * money.tokenPrice };
}
