import type { Interval } from '../sim/kernels/intervals.js';
import { secondsPerDay, secondsPerHour, secondsPerMinute } from '../sim/model/contract/units.js';

/** A number as people read it: the text, and the unit that stands behind it. */
interface Figure {
  readonly text: string;
  readonly unit: string;
}

/** The unit of a difference of two values of the unit, such as percentage points of shares. */
export function unitOfDifference(unit: string): string {
  return unit === 'fraction' ? points : unit;
}

/** Of a difference of fractions. */
const points = 'difference of fractions';

/** Writes a value of the unit: shares as percentages, seconds in the unit that suits, thousands apart. */
export function toFigure(value: number, unit: string): Figure {
  if (!Number.isFinite(value)) return { text: toNumber(value), unit: '' };
  if (unit === 'fraction') return { text: toPercent(value), unit: '%' };
  if (unit === points) return { text: toNumber(value * 100), unit: 'percentage points' };
  if (unit === 's') return toTime(value);
  if (unit === '1' || unit === 'probability') return { text: toNumber(value), unit: '' };
  return { text: toNumber(value), unit };
}

/** So near to all a share of sums can come by rounding alone. */
const rounding = 1e-12;

/** What isn't all isn't rounded up to it: 99.997 rather than 100. */
function toPercent(fraction: number): string {
  const text = toNumber(fraction * 100);
  if (text !== '100' || fraction >= 1 - rounding) return text;
  let decimals = 2;
  while ((fraction * 100).toFixed(decimals).startsWith('100')) decimals++;
  return (fraction * 100).toFixed(decimals);
}

/** The same in one text: `3.1 %`, `24 min`, `4,321 USD`. */
export function toPhrase(value: number, unit: string): string {
  const figure = toFigure(value, unit);
  if (figure.unit === '') return figure.text;
  const isOne = figure.text === '1' && counted.has(figure.unit);
  return `${figure.text} ${isOne ? figure.unit.slice(0, -1) : figure.unit}`;
}

/** Units that have a singular. */
const counted: ReadonlySet<string> = new Set(['tokens', 'jobs', 'nodes', 'slots', 'hours']);

const timeUnits = [
  { unit: 'd', seconds: secondsPerDay, from: 2 * secondsPerDay },
  { unit: 'h', seconds: secondsPerHour, from: 2 * secondsPerHour },
  { unit: 'min', seconds: secondsPerMinute, from: 2 * secondsPerMinute },
  { unit: 's', seconds: 1, from: 1 },
  { unit: 'ms', seconds: 0.001, from: 0 },
] as const;

function toTime(seconds: number): Figure {
  if (seconds === 0) return { text: '0', unit: 's' };
  const { unit, seconds: length } = timeUnits.find(({ from }) => Math.abs(seconds) >= from)!;
  return { text: toNumber(seconds / length), unit };
}

/**
 * A stretch of time [s], as `from 6 to 6.5 d`: in the largest unit that writes both ends in full with two decimals at
 * most; where none does, with as many digits as it takes to place both ends within a hundredth of the length.
 */
export function toStretch(fromSeconds: number, toSeconds: number): string {
  const said = (from: string, to: string, unit: string) => `from ${grouped(from)} to ${grouped(to)} ${unit}`;
  const length = toSeconds - fromSeconds;
  const ends = [fromSeconds, toSeconds] as const;
  for (const { unit, seconds } of timeUnits) {
    const inFull = ends.map((end) => Math.round((end / seconds) * 100) / 100) as [number, number];
    const isFull = inFull.every((end, index) => Math.abs(end * seconds - ends[index]!) <= 1e-9 * toSeconds);
    // thousands of minutes are no easier to read than days with decimals
    if (isFull && (seconds >= secondsPerHour || inFull[1] < 1_000)) return said(`${inFull[0]}`, `${inFull[1]}`, unit);
  }
  const { unit, seconds } = timeUnits.find((one) => length >= one.seconds / 10) ?? timeUnits.at(-1)!;
  const isPlaced = (digits: number) =>
    ends.every((end) => Math.abs(Number(rounded(end / seconds, digits)) * seconds - end) <= length / 100);
  let digits = 3;
  while (digits < 17 && !isPlaced(digits)) digits++;
  return said(rounded(fromSeconds / seconds, digits), rounded(toSeconds / seconds, digits), unit);
}

/** Three digits that count, whole numbers and thousands in full: 0.0312, 12, 98.7, 4,321; a dash for no number. */
export function toNumber(value: number): string {
  return grouped(rounded(value, 3));
}

/** As `toNumber`, with more digits where three would put the value on a limit or beyond it: 0.99997 below 1. */
export function toNumberBeside(value: number, limits: readonly number[]): string {
  return toPhraseBeside(value, '1', limits);
}

/** As `toPhrase`, with more digits where three would put the value on a limit or beyond it: 99.997 % below 100 %. */
export function toPhraseBeside(value: number, unit: string, limits: readonly number[]): string {
  const shown = toFigure(value, unit).unit;
  const scale = scaleOf(unit, shown);
  const isBeside = (text: string) =>
    limits.every((limit) => Math.sign(scale.back(Number(text)) - limit) === Math.sign(value - limit));
  let digits = 3;
  while (Number.isFinite(value) && digits < 17 && !isBeside(rounded(scale.there(value), digits))) digits++;
  const text = grouped(rounded(scale.there(value), digits));
  return shown === '' ? text : `${text} ${shown}`;
}

/** A number as it was written down, all of its digits, in the unit that people read: `12.5 %`, `90 min`, `154 s`. */
export function toExactPhrase(value: number, unit: string): string {
  const even = timeUnits.find(({ seconds }) => seconds >= 1 && value !== 0 && value % seconds === 0)?.unit;
  const shown = unit === 's' ? (even ?? 's') : toFigure(value, unit).unit;
  const text = grouped(String(Number(scaleOf(unit, shown).there(value).toPrecision(15))));
  return shown === '' ? text : `${text} ${shown}`;
}

/** `0.6 to 1.7 %`: an interval as people read it; one figure where both ends read alike. */
export function toRange({ low, high }: Interval, unit: string, limits: readonly number[] = []): string {
  if (Number.isNaN(low)) return toPhrase(Number.NaN, unit);
  const [least, most] = [low, high].map((end) => toPhraseBeside(end, unit, limits)) as [string, string];
  if (least === most) return least;
  const suffix = toFigure(high, unit).unit;
  const isShared = suffix !== '' && toFigure(low, unit).unit === suffix;
  return `${isShared ? least.slice(0, -suffix.length - 1) : least} to ${most}`;
}

/** Between a value of the unit and what is shown of it. */
function scaleOf(unit: string, shown: string) {
  if (unit === points || (unit === 'fraction' && shown === '%'))
    return { there: (x: number) => x * 100, back: (x: number) => x / 100 };
  const seconds = unit === 's' ? (timeUnits.find((one) => one.unit === shown)?.seconds ?? 1) : 1;
  return { there: (x: number) => x / seconds, back: (x: number) => x * seconds };
}

/** So many digits that count, but all of those before the point; parses as a number. */
function rounded(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toExponential(digits - 1);
  return Number.isInteger(value) || size >= 10 ** (digits - 1) ? value.toFixed(0) : value.toPrecision(digits);
}

/** With thousands apart, no zeros at the end of a fraction, a minus that isn't a hyphen, and none before 0. */
function grouped(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = ''] = /^(-?)(\d+)(?:\.(\d+))?(e.*)?$/.exec(text) ?? [];
  if (whole === '') return '–';
  const digits = exponent === '' ? fraction.replace(/0+$/, '') : fraction;
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const number = `${digits === '' ? thousands : `${thousands}.${digits}`}${exponent}`;
  return sign === '' || /^[0.,]*$/.test(number) ? number : `−${number}`;
}
