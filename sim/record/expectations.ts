import { secondsPerDay } from '../model/contract/units.js';
import type { Told } from './counted-window.js';
import { type Over, overToText } from './over.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './tables/table.js';

/** The bounds of an expectation, in the metric's unit. */
export interface Bounds {
  /** Excluded, as is `below`. */
  readonly above?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly below?: number | undefined;
  readonly atMost?: number | undefined;
}

/** An expectation, or the upper or the lower bounds of one, held against a figure of the run. */
export interface HeldBounds {
  /** Number of the expectation in the scenario, from 1; 0 for what a yes to its question depends on. */
  readonly expectation: number;
  readonly metric: string;
  readonly unit: string;
  /** Empty for all that the metric is about. */
  readonly cohort: string;
  /** In words; empty for the whole. */
  readonly window: string;
  /** NaN where the metric doesn't apply; the times are NaN where the metric's meaning says what it is of. */
  readonly told: Told;
  /** The other scenario, as written, if the bounds are on the difference to its figure; empty for none. */
  readonly comparedTo: string;
  /** The figure of that scenario's run; NaN where it doesn't apply, or isn't known yet. */
  readonly comparedValue: number;
  readonly bounds: Bounds;
  /** What the bounds are on where there are several replications; undefined for the metric's own. */
  readonly over: Over | undefined;
}

/** What is held against the bounds; NaN where it can't be told. */
export function heldValue({ told, comparedTo, comparedValue }: HeldBounds): number {
  return comparedTo === '' ? told.value : told.value - comparedValue;
}

/** Whether a value keeps within the bounds; null where there is none. */
function isWithin(value: number, { above, atLeast, below, atMost }: Bounds): boolean | null {
  if (Number.isNaN(value)) return null;
  const { NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number;
  const isLow = value > (above ?? least) && value >= (atLeast ?? least);
  return isLow && value < (below ?? most) && value <= (atMost ?? most);
}

const days = (seconds: number) => cellOf(seconds / secondsPerDay);
const bound = (name: keyof Bounds, meaning: string): ColumnOf<HeldBounds> => {
  return { name, unit: 'the metric’s', window: 'fixed', meaning, value: ({ bounds }) => bounds[name] ?? null };
};

const columns: readonly ColumnOf<HeldBounds>[] = [
  {
    name: 'expectation',
    unit: '',
    window: 'fixed',
    meaning:
      'Number of the expectation in the scenario, from 1, or 0 for what a yes to its question depends on; twice ' +
      'where each side has a worst epoch of its own',
    value: ({ expectation }) => expectation,
  },
  { name: 'metric', unit: '', window: 'fixed', meaning: 'Name of the metric', value: ({ metric }) => metric },
  { name: 'unit', unit: '', window: 'fixed', meaning: 'Unit of value and bounds', value: ({ unit }) => unit },
  {
    name: 'cohort',
    unit: '',
    window: 'fixed',
    meaning: 'Cohort, or attack, that it is taken of; empty for all that the metric is about',
    value: ({ cohort }) => cohort,
  },
  {
    name: 'window',
    unit: '',
    window: 'fixed',
    meaning: 'Part of the run that it is taken over, in words; empty for the whole',
    value: ({ window }) => window,
  },
  {
    name: 'fromDays',
    unit: 'd',
    window: 'fixed',
    meaning: 'Start of what the value is of, the worst epoch’s; empty where the metric’s meaning says it',
    value: ({ told }) => days(told.fromSeconds),
  },
  {
    name: 'toDays',
    unit: 'd',
    window: 'fixed',
    meaning: 'End of what the value is of; empty where the metric’s meaning says it',
    value: ({ told }) => days(told.toSeconds),
  },
  {
    name: 'value',
    unit: 'the metric’s',
    window: 'own',
    meaning: 'What was found, less comparedValue where there is a scenario to compare to; empty where it can’t be told',
    value: (held) => cellOf(heldValue(held)),
  },
  bound('above', 'Lower bound, excluded'),
  bound('atLeast', 'Lower bound, included'),
  bound('below', 'Upper bound, excluded'),
  bound('atMost', 'Upper bound, included'),
  {
    name: 'over',
    unit: '',
    window: 'fixed',
    meaning:
      'What the bounds are on where there are several replications: mean, median, low95 or high95 (ends of the 95 % ' +
      'interval of the mean), quantile Q, or share S of the replications, each for itself; empty for mean, or for ' +
      'median where the metric is a quantile itself',
    value: ({ over }) => overToText(over),
  },
  {
    name: 'isMet',
    unit: '',
    window: 'own',
    meaning: 'Whether the value keeps within the bounds; empty where it can’t be told',
    value: (held) => isWithin(heldValue(held), held.bounds),
  },
  {
    name: 'comparedTo',
    unit: '',
    window: 'fixed',
    meaning: 'Scenario, as written, whose figure was subtracted; empty for none',
    value: ({ comparedTo }) => comparedTo,
  },
  {
    name: 'comparedValue',
    unit: 'the metric’s',
    window: 'own',
    meaning:
      'The same figure of a run of that scenario with the same seed; empty without one, or where it can’t be told',
    value: ({ comparedValue }) => cellOf(comparedValue),
  },
];

/** What each of the scenario's expectations was held against. */
export function expectationsTable(rows: readonly HeldBounds[]): Table {
  return tableOf(
    'expectations',
    'Each expectation of the scenario, and the figure that it was held against',
    columns,
    rows,
  );
}
