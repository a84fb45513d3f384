import { type Metric, rangeOf, sideOf } from '../../../record/metrics/metric.js';
import { type Expectation, type Scenario, statedExpectations } from '../../schema/scenario-schema.js';
import type { PlannedComparison } from '../compared.js';
import { refuseCompared } from './compared.js';
import { refuseWindows } from './expected-windows.js';
import type { Teller } from './teller.js';

const bounds = ['above', 'atLeast', 'below', 'atMost'] as const;

/** Shares and returns of ten times the whole, up or down, are likelier percentages. */
const likelyPercent = 10;

/** Windows that tell nothing, and bounds that are met, or missed, whatever happens. */
export function tellExpectations(planned: PlannedComparison, teller: Teller): void {
  const before = teller.faults.length;
  refuseWindows(planned, teller);
  // what this one can't take isn't told of another
  if (teller.faults.length === before) refuseCompared(planned, teller);
  for (const { number, path, expectation } of statedExpectations(planned.scenario)) {
    const { metrics } = planned.scenario.registry;
    const metric = metrics.find(({ name }) => name === expectation.metric);
    if (metric === undefined) continue;
    const lacking = lackingFor(metric, planned.scenario);
    if (lacking !== undefined) {
      teller.warn([...path, 'metric'], lacking, 'so that it can’t be told', metric.name);
      continue;
    }
    const other = planned.compared.find(({ expectations }) => expectations.includes(number))?.other.scenario;
    const otherLacks = other === undefined ? undefined : lackingFor(metric, other);
    if (otherLacks !== undefined) {
      teller.warn([...path, 'comparedTo'], `a scenario with ${otherLacks}`, 'so that it can’t be told');
      continue;
    }
    const own = rangeOf(metric);
    const [lowest, highest] = other === undefined ? own : [own[0] - own[1], own[1] - own[0]];
    const what = other === undefined ? metric.name : `the difference of two ${metric.name}`;
    const at = (key: string) => [...path, key];
    // of `equals`, one side may well lie beyond what is possible
    const isBetween = expectation.atLeast !== undefined && expectation.atMost !== undefined;
    let isTold = false;
    for (const bound of bounds) {
      const value = expectation[bound];
      if (value === undefined) continue;
      const isLower = bound === 'above' || bound === 'atLeast';
      const isOpen = bound === 'above' || bound === 'below';
      const outside = isLower ? value - highest : lowest - value;
      const inside = isLower ? lowest - value : value - highest;
      const expected = `a bound that can be met and missed (${what} is ${inWords(lowest, highest)})`;
      if (outside > 0 || (isOpen && outside === 0)) {
        const percent = highest === 1 && value > 1 && value <= 100 ? String(value / 100) : undefined;
        teller.warn(at(bound), expected, 'which is never met', undefined, percent);
        isTold = true;
      } else if (!isBetween && (inside > 0 || (!isOpen && inside === 0))) {
        teller.warn(at(bound), expected, 'which is always met');
        isTold = true;
      } else if (metric.unit === 'fraction' && Math.abs(value) >= likelyPercent) {
        const hint = `a share of 1, such as 0.5 for 50 % (${value} is ${value * 100} %)`;
        teller.warn(at(bound), hint, 'which is hardly meant', undefined, String(value / 100));
        isTold = true;
      }
    }
    if (isTold) continue;
    const { above = Number.NEGATIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = expectation;
    const { below = Number.POSITIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = expectation;
    const [low, high] = [Math.max(above, atLeast), Math.min(below, atMost)];
    const isOpen = above === low || below === high;
    if (low > high || (low === high && isOpen)) {
      const lower = above === low ? 'above' : 'atLeast';
      const upper = below === high ? 'below' : 'atMost';
      const expected = `a value ${lower === 'above' ? 'under' : 'of at most'} ${upper}, ${high}`;
      teller.warn(at(lower), expected, 'so that it is never met');
    }
  }
  tellContradictions(planned.scenario, teller);
}

/** Entries whose bounds exclude each other, though each by itself can be met. */
function tellContradictions({ expect }: Scenario, teller: Teller): void {
  const rangeOfBounds = ({ above, atLeast, below, atMost }: Expectation) => {
    const low = Math.max(above ?? Number.NEGATIVE_INFINITY, atLeast ?? Number.NEGATIVE_INFINITY);
    const high = Math.min(below ?? Number.POSITIVE_INFINITY, atMost ?? Number.POSITIVE_INFINITY);
    return { low, high, isLowOpen: above === low, isHighOpen: below === high };
  };
  const excludes = (one: Expectation, other: Expectation) => {
    const [a, b] = [rangeOfBounds(one), rangeOfBounds(other)];
    return a.low > b.high || (a.low === b.high && (a.isLowOpen || b.isHighOpen));
  };
  // what the figure is taken of is all but the bounds
  const figureOf = ({ above: _a, atLeast: _l, below: _b, atMost: _m, ...figure }: Expectation) =>
    JSON.stringify(figure);
  for (const [index, later] of expect.entries()) {
    const earlier = expect.slice(0, index).findIndex((one) => {
      return figureOf(one) === figureOf(later) && (excludes(one, later) || excludes(later, one));
    });
    if (earlier < 0) continue;
    const expected = `bounds that can be met together with those of expect.${earlier}`;
    teller.warn(['expect', String(index)], expected, 'so that the two are never both met');
  }
}

/** What the metric is about and the scenario hasn't; undefined where there is all. */
function lackingFor(metric: Metric, { fleet, stress, registry }: Scenario): string | undefined {
  const [side, { needs }] = [sideOf(metric), metric];
  const cohorts = Object.values(fleet);
  const isThere = (side: Metric['about']) =>
    cohorts.some((cohort) => registry.isAttackers(cohort) === (side === 'attackers'));
  if (side !== undefined && !isThere(side)) return side === 'attackers' ? 'a cohort of attackers' : 'honest cohorts';
  const hasNewcomers = cohorts.some(({ joins }) => joins.newcomers !== undefined);
  if (needs === 'newcomers' && !hasNewcomers) return 'a cohort with newcomers';
  const hasOutages = Object.keys(stress.outages).length > 0;
  return needs === 'sharedOutages' && !hasOutages ? 'a shared outage, under stress.outages' : undefined;
}

function inWords(lowest: number, highest: number): string {
  return highest === Number.POSITIVE_INFINITY ? `at least ${lowest}` : `from ${lowest} to ${highest}`;
}
