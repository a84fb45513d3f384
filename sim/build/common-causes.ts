import type { Machines } from '../model/columns/machines.js';
import { handleStep } from '../model/columns/rows/side-by-side.js';
import { type CausePlan, CommonCause } from '../model/outside/common-cause.js';
import type { World } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet/fleet-plan.js';
import { bugPlans, outagePlans, partitionPlans } from '../scenario/plan/stress/stress-plan.js';
import type { Scenario } from '../scenario/schema/scenario-schema.js';

/** What befalls many machines together, each cause with the machines that it can strike. */
export function buildCauses(
  scenario: Scenario,
  plans: readonly FleetPlan[],
  machines: Machines,
): Pick<World, 'outages' | 'bugs' | 'partitions'> {
  const build = (cause: CausePlan) => {
    const members: number[] = [];
    for (let machine = 0; machine < machines.end; machine += handleStep) {
      if (cause.concerns(plans[machines.cohort[machine]!]!, machines.ordinal[machine]!)) members.push(machine);
    }
    const draws = plans.map((plan) => cause.drawFor(plan.name));
    return new CommonCause(cause, machines, Int32Array.from(members), draws);
  };
  return {
    outages: outagePlans(scenario).map(build),
    bugs: bugPlans(scenario).map(build),
    partitions: partitionPlans(scenario),
  };
}
