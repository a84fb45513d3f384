import type { Metric } from '../../../record/metrics/metric.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import type { FleetPlan } from './fleet-plan.js';

/** When somebody of a cohort is in the network, as far as it is settled beforehand. */
export interface Presence {
  /** [s], included; Infinity if nobody ever comes. */
  readonly fromSeconds: number;
  /** [s], excluded; Infinity if somebody stays, or may come in the place of those that leave. */
  readonly toSeconds: number;
}

/** Nobody before the one is there, nor after the other; between them some may be missing, such as the ejected. */
export function presenceOf(plan: FleetPlan): Presence {
  return { fromSeconds: firstJoin(plan), toSeconds: lastDeparture(plan) };
}

/** Whether somebody of the group, a cohort or all of a side, is there in the stretch of time by plan. */
export function isAnybodyPlanned(
  scenario: Scenario,
  plans: readonly FleetPlan[],
  side: Metric['about'],
  cohort: string | undefined,
  { fromSeconds, toSeconds }: Presence,
): boolean {
  return plans.some((plan) => {
    if (!isOfGroup(scenario, plan.name, side, cohort)) return false;
    const presence = presenceOf(plan);
    return presence.fromSeconds < toSeconds && presence.toSeconds > fromSeconds;
  });
}

/**
 * Whether a cohort is among those that a figure is of: all of its side, or what is named.
 * @param group a cohort's name, or that of an attack where no cohort has it; undefined: all of the side
 */
export function isOfGroup(scenario: Scenario, name: string, side: Metric['about'], group: string | undefined) {
  if (group !== undefined) {
    return Object.hasOwn(scenario.fleet, group) ? name === group : scenario.fleet[name]!.attack === group;
  }
  return scenario.registry.isAttackers(scenario.fleet[name]!) === (side === 'attackers');
}

/** When the first identity of a cohort joins [s]; Infinity if none ever does. */
export function firstJoin(plan: FleetPlan): number {
  const { trace, joins } = plan.settings;
  // all of them at once
  const isByPlan = plan.shape.joinsAt !== undefined;
  if (!isByPlan && trace === undefined && joins.over === 0 && plan.newcomers === null) return joins.at;
  let first = Number.POSITIVE_INFINITY;
  for (let node = 0; node < plan.nodes; node++) first = Math.min(first, plan.joinsAt(node));
  return first;
}

function lastDeparture(plan: FleetPlan): number {
  const { leaves } = plan.settings;
  if (leaves === undefined || plan.shape.identitiesMost > plan.nodes) return Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let node = 0; node < plan.nodes; node++) {
    if (plan.joinsAt(node) < Number.POSITIVE_INFINITY) last = Math.max(last, plan.leavesAt(node));
  }
  return last;
}
