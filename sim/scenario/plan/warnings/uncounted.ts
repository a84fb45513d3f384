import { toStretch } from '../../../../reports/figure.js';
import { toShortDuration } from '../../../model/contract/settings.js';
import { isCounted, type Metric, sideOf } from '../../../record/metrics/metric.js';
import { type Expectation, type Scenario, statedExpectations, warmUpSeconds } from '../../schema/scenario-schema.js';
import { type EventTimes, eventTimes, expectedWindow, isOfWholeEpochs } from '../expected-windows.js';
import { FleetPlan, fleetPlans } from '../fleet/fleet-plan.js';
import { isAnybodyPlanned, isOfGroup, type Presence, presenceOf } from '../fleet/presence.js';
import type { PlannedScenario } from '../planned-scenario.js';
import type { Path, Teller } from './teller.js';

/** What is left out of the figures that are asked for: attacks within the warm-up, and epochs that a window cuts. */
export function tellUncounted(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  tellAttacks(planned, teller);
  let known: { readonly plans: readonly FleetPlan[]; readonly times: EventTimes } | undefined;
  const plansAndTimes = () => {
    if (known === undefined) {
      const plans = fleetPlans(planned);
      known = { plans, times: eventTimes(scenario, plans) };
    }
    return known;
  };
  for (const { path, expectation } of statedExpectations(scenario)) {
    const metric = scenario.registry.metricNamed(expectation.metric);
    const isOfSome = sideOf(metric) !== undefined && (isCounted(metric) || metric.window === 'after the warm-up');
    if (isOfSome) tellAbsent(scenario, expectation, metric, path, plansAndTimes(), teller);
    if (isOfWholeEpochs(expectation.at, metric)) {
      tellCutEpochs(scenario, expectation, metric, path, plansAndTimes().times, teller);
    }
  }
}

/** Attackers that have all left before anything is counted. */
function tellAttacks(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  const warmUp = warmUpSeconds(scenario);
  for (const [name, settings] of Object.entries(scenario.fleet)) {
    if (!scenario.registry.isAttackers(settings) || settings.leaves === undefined) continue;
    const { fromSeconds, toSeconds } = presenceOf(new FleetPlan(planned, name));
    if (fromSeconds >= toSeconds || toSeconds > warmUp) continue;
    const own = ['fleet', name, 'leaves'];
    const path = ['at', 'after', 'over'].map((key) => [...own, key]).find((one) => teller.written(one) !== undefined);
    const expected = `departures after the warm-up, ${toShortDuration(warmUp)}`;
    teller.warn(path ?? own, expected, 'so that no share or rate counts what they do');
  }
}

/** A part of the run in which nobody of the group is there by plan. */
function tellAbsent(
  scenario: Scenario,
  expectation: Expectation,
  metric: Metric,
  path: Path,
  { plans, times }: { readonly plans: readonly FleetPlan[]; readonly times: EventTimes },
  teller: Teller,
): void {
  const { cohort } = expectation;
  const side = sideOf(metric);
  const window = isCounted(metric)
    ? expectedWindow(scenario, expectation, metric, times)
    : { fromSeconds: warmUpSeconds(scenario), toSeconds: scenario.horizon };
  // what begins too late is told otherwise
  if (window.fromSeconds >= window.toSeconds || isAnybodyPlanned(scenario, plans, side, cohort, window)) return;
  const group = plans.filter(({ name }) => isOfGroup(scenario, name, side, cohort)).map(presenceOf);
  const there = group.filter(({ fromSeconds, toSeconds }) => fromSeconds < toSeconds);
  if (there.length === 0) return;
  const key = ['at', 'after', 'cohort'].find((one) => teller.written([...path, one]) !== undefined) ?? 'metric';
  const who = cohort ?? (side === 'attackers' ? 'the attackers' : 'honest nodes');
  const expected = `a part of the run after the warm-up in which ${who} are there, ${inWords(there)}`;
  const found = toStretch(window.fromSeconds, window.toSeconds);
  teller.warn([...path, key], expected, 'so that it can’t be told', found);
}

/** Such as `from 1 to 1.9 d`. */
function inWords(presences: readonly Presence[]): string {
  const first = presences.reduce((least, { fromSeconds }) => Math.min(least, fromSeconds), Number.POSITIVE_INFINITY);
  const last = presences.reduce((most, { toSeconds }) => Math.max(most, toSeconds), 0);
  return last === Number.POSITIVE_INFINITY ? `from ${toShortDuration(first)} on` : toStretch(first, last);
}

/**
 * Of numbers that add up only whole epochs are compared: told where there is none, and where so much of one is left out
 * that a share would have been told of it, unless the default warm-up cuts it, which nobody wrote.
 */
function tellCutEpochs(
  scenario: Scenario,
  expectation: Expectation,
  metric: Metric,
  path: Path,
  times: EventTimes,
  teller: Teller,
): void {
  const { epoch } = scenario.protocol;
  const whole = expectedWindow(scenario, expectation, metric, times);
  const all = expectedWindow(scenario, { ...expectation, at: 'whole' }, metric, times);
  if (all.fromSeconds >= all.toSeconds) return;
  const found = toStretch(all.fromSeconds, all.toSeconds);
  if (whole.fromSeconds >= whole.toSeconds) {
    const expected = `a part of the run with a whole epoch, as long as protocol.epoch, ${toShortDuration(epoch)}`;
    teller.warn([...path, 'at'], expected, 'so that it can’t be told', found);
    return;
  }
  const isDefault = scenario.warmUp === undefined && all.fromSeconds === warmUpSeconds(scenario);
  const cuts = [
    ...(isDefault ? [] : [[all.fromSeconds, whole.fromSeconds] as const]),
    [whole.toSeconds, all.toSeconds] as const,
  ];
  const lost = cuts
    .filter(([from, to]) => to - from >= epoch / 2 - 1e-9 * epoch)
    .map(([from, to]) => toStretch(from, to));
  if (lost.length === 0) return;
  const why = `so that what lies ${lost.join(' and ')} is left out: only whole epochs are compared`;
  teller.warn([...path, 'at'], 'a part of the run that begins and ends with an epoch', why, found);
}
