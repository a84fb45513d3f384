import { GREYS } from '../drawing/theme.js';
import { toExactPhrase, toFigure, toNumber, toPhrase } from '../figure.js';

/** What one chart of a sweep is drawn from: a figure at every point. */
export interface SweepChart {
  readonly title: string;
  readonly subtitle: string;
  /** Of the figure. */
  readonly unit: string;
  /** The values that it can take, both included. */
  readonly range: readonly [number, number];
  readonly bounds: readonly { readonly value: number; readonly words: string }[];
  /** Whether verdicts are answers to a question. */
  readonly isQuestion: boolean;
  readonly axes: readonly SweepAxis[];
  /** Whether the points are every combination of the axes' levels. */
  readonly isGrid: boolean;
  readonly points: readonly ChartPoint[];
}

/** What is varied. */
export interface SweepAxis {
  readonly name: string;
  readonly unit: '' | 's';
  readonly isNumeric: boolean;
  /** In their order; of a range none. */
  readonly levels: readonly (number | string)[];
}

/** A point of a sweep, and the figure there; NaN where it can't be told. */
export interface ChartPoint {
  readonly values: readonly (number | string)[];
  readonly middle: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: Verdict;
}

/** What became of what is expected there; empty where nothing is. */
export type Verdict = '' | keyof typeof VERDICTS;

/** Words and colours of verdicts, which differ in lightness, too. */
export const VERDICTS = {
  holds: { words: 'as expected', answer: 'yes', color: '#0072b2' },
  fails: { words: 'not as expected', answer: 'no', color: '#d55e00' },
  untold: { words: 'can’t be told', answer: 'can’t be told', color: GREYS.light },
} as const;

/** Those that points have, in the order of the legend. */
function verdictsOf(points: readonly ChartPoint[]): readonly (keyof typeof VERDICTS)[] {
  const found = new Set(points.map(({ verdict }) => verdict));
  return (Object.keys(VERDICTS) as (keyof typeof VERDICTS)[]).filter((verdict) => found.has(verdict));
}

/** Colour by verdict with its legend; one plain colour where nothing is expected. */
export function verdictColor(chart: SweepChart) {
  const verdicts = verdictsOf(chart.points);
  if (verdicts.length === 0) return { value: VERDICTS.holds.color };
  return {
    field: 'verdict',
    type: 'nominal' as const,
    scale: {
      domain: verdicts.map((verdict) => verdictInWords(chart, verdict)),
      range: verdicts.map((verdict) => VERDICTS[verdict].color),
    },
    legend: { symbolType: 'circle' as const },
  };
}

/** What a verdict is called; empty for none. */
export function verdictInWords({ isQuestion }: SweepChart, verdict: Verdict): string {
  if (verdict === '') return '';
  return isQuestion ? VERDICTS[verdict].answer : VERDICTS[verdict].words;
}

/** How values of a unit are drawn: by which number they are divided, and what stands on the axis. */
export interface ShownUnit {
  readonly divisor: number;
  readonly suffix: string;
}

const secondsIn: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3_600, d: 86_400 };

/** One for all values, that of the largest. */
export function shownUnit(unit: string, values: readonly number[]): ShownUnit {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  const suffix = toFigure(most, unit).unit;
  if (unit === 's') return { divisor: secondsIn[suffix] ?? 1, suffix };
  const isShare = suffix === '%' || suffix === 'percentage points';
  return { divisor: isShare ? 0.01 : 1, suffix };
}

/** A number as it is drawn; null for none, and no more digits than can be seen. */
export function drawn(value: number, { divisor }: ShownUnit): number | null {
  return Number.isFinite(value) ? Number((value / divisor).toPrecision(6)) : null;
}

/** Name and unit of an axis. */
export function axisTitle(name: string, suffix: string): string {
  return suffix === '' ? name : `${name} [${suffix}]`;
}

/** A value of an axis as people read it. */
export function levelInWords(value: number | string, unit: SweepAxis['unit']): string {
  return typeof value === 'string' ? value : toExactPhrase(value, unit === 's' ? 's' : '1');
}

/** An end of an interval, not beyond the values that there can be. */
export function clipped(value: number, [least, most]: SweepChart['range']): number {
  return Math.min(most, Math.max(least, value));
}

/** More points than this have no hover texts, which would make up most of a page, and can hardly be hit. */
const TIPS_MOST = 300;

/** The lines of a hover text: where the point is, the figure, its interval; none where points are many. */
export function tipOf(chart: SweepChart, point: ChartPoint): readonly (readonly [string, string])[] {
  const { axes, unit, range } = chart;
  if (chart.points.length > TIPS_MOST) return [];
  const where = axes.map(({ name, unit: own }, axis) => [name, levelInWords(point.values[axis]!, own)] as const);
  const value = Number.isNaN(point.middle) ? '–' : toPhrase(point.middle, unit);
  const ends = [clipped(point.low, range), clipped(point.high, range)].map((end) => toPhrase(end, unit));
  const interval = Number.isNaN(point.low) ? [] : [['95 % interval', ends.join(' to ')] as const];
  const verdict = point.verdict === '' ? [] : [['Verdict', verdictInWords(chart, point.verdict)] as const];
  return [...where, ['Value', value] as const, ...interval, ...verdict];
}

/** Whether numbers are better seen by their factors: all above 0, and far apart. */
export function isByFactors(values: readonly number[]): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return least > 0 && most / least >= 50;
}

/** Three digits of a value in the unit drawn. */
export function cellText(value: number, unit: ShownUnit): string {
  return Number.isFinite(value) ? toNumber(value / unit.divisor) : '–';
}
