import { toShortDuration } from '../../../model/contract/settings.js';
import { isCounted, type Metric } from '../../../record/metrics/metric.js';
import { type Expectation, type Scenario, statedExpectations, warmUpSeconds } from '../../schema/scenario-schema.js';
import { nearest } from '../../text/faults.js';
import { type EventTimes, entryOf, eventTimes, rangeOf } from '../expected-windows.js';
import { fleetPlans } from '../fleet/fleet-plan.js';
import { lacksRecords, type PlannedScenario } from '../planned-scenario.js';
import type { Path, Refuser } from './teller.js';

/** Refuses what an expectation can't be taken over, or of whom: each at its place, with what there is. */
export function refuseWindows(planned: PlannedScenario, teller: Refuser): void {
  const { scenario } = planned;
  let known: EventTimes | undefined;
  const plans = () => fleetPlans(planned);
  const times = () => {
    known ??= eventTimes(scenario, plans());
    return known;
  };
  for (const { path, expectation } of statedExpectations(scenario)) {
    const metric = scenario.registry.metricNamed(expectation.metric);
    const isFine = [
      refuseCohort(scenario, expectation, metric, [...path, 'cohort'], teller),
      refusePart(scenario, expectation, metric, path, teller),
      refuseRange(scenario, expectation, [...path, 'at'], teller),
    ].every((each) => each);
    if (isFine && !lacksRecords(planned)) refuseEmpty(scenario, expectation, metric, path, times, teller);
  }
}

/** True if all is well, as of the others. */
function refuseCohort(
  scenario: Scenario,
  { cohort }: Expectation,
  metric: Metric,
  path: Path,
  teller: Refuser,
): boolean {
  if (cohort === undefined) return true;
  if (metric.about === undefined) {
    const names = scenario.registry.metrics.filter(({ about }) => about !== undefined).map(({ name }) => name);
    teller.refuse(path, `none, as ${metric.name} is of the whole network, or one of: ${names.join(', ')}`, '');
    return false;
  }
  const { about } = metric;
  const cohorts = Object.entries(scenario.fleet)
    .filter(([, settings]) => scenario.registry.isAttackers(settings) === (about === 'attackers'))
    .map(([name]) => name);
  const attacks = about === 'attackers' ? Object.values(scenario.fleet).flatMap(({ attack = [] }) => attack) : [];
  const groups = [...new Set([...cohorts, ...attacks])];
  if (cohorts.includes(cohort)) return true;
  if (attacks.includes(cohort) && !Object.hasOwn(scenario.fleet, cohort)) return true;
  const ofAttackers = attacks.length === 0 ? 'a cohort of attackers' : 'a cohort of attackers, or an attack';
  const which = about === 'attackers' ? ofAttackers : 'an honest cohort';
  const list = groups.length === 0 ? `${which}, of which there is none` : `${which}: ${groups.join(', ')}`;
  teller.refuse(path, list, '', undefined, nearest(cohort, groups));
  return false;
}

/** A part of the run for a metric that is of the run as a whole. */
function refusePart(
  { registry }: Scenario,
  { at, after }: Expectation,
  metric: Metric,
  path: Path,
  teller: Refuser,
): boolean {
  if (isCounted(metric)) return true;
  const names = registry.metrics.filter(isCounted).map(({ name }) => name);
  const others = `as ${metric.name} isn’t counted by time; these are: ${names.join(', ')}`;
  if (after !== undefined) {
    teller.refuse([...path, 'after'], `none, ${others}`, '');
    return false;
  }
  if (at === 'whole' || (at === 'end' && metric.isAtEnd)) return true;
  teller.refuse([...path, 'at'], `${metric.isAtEnd ? 'whole or end' : 'whole'}, ${others}`, '');
  return false;
}

/** What lies outside of the run or in the warm-up. */
function refuseRange(scenario: Scenario, { at }: Expectation, path: Path, teller: Refuser): boolean {
  const { horizon } = scenario;
  const [from, to] = rangeOf(scenario, at);
  if (typeof at === 'string') return true;
  if ('lastDays' in at) {
    if (from >= 0) return true;
    teller.refuse(
      [...path, 'lastDays'],
      `at most the length of the run, ${toShortDuration(horizon)}`,
      '',
      `${at.lastDays}d`,
    );
    return false;
  }
  const warmUp = warmUpSeconds(scenario);
  if (to > horizon) {
    teller.refuse([...path, 'to'], `at most the horizon, ${toShortDuration(horizon)}`, '');
    return false;
  }
  if (from >= to) {
    teller.refuse([...path, 'from'], `a time before to, ${toShortDuration(to)}`, '');
    return false;
  }
  if (to <= warmUp) {
    teller.refuse([...path, 'to'], `a time after the warm-up, ${toShortDuration(warmUp)}`, '');
    return false;
  }
  return true;
}

/** What has ended before the event of `after`, or before those whom it is about come. */
function refuseEmpty(
  scenario: Scenario,
  expectation: Expectation,
  metric: Metric,
  path: Path,
  times: () => EventTimes,
  teller: Refuser,
): void {
  const { at, after, cohort } = expectation;
  const isSinceEntry = isCounted(metric) && metric.isSinceEntry === true && at !== 'whole';
  if (after === undefined && !isSinceEntry) return;
  if (after !== undefined && !times().has(after)) {
    const names = [...times().keys()];
    teller.refuse([...path, 'after'], `one of: ${names.join(', ')}`, '', undefined, nearest(after, names));
    return;
  }
  const toSeconds = Math.min(rangeOf(scenario, at)[1], scenario.horizon);
  const happens = (time: number) =>
    time === Number.POSITIVE_INFINITY ? 'never happens' : `at ${toShortDuration(time)}`;
  if (after !== undefined && times().get(after)! >= toSeconds) {
    const found = `${after}, ${happens(times().get(after)!)}`;
    teller.refuse([...path, 'after'], `an event before ${toShortDuration(toSeconds)}`, '', found);
    return;
  }
  if (!isSinceEntry) return;
  const entry = entryOf(scenario, metric.about, cohort, times());
  if (entry < toSeconds || entry === Number.POSITIVE_INFINITY) return;
  const who = cohort === undefined ? 'the attackers join' : `${cohort} joins`;
  teller.refuse([...path, 'at'], `a window that ends after ${who}, ${toShortDuration(entry)}`, '');
}
