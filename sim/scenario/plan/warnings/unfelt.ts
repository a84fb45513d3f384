import { largest } from '../../../kernels/extent.js';
import { secondsPerDay } from '../../../model/contract/units.js';
import type { CausePlan } from '../../../model/outside/common-cause.js';
import { demandSeconds } from '../../../model/outside/surges.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { meanArrivalRate } from '../arrivals.js';
import { type FleetPlan, fleetPlans } from '../fleet/fleet-plan.js';
import type { PlannedScenario } from '../planned-scenario.js';
import { bugPlans, outagePlans, surgesOf } from '../stress/stress-plan.js';
import { marksMost } from '../stress/stress-spans.js';
import type { Path, Teller } from './teller.js';

/** Where more than so many machines and spans would have to be looked at, nothing is said. */
const looksMost = 100_000;
/** So many standard deviations from the mean a Poisson count is as good as certain. */
const sigmas = 6;

/** Stress that befalls nobody, and limits of jobs that are never reached or are before a surge. */
export function tellUnfelt(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  const causes = [
    ...outagePlans(scenario).map((plan) => ({ path: ['stress', ...plan.name.split('.')], plan })),
    ...bugPlans(scenario).map((plan) => ({ path: ['stress', ...plan.name.split('.')], plan })),
  ].filter(({ plan }) => plan.share > 0 && plan.spans.start(0) < scenario.horizon);
  if (causes.length > 0) {
    const fleet = fleetPlans(planned);
    for (const { path, plan } of causes) tellCause(plan, fleet, scenario.horizon, path, teller);
  }
  for (const name of Object.keys(scenario.workload)) tellLimit(scenario, name, teller);
}

function tellCause(plan: CausePlan, fleet: readonly FleetPlan[], horizon: number, path: Path, teller: Teller): void {
  let looks = looksMost;
  let concerned = 0;
  for (const cohort of fleet) {
    const draw = plan.drawFor(cohort.name);
    for (let machine = 0; machine < cohort.shape.machines; machine++) {
      if (looks-- <= 0) return;
      if (!plan.concerns(cohort, machine)) continue;
      concerned++;
      const [joins, leaves] = stayOf(cohort, machine);
      for (let number = 0; plan.spans.start(number) <= horizon; number++) {
        if (looks-- <= 0 || number === marksMost) return;
        const isThere = joins < Math.min(plan.spans.end(number), horizon) && leaves > plan.spans.start(number);
        if (isThere && plan.strikes(draw, machine, number)) return;
      }
    }
  }
  if (concerned === 0) {
    teller.warn(path, 'a place where some machine is', 'so that it strikes none', plan.scope);
    return;
  }
  const which = `${concerned === 1 ? 'the one machine' : `the ${concerned} machines`} (${plan.scope})`;
  const expected = `a time at which it strikes some of ${which} in the network`;
  const when = ['at', 'between', 'share'].find((key) => teller.written([...path, key]) !== undefined);
  teller.warn(when === undefined ? path : [...path, when], expected, 'so that it strikes none');
}

/** When identities of the machine may be in the network [s]: from the first to the last, as far as is settled. */
function stayOf(cohort: FleetPlan, machine: number): readonly [joins: number, leaves: number] {
  const { machines, identitiesMost } = cohort.shape;
  const entry = cohort.entryOf(machine);
  if (machines === cohort.nodes && identitiesMost === cohort.nodes) return [entry, cohort.leavesAt(machine)];
  const { leaves } = cohort.settings;
  return [entry, leaves === undefined ? Number.POSITIVE_INFINITY : lastLeave(cohort)];
}

function lastLeave(cohort: FleetPlan): number {
  if (cohort.shape.identitiesMost > cohort.nodes) return Number.POSITIVE_INFINITY;
  return largest(Array.from({ length: cohort.nodes }, (_, node) => cohort.leavesAt(node)));
}

/** The most jobs of a workload: whether they come at all, and whether they have come before a surge. */
function tellLimit(scenario: Scenario, name: string, teller: Teller): void {
  const { jobs, arrivals, elasticity } = scenario.workload[name]!;
  if (jobs === undefined) return;
  const surges = surgesOf(scenario, name);
  const rate = meanArrivalRate(arrivals, scenario) * (elasticity === 'none' ? 1 : elasticity.most);
  const meanUntil = (seconds: number) => rate * demandSeconds(surges, seconds);
  /** What a daily wave may add or take, whatever part of a day is left. */
  const wave = arrivals.diurnal * rate * secondsPerDay;
  const spread = (mean: number) => sigmas * Math.sqrt(mean + 1) + wave;
  const all = meanUntil(scenario.horizon);
  const path = ['workload', name];
  if (all + spread(all) < jobs && rate > 0) {
    const expected = `at most about as many jobs as come before the horizon, ${Math.round(all)}`;
    teller.warn([...path, 'jobs'], expected, 'so that the limit is never reached', String(jobs));
  }
  for (const { name: surge, spans } of surges) {
    const start = spans.start(0);
    if (start >= scenario.horizon) continue;
    const before = meanUntil(start);
    if (before - spread(before) <= jobs) continue;
    const expected = `a time before all ${jobs} jobs of the workload have come`;
    const own = [...path, 'arrivals', 'surges', surge];
    teller.warn(own, expected, 'so that it brings no job', 'one after');
  }
}
