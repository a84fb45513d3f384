import { toRange, unitOfDifference } from '../../reports/figure.js';
import { largest, smallest } from '../kernels/extent.js';
import { type Interval, meanOf } from '../kernels/intervals.js';
import { metricNamed } from '../record/metrics/index.js';
import { rangeOf } from '../record/metrics/metric.js';
import { type Cell, numberOf, records, type Table, textOf } from '../record/tables/table.js';
import { type HeldExpectation, heldExpectations } from './expectations.js';
import { eachReplication, hasReplications, intervalOf } from './replications.js';

const boundColumns = ['above', 'atLeast', 'below', 'atMost'] as const;

/** What became of a scenario's expectations, in one run or by their intervals over several. */
export function checkExpectations(table: Table): readonly HeldExpectation[] {
  return heldOf(table).filter(({ expectation }) => expectation > 0);
}

/** What became of what a yes to the scenario's question depends on, in one part or two; none where it doesn't say. */
export function checkQuestion(table: Table): readonly HeldExpectation[] {
  return heldOf(table).filter(({ expectation }) => expectation === 0);
}

function heldOf(table: Table): readonly HeldExpectation[] {
  if (!hasReplications(table)) return heldExpectations(table);
  const parts = eachReplication(table);
  const first = parts[0];
  if (first === undefined) return [];
  const held = parts.map(heldExpectations);
  const rows = [...records(first, ['unit', ...boundColumns])];
  return held[0]!.map((one, place) => {
    const values = held.map((each) => each[place]!.value);
    return together(one, values, textOf(rows[place]!.unit), rows[place]!);
  });
}

/** The expectation by the interval of its figure: met if all of it is within the bounds, not met if none is. */
function together(
  one: HeldExpectation,
  all: readonly number[],
  unit: string,
  bounds: Readonly<Record<(typeof boundColumns)[number], Cell>>,
): HeldExpectation {
  const values = all.filter((value) => !Number.isNaN(value));
  const interval = intervalOf(values, metricNamed(one.metric).isQuantile === true);
  const shown = one.comparedTo === null ? unit : unitOfDifference(unit);
  const limits = boundColumns.map((name) => numberOf(bounds[name])).filter((bound) => !Number.isNaN(bound));
  const missing = values.length < all.length ? `, in ${all.length - values.length} of which it can’t be told` : '';
  // a difference can be below 0
  const [least, most] = one.comparedTo === null ? rangeOf(metricNamed(one.metric)) : [-Infinity, Infinity];
  const possible = { low: Math.max(interval.low, least), high: Math.min(interval.high, most) };
  if (shown === 'fraction') limits.push(1);
  const isTooFew = values.length > 0 && Number.isNaN(interval.low);
  const many = `${all.length} replications${missing}`;
  const ends = { low: smallest(values), high: largest(values) };
  const found = isTooFew ? `${toRange(ends, shown)} in all ${many}` : `${toRange(possible, shown, limits)} (${many})`;
  return {
    ...one,
    value: meanOf(values),
    comparedValue: Number.NaN,
    found,
    ...(isTooFew ? { isTooFew } : {}),
    met: isWithin(interval, bounds),
  };
}

/** null where the interval crosses a bound, or can't be told: more replications may decide. */
function isWithin({ low, high }: Interval, bounds: Readonly<Record<string, Cell>>): boolean | null {
  if (Number.isNaN(low)) return null;
  const [above, atLeast, below, atMost] = boundColumns.map((name) => bounds[name] ?? null) as (number | null)[];
  const holds = (value: number) =>
    (above === null || value > above!) &&
    (atLeast === null || value >= atLeast!) &&
    (below === null || value < below!) &&
    (atMost === null || value <= atMost!);
  if (holds(low) && holds(high)) return true;
  const isBelow = (above !== null && high <= above!) || (atLeast !== null && high < atLeast!);
  const isAbove = (below !== null && low >= below!) || (atMost !== null && low > atMost!);
  return isBelow || isAbove ? false : null;
}
