import { CountedWindow, type Told } from '../record/counted-window.js';
import type { Bounds, HeldBounds } from '../record/expectations.js';
import { attackerWorkShare } from '../record/metrics/attack.js';
import {
  type CountedMetric,
  type FinishedRun,
  type Group,
  isAnybodyThere,
  isCounted,
  type Metric,
  type MetricValues,
  sideOf,
} from '../record/metrics/metric.js';
import { attackerAttestationShare } from '../record/metrics/operators/attestations.js';
import type { AttackWindows } from '../record/recorder.js';
import {
  type EventTimes,
  type ExpectedWindow,
  entryOf,
  eventTimes,
  expectedWindow,
  windowInWords,
} from '../scenario/plan/expected-windows.js';
import type { FleetPlan } from '../scenario/plan/fleet/fleet-plan.js';
import { isAnybodyPlanned, isOfGroup } from '../scenario/plan/fleet/presence.js';
import {
  type Expectation,
  type Scenario,
  statedExpectations,
  warmUpSeconds,
} from '../scenario/schema/scenario-schema.js';

/** What a scenario expects, and the windows that are counted to tell it. */
export interface Expected {
  readonly attack: AttackWindows | null;
  readonly windows: readonly CountedWindow[];
  /** Holds each expectation against the finished run and its metrics' values. */
  hold(run: FinishedRun, values: MetricValues): readonly HeldBounds[];
}

/** One expectation, with the window that is counted for it; null where a metric's own value is held. */
interface Plan {
  readonly expectation: Expectation;
  readonly metric: Metric;
  readonly who: Group;
  readonly window: ExpectedWindow;
  readonly counted: CountedWindow | null;
}

export function createExpected(scenario: Scenario, plans: readonly FleetPlan[]): Expected {
  const times = eventTimes(scenario, plans);
  const planned = statedExpectations(scenario).map(({ number, expectation }) => {
    return { number, plan: planOf(scenario, plans, expectation, times) };
  });
  return {
    attack: attackWindows(scenario, plans, times),
    windows: planned.flatMap(({ plan: { counted } }) => (counted === null ? [] : [counted])),
    hold: (run, values) => planned.flatMap(({ number, plan }) => held(scenario, number, plan, run, values)),
  };
}

function planOf(scenario: Scenario, plans: readonly FleetPlan[], expectation: Expectation, times: EventTimes): Plan {
  const { at, after, cohort } = expectation;
  const metric = scenario.registry.metricNamed(expectation.metric);
  const who: Group = (index) => isOfGroup(scenario, plans[index]!.name, sideOf(metric), cohort);
  const window = expectedWindow(scenario, expectation, metric, times);
  const isWhole = at === 'whole' && after === undefined && cohort === undefined;
  if (!isCounted(metric) || isWhole) return { expectation, metric, who, window, counted: null };
  // of those who had all left before, a share would be 0 whatever the network is worth
  const isAnybody = metric.about === undefined || isAnybodyPlanned(scenario, plans, metric.about, cohort, window);
  const measure = (counts: Parameters<typeof metric.of>[0]) => (isAnybody ? metric.of(counts, who) : Number.NaN);
  const counted = new CountedWindow(plans.length, scenario.horizon, { ...window, measure });
  return { expectation, metric, who, window, counted };
}

function attackWindows(scenario: Scenario, plans: readonly FleetPlan[], times: EventTimes): AttackWindows | null {
  const { horizon, protocol } = scenario;
  const entry = entryOf(scenario, 'attackers', undefined, times);
  if (entry >= horizon) return null;
  const fromSeconds = Math.max(entry, warmUpSeconds(scenario));
  const who: Group = (index) => isOfGroup(scenario, plans[index]!.name, 'attackers', undefined);
  const windowOf = (metric: CountedMetric, epochSeconds: number | null) =>
    new CountedWindow(plans.length, horizon, {
      ...{ fromSeconds, toSeconds: horizon, epochSeconds },
      measure: (counts) => metric.of(counts, who),
    });
  return {
    whole: windowOf(attackerWorkShare, null),
    epochs: windowOf(attackerWorkShare, protocol.epoch),
    attestations: windowOf(attackerAttestationShare, null),
  };
}

/** A row, or two where upper and lower bounds have a worst epoch each. */
function held(
  scenario: Scenario,
  ordinal: number,
  { expectation, metric, who, window, counted }: Plan,
  run: FinishedRun,
  values: MetricValues,
): readonly HeldBounds[] {
  const { above, atLeast, below, atMost, cohort = '', comparedTo = '', over } = expectation;
  const isQuestion = ordinal === 0;
  const row = (told: Told, bounds: Bounds): HeldBounds => ({
    expectation: ordinal,
    metric: metric.name,
    unit: metric.unit,
    cohort,
    window: windowInWords(scenario, expectation, metric, isQuestion),
    told,
    comparedTo,
    comparedValue: Number.NaN,
    bounds,
    over,
  });
  const isAnybody = isAnybodyThere(metric, run, who);
  const untold = { value: Number.NaN, ...stretchOf(metric, window) };
  if (counted === null) {
    const own = () => (isCounted(metric) || cohort === '' ? values[metric.name]! : metric.value(run, who));
    return [row({ ...untold, value: isAnybody ? own() : Number.NaN }, { above, atLeast, below, atMost })];
  }
  const orEmpty = (told: Told) => (isAnybody && !Number.isNaN(told.value) ? told : untold);
  const [highest, lowest] = [orEmpty(counted.highest), orEmpty(counted.lowest)];
  if (expectation.at !== 'worstEpoch') return [row(highest, { above, atLeast, below, atMost })];
  const isBounded = (...bounds: readonly (number | undefined)[]) => bounds.some((bound) => bound !== undefined);
  // what is expected holds in every epoch; a yes needs but one
  const [low, high] = isQuestion ? [highest, lowest] : [lowest, highest];
  return [
    ...(isBounded(above, atLeast) ? [row(low, { above, atLeast })] : []),
    ...(isBounded(below, atMost) ? [row(high, { below, atMost })] : []),
  ];
}

/** What a value is of, where it isn't for the metric's meaning to say; NaN for an empty window. */
function stretchOf(metric: Metric, { fromSeconds, toSeconds }: ExpectedWindow): Omit<Told, 'value'> {
  if (isCounted(metric) && fromSeconds < toSeconds) return { fromSeconds, toSeconds };
  if (!isCounted(metric) && metric.isAtEnd) return { fromSeconds: toSeconds, toSeconds };
  return { fromSeconds: Number.NaN, toSeconds: Number.NaN };
}
