import { toStretch } from '../../../../reports/figure.js';
import { toShortDuration } from '../../../model/contract/settings.js';
import { isCounted } from '../../../record/metrics/metric.js';
import { type Expectation, type Scenario, statedExpectations, warmUpSeconds } from '../../schema/scenario-schema.js';
import { toFound, toPath } from '../../text/faults.js';
import type { Compared, PlannedComparison } from '../compared.js';
import { type EventTimes, eventTimes, rangeOf } from '../expected-windows.js';
import { fleetPlans } from '../fleet/fleet-plan.js';
import { lacksRecords, type PlannedScenario } from '../planned-scenario.js';
import { refuseWindows } from './expected-windows.js';
import type { Path, Refuser, Teller } from './teller.js';

/** Refuses what can't be taken of the other scenario, or is of another time there, where that is named. */
export function refuseCompared({ scenario, traces, compared }: PlannedComparison, teller: Refuser & Written): void {
  const paths = new Map(statedExpectations(scenario).map(({ number, path }) => [number, path]));
  let times: EventTimes | undefined;
  for (const one of compared) {
    const stated = one.expectations.map((number) => paths.get(number)!);
    const isWhole = refuseLacking(one, stated, teller);
    const { other } = one;
    if (!isWhole || lacksRecords({ scenario, traces }) || lacksRecords(other)) continue;
    times ??= timesOf({ scenario, traces });
    const othersTimes = timesOf(other);
    for (const [index, expectation] of other.scenario.expect.entries()) {
      const own = stretchOf(scenario, expectation, times);
      const others = stretchOf(other.scenario, expectation, othersTimes);
      if (isSameTime(own, others, expectation)) continue;
      const expected = `a scenario that has ${expectation.metric} of the same time, ${inWords(own)}`;
      const path = [...stated[index]!, 'comparedTo'];
      const found = `${one.comparedTo}, which has it ${inWords(others)}`;
      teller.refuse(path, expected, 'so that the two can’t be compared', found);
    }
  }
}

type Written = Pick<Teller, 'written'>;
type Stretch = readonly [fromSeconds: number, toSeconds: number];

function timesOf(planned: Pick<PlannedScenario, 'scenario' | 'traces'>): EventTimes {
  return eventTimes(planned.scenario, fleetPlans(planned));
}

/**
 * The time that a figure is of; a state is of the end alone. Since when those are there whom it is about is theirs to
 * differ in, as is how soon an event comes by a hundredth of what follows: entries are drawn one by one.
 */
function stretchOf(scenario: Scenario, expectation: Expectation, times: EventTimes): Stretch {
  const { horizon } = scenario;
  const metric = scenario.registry.metricNamed(expectation.metric);
  if (isCounted(metric)) {
    const [from, to] = rangeOf(scenario, expectation.at);
    const since = expectation.after === undefined ? 0 : times.get(expectation.after)!;
    return [Math.max(from, warmUpSeconds(scenario), since), Math.min(to, horizon)];
  }
  if (metric.window === 'after the warm-up') return [warmUpSeconds(scenario), horizon];
  return [metric.window === 'at the end' ? horizon : 0, horizon];
}

function isSameTime(own: Stretch, others: Stretch, { after }: Expectation): boolean {
  const tolerated = after === undefined ? 0 : (own[1] - own[0]) / 100;
  return own[1] === others[1] && Math.abs(own[0] - others[0]) <= tolerated;
}

/** Such as `from 2 to 20 d`. */
function inWords([fromSeconds, toSeconds]: Stretch): string {
  return fromSeconds === toSeconds ? `at ${toShortDuration(toSeconds)}` : toStretch(fromSeconds, toSeconds);
}

/** True if all is there. */
function refuseLacking({ comparedTo, other }: Compared, stated: readonly Path[], teller: Refuser & Written): boolean {
  let isWhole = true;
  refuseWindows(other, {
    // the other's expectations are these, in their order
    refuse: ([, index, ...setting], expected) => {
      const path = stated[Number(index)]!;
      const value = toFound(teller.written([...path, ...setting]));
      const asked = `a scenario in which ${toPath(setting)} can be ${value}`;
      teller.refuse([...path, 'comparedTo'], asked, `where it can be ${expected}`, comparedTo);
      isWhole = false;
    },
  });
  return isWhole;
}
