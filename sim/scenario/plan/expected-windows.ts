import { toDuration } from '../../model/contract/settings.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { isCounted, type Metric } from '../../record/metrics/metric.js';
import { isAttackers } from '../schema/registry.js';
import { type Expectation, type Scenario, warmUpSeconds } from '../schema/scenario-schema.js';
import type { FleetPlan } from './fleet-plan.js';
import { type StressSpan, stressSpans } from './stress-spans.js';

/** The part of a run that an expectation is about: a stretch of time, told in one or epoch by epoch. */
export interface ExpectedWindow {
  /** [s], included. */
  readonly fromSeconds: number;
  /** [s], excluded unless it is the horizon; the window is empty where it doesn't lie behind the start. */
  readonly toSeconds: number;
  /** Length of the epochs that are told one by one [s]; null: it is told in one. */
  readonly epochSeconds: number | null;
}

/** Times that `after` can name [s], by what it calls them; Infinity for what never happens. */
export type EventTimes = ReadonlyMap<string, number>;

/** When each cohort's first node joins, and when the first of each kind of stress begins and ends. */
export function eventTimes(scenario: Scenario, plans: readonly FleetPlan[]): EventTimes {
  const times = new Map(plans.map((plan) => [`${plan.name} joins`, firstJoin(plan)]));
  for (const span of stressSpans(scenario)) {
    const name = stressName(span);
    // in the order of time: the first counts
    if (times.has(`${name} begins`)) continue;
    times.set(`${name} begins`, span.startSeconds);
    times.set(`${name} ends`, span.endSeconds);
  }
  return times;
}

/** When the first identity of a cohort joins [s]; Infinity if none ever does. */
function firstJoin(plan: FleetPlan): number {
  const { trace, joins } = plan.settings;
  // all of them at once
  if (trace === undefined && joins.over === 0 && plan.newcomers === null) return joins.at;
  let first = Number.POSITIVE_INFINITY;
  for (let node = 0; node < plan.nodes; node++) first = Math.min(first, plan.joinsAt(node));
  return first;
}

/** As charts call it: `outage blackout`, `maintenance`. */
export function stressName({ kind, name }: Pick<StressSpan, 'kind' | 'name'>): string {
  return kind === name ? name : `${kind} ${name}`;
}

/** When the first of those that the metric is about joins, or of the cohort [s]; Infinity if nobody ever does. */
export function entryOf(scenario: Scenario, side: Metric['about'], cohort: string | undefined, times: EventTimes) {
  let first = Number.POSITIVE_INFINITY;
  for (const name of Object.keys(scenario.fleet)) {
    if (isOfGroup(scenario, name, side, cohort)) first = Math.min(first, times.get(`${name} joins`)!);
  }
  return first;
}

/** Whether a cohort is among those that a figure is of: the one named, or all of its side. */
export function isOfGroup(scenario: Scenario, name: string, side: Metric['about'], cohort: string | undefined) {
  if (cohort !== undefined) return name === cohort;
  return isAttackers(scenario.fleet[name]!.strategy) === (side === 'attackers');
}

/** The part of the run that `at` names, without what comes before the event of `after`, and before the entry. */
export function expectedWindow(
  scenario: Scenario,
  { at, after, cohort }: Expectation,
  metric: Metric,
  times: EventTimes,
): ExpectedWindow {
  const { horizon, protocol } = scenario;
  const [from, to] = rangeOf(scenario, at);
  const entry = isCounted(metric) && metric.isSinceEntry ? entryOf(scenario, metric.about, cohort, times) : 0;
  const since = after === undefined ? 0 : times.get(after)!;
  return {
    fromSeconds: Math.max(from, warmUpSeconds(scenario), since, entry),
    toSeconds: Math.min(to, horizon),
    epochSeconds: at === 'worstEpoch' ? protocol.epoch : null,
  };
}

/** Start and end of what `at` names [s], the warm-up not left out. */
export function rangeOf({ horizon, protocol: { epoch } }: Scenario, at: Expectation['at']): [from: number, to: number] {
  if (at === 'whole' || at === 'worstEpoch') return [0, horizon];
  if (at === 'end') return [Math.max(0, Math.ceil(horizon / epoch - 1e-9) - 1) * epoch, horizon];
  return 'lastDays' in at ? [horizon - at.lastDays * secondsPerDay, horizon] : [at.from, at.to];
}

/**
 * The part of the run in words, such as `in the worst day, after swarm joins`; empty for the whole. A question asks
 * whether something is so in any epoch, an expectation whether it is so in all of them.
 */
export function windowInWords(
  { protocol }: Scenario,
  { at, after }: Expectation,
  metric: Metric,
  isQuestion: boolean,
): string {
  const epoch = protocol.epoch === secondsPerDay ? 'day' : 'epoch';
  const words = after === undefined ? [] : [`after ${after}`];
  if (at === 'worstEpoch') words.unshift(isQuestion ? `in any one ${epoch}` : `in the worst ${epoch}`);
  else if (at === 'end') words.unshift(isCounted(metric) ? `in the last ${epoch}` : 'at the end');
  else if (at !== 'whole') {
    if ('from' in at) words.unshift(`from ${toDuration(at.from)} to ${toDuration(at.to)}`);
    else words.unshift(at.lastDays === 1 ? 'over the last day' : `over the last ${at.lastDays} days`);
  }
  return words.join(', ');
}
