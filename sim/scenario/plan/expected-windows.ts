import { toStretch } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { isCounted, type Metric } from '../../record/metrics/metric.js';
import { type Expectation, type Scenario, warmUpSeconds } from '../schema/scenario-schema.js';
import type { FleetPlan } from './fleet/fleet-plan.js';
import { firstJoin, isOfGroup } from './fleet/presence.js';
import { type StressSpan, stressSpans } from './stress/stress-spans.js';

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

/**
 * The part of the run that `at` names, without what comes before the event of `after`, and before the entry; of the
 * worst epoch of a number that adds up, the epochs that lie in it as a whole, as others have had less time.
 */
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
  const fromSeconds = Math.max(from, warmUpSeconds(scenario), since, entry);
  const toSeconds = Math.min(to, horizon);
  if (at !== 'worstEpoch') return { fromSeconds, toSeconds, epochSeconds: null };
  const { epoch } = protocol;
  if (!isOfWholeEpochs(at, metric)) return { fromSeconds, toSeconds, epochSeconds: epoch };
  // products, as epochs end at them
  const [first, last] = [Math.ceil(fromSeconds / epoch - 1e-9), Math.floor(toSeconds / epoch + 1e-9)];
  return { fromSeconds: first * epoch, toSeconds: Math.min(last * epoch, horizon), epochSeconds: epoch };
}

/** Whether only epochs that lie in the part of the run as a whole are looked at. */
export function isOfWholeEpochs(at: Expectation['at'], metric: Metric): boolean {
  return at === 'worstEpoch' && isCounted(metric) && metric.addsUp === true;
}

/** Start and end of what `at` names [s], warm-up included; `end` is as long as an epoch, wherever epochs end. */
export function rangeOf({ horizon, protocol: { epoch } }: Scenario, at: Expectation['at']): [from: number, to: number] {
  if (at === 'whole' || at === 'worstEpoch') return [0, horizon];
  if (at === 'end') return [Math.max(0, horizon - epoch), horizon];
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
  const one = isOfWholeEpochs(at, metric) ? `whole ${epoch}` : epoch;
  if (at === 'worstEpoch') words.unshift(isQuestion ? `in any one ${one}` : `in the worst ${one}`);
  else if (at === 'end') words.unshift(isCounted(metric) ? `in the last ${epoch}` : 'at the end');
  else if (at !== 'whole') {
    if ('from' in at) words.unshift(toStretch(at.from, at.to));
    else words.unshift(at.lastDays === 1 ? 'over the last day' : `over the last ${at.lastDays} days`);
  }
  return words.join(', ');
}
