import { toExactPhrase, toPhrase, toPhraseBeside, toStretch, unitOfDifference } from '../../reports/figure.js';
import { secondsPerDay } from '../model/contract/units.js';
import type { Bounds } from '../record/expectations.js';
import { metricTold } from '../record/metrics/index.js';
import { type Over, overOfText } from '../record/over.js';
import { numberOf, records, type Table, textOf } from '../record/tables/table.js';

/** An expectation held against a run's figures, or one side of it. */
export interface HeldExpectation {
  /** Number of the expectation in the scenario, from 1; 0 for what a yes to its question depends on. */
  readonly expectation: number;
  /** Such as `attackerWorkShare, in the worst day, below 10 %`. */
  readonly text: string;
  /** What is bounded, in plain words: `attackers’ share of the work, in the worst day`. */
  readonly subject: string;
  /** Such as `below 10 %`. */
  readonly bounds: string;
  readonly metric: string;
  /** null for all that the metric is about. */
  readonly cohort: string | null;
  /** In words; null for the whole. */
  readonly window: string | null;
  /** Start and end of what the value is of [d]; NaN where the metric's meaning says it. */
  readonly fromDays: number;
  readonly toDays: number;
  /** What the bounds are held against, a difference where a scenario is compared to; NaN where it can't be told. */
  readonly value: number;
  /** The scenario, as written, whose figure was subtracted; null for none. */
  readonly comparedTo: string | null;
  /** The figure of that scenario's run; NaN without one, or where it can't be told. */
  readonly comparedValue: number;
  /** The value as people read it, with the epoch that it is of where that is the worst one, or both figures. */
  readonly found: string;
  /** null where it can't be told. */
  readonly met: boolean | null;
  /** True where replications are too few for an interval that would tell. */
  readonly isTooFew?: true;
}

const bounds = [
  ['below', 'below'],
  ['above', 'above'],
  ['atMost', 'at most'],
  ['atLeast', 'at least'],
] as const;
const columns = [
  ...(['expectation', 'metric', 'unit', 'cohort', 'window', 'fromDays', 'toDays', 'value', 'isMet'] as const),
  ...(['comparedTo', 'comparedValue', 'over'] as const),
] as const;
const boundColumns = bounds.map(([column]) => column);

/** What became of all that a run's table of expectations has, the question's parts among it. */
export function heldExpectations(table: Table): readonly HeldExpectation[] {
  return Array.from(records(table, [...columns, ...boundColumns]), (row): HeldExpectation => {
    const [metric, unit, cohort, window] = [row.metric, row.unit, row.cohort, row.window].map(textOf);
    const [value, comparedValue] = [numberOf(row.value), numberOf(row.comparedValue)];
    const comparedTo = textOf(row.comparedTo);
    const isCompared = comparedTo !== '';
    const shown = isCompared ? unitOfDifference(unit!) : unit!;
    const given = bounds.map(([column, word]) => ({ word, bound: numberOf(row[column]) }));
    const stated = given.filter(({ bound }) => !Number.isNaN(bound));
    const [fromDays, toDays] = [numberOf(row.fromDays), numberOf(row.toDays)];
    const apart = [window, isCompared ? `compared to ${comparedTo}` : ''].filter((part) => part !== '');
    const whom = [`${metric}${cohort === '' ? '' : ` of ${cohort}`}`, ...apart].join(', ');
    const { label } = metricTold(metric!, unit!);
    // such as `nodes online at the end`
    const isUnsaid = (part: string | undefined) => !label.includes(part!);
    const limits = [...stated.map(({ bound }) => bound), ...(shown === 'fraction' ? [1] : [])];
    // the part that counted, where it isn't all that the words say
    const isKnown = window !== '' && !Number.isNaN(value) && fromDays < toDays;
    const stretch = isKnown ? toStretch(fromDays * secondsPerDay, toDays * secondsPerDay) : '';
    const both = Number.isNaN(comparedValue)
      ? `${comparedTo} has no such figure`
      : `${toPhrase(value + comparedValue, unit!)} against ${toPhrase(comparedValue, unit!)}`;
    const remarks = [...(isCompared ? [both] : []), ...(isKnown && window !== stretch ? [stretch] : [])].join('; ');
    const inWords = boundsInWords(
      Object.fromEntries(bounds.map(([column]) => [column, numberOf(row[column])])),
      overOfText(textOf(row.over)),
      shown,
    );
    return {
      expectation: numberOf(row.expectation),
      text: `${whom}${apart.length === 0 ? '' : ','} ${inWords}`,
      subject: [cohort === '' ? label : `${label} (${cohort} alone)`, ...apart.filter(isUnsaid)].join(', '),
      bounds: inWords,
      metric: metric!,
      cohort: cohort === '' ? null : cohort!,
      window: window === '' ? null : window!,
      fromDays,
      toDays,
      value,
      comparedTo: isCompared ? comparedTo : null,
      comparedValue,
      found: `${toPhraseBeside(value, shown, limits)}${remarks === '' ? '' : ` (${remarks})`}`,
      met: typeof row.isMet === 'boolean' ? row.isMet : null,
    };
  });
}

/** `below 10 %, in at least 90 % of the replications`. */
export function boundsInWords(stated: Bounds, over: Over | undefined, unit: string): string {
  const words = bounds.flatMap(([name, word]) => {
    const bound = stated[name];
    return bound === undefined || Number.isNaN(bound) ? [] : [`${word} ${toExactPhrase(bound, unit)}`];
  });
  return [...words, ...overInWords(over)].join(', ');
}

function overInWords(over: Over | undefined): readonly string[] {
  if (over === undefined || over === 'mean') return [];
  if (over === 'median') return ['in the median of replications'];
  if (typeof over === 'string') return [`${over === 'low95' ? 'lower' : 'upper'} end of the 95 % interval`];
  if ('share' in over) return [`in at least ${toExactPhrase(over.share, 'fraction')} of the replications`];
  return [`the ${over.quantile} quantile of replications`];
}
