import { toRange, unitOfDifference } from '../../reports/figure.js';
import { largest, smallest } from '../kernels/extent.js';
import type { Bounds } from '../record/expectations.js';
import { metricTold } from '../record/metrics/index.js';
import { overOfText } from '../record/over.js';
import { type Cell, numberOf, records, type Table, textOf } from '../record/tables/table.js';
import { type HeldExpectation, heldExpectations } from './expectations.js';
import { foundInWords, judgeBounds } from './judged-bounds.js';
import { eachReplication, hasReplications } from './replications.js';

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
  const rows = [...records(first, ['unit', 'over', ...boundColumns])];
  return held[0]!.map((one, place) => {
    const values = held.map((each) => each[place]!.value);
    return together(one, values, textOf(rows[place]!.unit), rows[place]!);
  });
}

/** The expectation by the interval of what is bounded: met if all of it is within the bounds, not met if none is. */
function together(
  one: HeldExpectation,
  all: readonly number[],
  unit: string,
  row: Readonly<Record<(typeof boundColumns)[number] | 'over', Cell>>,
): HeldExpectation {
  const values = all.filter((value) => !Number.isNaN(value));
  const bounds = boundsOf(row);
  const by = {
    bounds,
    over: overOfText(textOf(row.over)),
    isQuantile: metricTold(one.metric, unit).isQuantile === true,
  };
  const judged = judgeBounds(values, by, 0.95);
  const shown = one.comparedTo === null ? unit : unitOfDifference(unit);
  const { low, high } = judged.interval;
  const isTooFew = values.length > 0 && !Number.isFinite(low) && !Number.isFinite(high);
  const ends = { low: smallest(values), high: largest(values) };
  return {
    ...one,
    value: judged.value,
    comparedValue: Number.NaN,
    found: isTooFew
      ? `${toRange(ends, shown)} in all ${values.length} replications`
      : foundInWords(judged, by, shown, values, all.length),
    ...(isTooFew ? { isTooFew } : {}),
    met: judged.met,
  };
}

function boundsOf(row: Readonly<Record<(typeof boundColumns)[number], Cell>>): Bounds {
  const stated = boundColumns.filter((name) => typeof row[name] === 'number');
  return Object.fromEntries(stated.map((name) => [name, numberOf(row[name])]));
}
