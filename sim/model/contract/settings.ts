/**
 * Building blocks of the schema: each names its unit, range and meaning once, for checking, faults and documents.
 *
 * Every refusal carries a message that begins with `expected `, which the check prints as it stands.
 */

import { z } from 'zod';
import {
  constant,
  type Distribution,
  empirical,
  exponential,
  GREATEST_DRAW,
  lognormal,
  pareto,
  uniform,
  weibull,
} from '../../engine/distributions.js';
import { microTokens, secondsPerDay, secondsPerHour, secondsPerMinute, toMicroTokens } from './units.js';

/** What the documents say about a setting. */
interface Setting {
  readonly meaning: string;
  /** `seconds`, `tokens`, `USD`, …; absent for plain numbers, texts and switches. */
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** A lower bound that is itself refused. */
  readonly exclusiveMinimum?: number;
  /** An upper bound that is itself refused. */
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
}

interface Meaning {
  readonly meaning: string;
}

interface Range {
  /** Smallest value, included. */
  readonly least?: number;
  /** Largest value, included. */
  readonly most?: number;
}

interface OpenRange extends Range {
  /** Lower bound, excluded. */
  readonly above?: number;
  /** Upper bound, excluded. */
  readonly below?: number;
}

/** The seconds in each unit of durations but the millisecond. */
export const UNIT_SECONDS = {
  s: 1,
  m: secondsPerMinute,
  h: secondsPerHour,
  d: secondsPerDay,
  w: 7 * secondsPerDay,
} as const;
// a zero at the head is refused as with other numbers, which some readers of YAML take as octal
const DURATION = /^((?:0|[1-9]\d{0,14})(?:\.\d{1,15})?)(ms|[smhdw])$/;
/** No duration is longer [s], included: thousands of times the longest horizon, after which nothing happens. */
const DURATION_MAX = 10_000_000 * secondsPerDay;
/** No duration but 0 is shorter [s], included: what is divided by it stays finite. */
const DURATION_MIN = 0.000001 / 1_000;
/** No draw is larger, excluded: products and quotients with other settings stay finite, however heavy the tail. */
const DRAW_MAX = 1e100;
const PER_SECONDS = { perSecond: 1, perHour: secondsPerHour, perDay: secondsPerDay } as const;
const DISTRIBUTION_KINDS = ['constant', 'uniform', 'exponential', 'weibull', 'lognormal', 'pareto', 'empirical'];

/** Keys of which a map has only one: a nearer file that gives one takes the place of the others. */
export const ALTERNATIVES: readonly (readonly string[])[] = [
  DISTRIBUTION_KINDS,
  Object.keys(PER_SECONDS),
  ['at', 'between'],
  ['at', 'after'],
  ['over', 'after'],
  ['pattern', 'up'],
  ['pattern', 'down'],
  ['nodes', 'trace'],
  ['from', 'lastDays'],
  ['to', 'lastDays'],
];

/**
 * A span of time in seconds: a number of seconds or a text such as 300ms, 30s, 20m, 1.5h, 30d or 2w; 0, or from a
 * nanosecond to 10,000,000 days.
 *
 * With `orZero`, 0 is allowed below the least, too.
 */
export function duration(
  options: Meaning & Range & { readonly positive?: boolean; readonly orZero?: boolean },
): z.ZodType<number, number | string> {
  const { least = 0, most, positive = false, orZero = false } = options;
  const lower = positive ? { above: 0 } : { least: least > 0 ? least : undefined };
  const bounds = toBounds({ ...lower, most }, (bound) => (bound === 0 ? '0' : toDuration(bound)));
  const name = orZero ? '0 or a duration' : 'a duration';
  const expected = `expected ${name}${bounds === '' ? '' : ` ${bounds},`} such as 30d, 20m or 300ms`;
  return z
    .union([z.number(), z.string().meta({ pattern: DURATION.source })], expected)
    .transform((written, context) => {
      const seconds = typeof written === 'number' ? written : toSeconds(written);
      if (seconds === 0 && (orZero || (least === 0 && !positive))) return 0;
      if (seconds >= Math.max(least, DURATION_MIN) && seconds <= (most ?? DURATION_MAX)) return seconds;
      const isTooLong = most === undefined && seconds > DURATION_MAX;
      if (isTooLong || (seconds > 0 && seconds < DURATION_MIN)) {
        const limit = isTooLong ? `at most ${toDuration(DURATION_MAX)}` : `at least ${toDuration(DURATION_MIN)}`;
        const message = `expected a duration of ${limit}`;
        context.addIssue({ code: 'custom', message, input: written });
        return z.NEVER;
      }
      context.addIssue({ code: 'custom', message: expected, input: written, params: { suggestion: guess(written) } });
      return z.NEVER;
    })
    .meta(
      describe(options, {
        unit: 'seconds',
        maximum: most,
        [positive ? 'exclusiveMinimum' : 'minimum']: orZero ? 0 : least,
      }),
    );
}

/** Whether a text is a duration, such as `20m`. */
export function isDurationText(text: string): boolean {
  return DURATION.test(text);
}

/** The seconds in a text that is a duration, or was meant as one: `20m`, `20 min`, `1h30m`; undefined for any other. */
export function secondsMeant(text: string): number | undefined {
  const seconds = toSeconds(isDurationText(text) ? text : (guess(text) ?? ''));
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** The seconds in a text such as `20m`; NaN if it isn't a duration. */
function toSeconds(text: string): number {
  const match = DURATION.exec(text);
  if (match === null) return Number.NaN;
  const amount = Number(match[1]);
  // Dividing is exact where multiplying by 0.001 isn't: 300ms is 0.3.
  return match[2] === 'ms' ? amount / 1_000 : amount * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}

/** A duration in its largest unit that leaves a whole number: 86400 is `1d`. */
export function toDuration(seconds: number): string {
  if (seconds === 0) return '0';
  // products of decimals carry noise beyond the millisecond
  const rounded = Math.round(seconds * 1_000) / 1_000;
  if (rounded > 0 && rounded !== seconds && Math.abs(rounded - seconds) < 1e-9 * seconds) return toDuration(rounded);
  for (const unit of ['w', 'd', 'h', 'm'] as const) {
    // Thirty days read better as days than as weeks.
    if (seconds % UNIT_SECONDS[unit] === 0 && !(unit === 'w' && seconds > 2 * UNIT_SECONDS.w)) {
      return `${seconds / UNIT_SECONDS[unit]}${unit}`;
    }
  }
  if (seconds >= 1) return `${seconds}s`;
  const milliseconds = String(Number((seconds * 1_000).toPrecision(12)));
  return milliseconds.includes('e') ? `${seconds} seconds` : `${milliseconds}ms`;
}

/**
 * A duration as people read it in a text: as `toDuration` has it where that is short, else in a unit that takes two
 * decimals, else rounded to four digits, as 2674487 is `30.95d`.
 */
export function toShortDuration(seconds: number): string {
  const exact = toDuration(seconds);
  if (Number.parseFloat(exact) < 1_000) return exact;
  const units = (['d', 'h', 'm', 's'] as const).filter((unit) => seconds >= UNIT_SECONDS[unit]);
  for (const unit of units) {
    const short = Math.round((seconds / UNIT_SECONDS[unit]) * 100) / 100;
    if (short < 10_000 && Math.abs(short * UNIT_SECONDS[unit] - seconds) <= 1e-9 * seconds) return `${short}${unit}`;
  }
  const [unit = 's'] = units;
  return `${Number((seconds / UNIT_SECONDS[unit]).toPrecision(4))}${unit}`;
}

const NAMES = { s: 'secs?|seconds?', m: 'mins?|minutes?', h: 'hrs?|hours?', d: 'days?', w: 'weeks?|wks?' } as const;
const PIECE = /^(\d+(?:\.\d+)?|\.\d+) ?([a-z]+)[ ,]*/i;

/**
 * `20 min` was meant as `20m`, `.5h` as `0.5h`, `1,5h` as `1.5h`, `1h30m` as `90m`, `1e3s` and `1_000s` as `1000s`,
 * `2d.` as `2d`, `01h` as `1h`; undefined where it isn't clear.
 */
function guess(written: number | string): string | undefined {
  if (typeof written === 'number') return undefined;
  // PT1H30M is how machines write it
  let rest = written
    .trim()
    .replace(/^p(\d+d)?t?/i, '$1')
    .replace(/^(\d+),(\d{1,2})(?=\s?[a-z])/i, '$1.$2')
    .replace(/^\d+(\.\d+)?e\+?\d{1,2}(?=\s?[a-z])/i, (number) => String(Number(number)))
    .replace(/(?<=\d)_(?=\d)/g, '')
    .replace(/(?<=[a-z])\.$/i, '');
  let seconds = 0;
  let pieces = 0;
  let only = '';
  for (let piece = PIECE.exec(rest); piece !== null && pieces < 8; piece = PIECE.exec(rest)) {
    const unit = unitNamed(piece[2]!);
    if (unit === undefined) return undefined;
    only = `${piece[1]!.replace(/^0+(?=\d)/, '').replace(/^\./, '0.')}${unit}`;
    seconds += toSeconds(only);
    rest = rest.slice(piece[0].length);
    pieces++;
  }
  if (pieces === 0 || rest !== '') return undefined;
  const text = pieces === 1 ? only : toDuration(seconds);
  return text !== written && !Number.isNaN(toSeconds(text)) ? text : undefined;
}

function unitNamed(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (/^(ms|msecs?|millis|milliseconds?)$/.test(lower)) return 'ms';
  return Object.entries(NAMES).find(([unit, names]) => new RegExp(`^(${unit}|${names})$`).test(lower))?.[0];
}

/** Micro-tokens are whole numbers, so amounts beyond this would lose their smallest unit. */
const TOKENS_MAX = 9_000_000_000;

/** An amount of tokens, at least 0, with at most 6 decimals: the micro-token is the smallest unit. */
export function tokens(options: Meaning & Range): z.ZodType<number> {
  const range = { least: options.least ?? 0, most: options.most };
  const expected = `expected an amount of tokens ${toBounds(range)}, with at most 6 decimals`;
  return withRange(z.number(expected), range, expected)
    .max(TOKENS_MAX, `expected an amount of tokens of at most ${TOKENS_MAX}`)
    .refine((amount) => toMicroTokens(amount) / microTokens === amount, expected)
    .meta(describe(options, { unit: 'tokens', minimum: range.least, maximum: options.most }));
}

/** A number in a unit that another setting names, or a text that may be a duration: the other setting tells. */
export function numberOrDuration(options: Meaning & { readonly unit: string }): z.ZodType<number | string> {
  const expected = 'expected a number, or for a time a duration such as 10m';
  return z
    .union([z.number(), z.string().meta({ pattern: DURATION.source })], expected)
    .meta(describe(options, { unit: options.unit }));
}

/** Prices beyond this come to sums that no figure can show. */
const USD_MAX = 1_000_000_000;

/** An amount of US dollars, at least 0 and at most 1,000,000,000. */
export function usd(options: Meaning & Range): z.ZodType<number> {
  return number('an amount in US dollars', { least: 0, most: USD_MAX, ...options }, 'USD');
}

/** A share of a whole, from 0 to 1. */
export function fraction(options: Meaning & Range): z.ZodType<number> {
  return number('a fraction', { least: 0, most: 1, ...options }, 'fraction');
}

/** A probability, from 0 to 1. */
export function probability(options: Meaning & Range): z.ZodType<number> {
  return number('a probability', { least: 0, most: 1, ...options }, 'probability');
}

/** A whole number, at least 0 unless told otherwise. */
export function count(options: Meaning & Range & { readonly unit?: string }): z.ZodType<number> {
  const range = { least: options.least ?? 0, most: options.most };
  const expected = `expected an integer ${toBounds(range)}`;
  return withRange(z.number(expected).int(expected), range, expected).meta(
    describe(options, { unit: options.unit, minimum: range.least, maximum: range.most }),
  );
}

/** Any finite number within the bounds, in the unit. */
export function quantity(options: Meaning & OpenRange & { readonly unit: string }): z.ZodType<number> {
  return number('a number', options, options.unit);
}

/** True or false. */
export function flag(options: Meaning): z.ZodType<boolean> {
  return z.boolean('expected true or false').meta(describe(options, {}));
}

/** A text of 1 to 80 printable characters. */
export function text(options: Meaning): z.ZodType<string> {
  const expected = 'expected a text of 1 to 80 printable characters';
  return z
    .string(expected)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,80}$/u, expected)
    .meta(describe(options, {}));
}

/** A name that scenarios give to one of their parts. */
export const partName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,39}$/,
    'expected a name of at most 40 letters, digits, - and _ that begins with a letter',
  )
  // programs that read what a run wrote, charts among them, may find something else under such a name
  .refine((name) => !(name in Object.prototype), 'expected a name that not every object of a program has');

/** One of the listed words. */
export function choice<const V extends readonly [string, ...string[]]>(
  values: V,
  options: Meaning,
): z.ZodType<V[number]> {
  return z.enum(values, `expected one of: ${values.join(', ')}`).meta(describe(options, {}));
}

/** A map whose keys are named where anything else stands in its place. */
function mapOf<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape);
  const example = `{${keys.map((key) => `${key}: …`).join(', ')}}`;
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'invalid_type' ? `expected a map of the form ${example}` : undefined),
  });
}

/**
 * A distribution: a plain value, or a map with one of the seven kinds as its only key.
 *
 * What is written lies from `least` to `most`. Draws below `least` count as that; a heavy tail may go beyond `most`,
 * but stays below 1e100.
 */
export function distribution(
  options: Meaning & Range & { readonly unit: 'seconds' | (string & {}) },
): z.ZodType<Distribution> {
  const { unit, least = 0, most } = options;
  const isTime = unit === 'seconds';
  const upper = most === undefined ? {} : { most };
  const value = (meaning: string) =>
    isTime ? duration({ meaning, least, ...upper }) : quantity({ meaning, least, ...upper, unit });
  const lower = least > 0 ? { least } : { above: 0 };
  const scale = (meaning: string) =>
    isTime ? duration({ meaning, positive: true, ...upper }) : quantity({ meaning, ...lower, ...upper, unit });
  const shape = quantity({ meaning: 'shape; the smaller, the heavier the tail', above: 0, unit: '' });
  const sigma = quantity({ meaning: 'standard deviation of the logarithm', least: 0, unit: '' });
  const only = <S extends z.ZodType>(kind: string, settings: S, build: (settings: z.output<S>) => Distribution) =>
    z.strictObject({ [kind]: settings }).transform((written) => () => build(written[kind] as z.output<S>));
  const range = mapOf({ low: value('smallest value'), high: value('largest value') }).refine(
    ({ low, high }) => low <= high,
    { message: 'expected a value of at least low', path: ['high'] },
  );
  const meanOnly = mapOf({ mean: scale('mean') });
  const shapeAndScale = mapOf({ shape, scale: scale('scale') });
  const medianAndSigma = mapOf({ median: scale('median'), sigma });
  const minimumAndShape = mapOf({ minimum: scale('smallest value'), shape });
  const values = z.array(value('observed value'), 'expected a list').min(1, 'expected a list of at least one value');
  const kinds = DISTRIBUTION_KINDS.join(', ');
  return z
    .union(
      [
        value('value').transform((written) => () => constant(written)),
        only('constant', value('value'), constant),
        only('uniform', range, ({ low, high }) => uniform(low, high)),
        only('exponential', meanOnly, ({ mean }) => exponential(mean)),
        only('weibull', shapeAndScale, ({ shape, scale }) => weibull(shape, scale)),
        only('lognormal', medianAndSigma, ({ median, sigma }) => lognormal(median, sigma)),
        only('pareto', minimumAndShape, ({ minimum, shape }) => pareto(minimum, shape)),
        only('empirical', values, empirical),
      ],
      `expected a ${isTime ? 'duration such as 20m' : 'number'} or a map with one of: ${kinds}`,
    )
    .transform((build, context): Distribution => {
      let built: Distribution | undefined;
      try {
        built = build();
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
      if (built !== undefined && built.quantile(GREATEST_DRAW) < DRAW_MAX) return atLeast(built, least);
      const message = `expected numbers whose distribution stays below ${DRAW_MAX}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .meta(describe(options, { unit, minimum: least, maximum: most }));
}

/** With draws below `least` in its place; what is written is no less, so the mean hardly changes. */
function atLeast(distribution: Distribution, least: number): Distribution {
  if (distribution.quantile(0) >= least) return distribution;
  return { ...distribution, quantile: (p) => Math.max(least, distribution.quantile(p)) };
}

function number(name: string, options: Meaning & OpenRange, unit: string): z.ZodType<number> {
  const bounds = toBounds(options);
  const expected = `expected ${name}${bounds === '' ? '' : ` ${bounds}`}`;
  return withRange(z.number(expected), options, expected).meta(
    describe(options, {
      unit: unit === '' ? undefined : unit,
      minimum: options.least,
      maximum: options.most,
      exclusiveMinimum: options.above,
      exclusiveMaximum: options.below,
    }),
  );
}

type Facts = { readonly [K in Exclude<keyof Setting, 'meaning'>]?: Setting[K] | undefined };
type Bounds = { readonly [K in keyof OpenRange]: OpenRange[K] | undefined };

function withRange(schema: z.ZodNumber, range: Bounds, expected: string): z.ZodNumber {
  let bounded = schema;
  if (range.least !== undefined) bounded = bounded.min(range.least, expected);
  if (range.above !== undefined) bounded = bounded.gt(range.above, expected);
  if (range.most !== undefined) bounded = bounded.max(range.most, expected);
  if (range.below !== undefined) bounded = bounded.lt(range.below, expected);
  return bounded;
}

/** The range in words: `from 0 to 1`, `of at least 1`, `above 0 and below 1`; empty where there is none. */
function toBounds(range: Bounds, write: (bound: number) => string = String): string {
  const { least, most, above, below } = range;
  if (least !== undefined && most !== undefined) return `from ${write(least)} to ${write(most)}`;
  const words: string[] = [];
  if (least !== undefined) words.push(`of at least ${write(least)}`);
  if (above !== undefined) words.push(`above ${write(above)}`);
  if (most !== undefined) words.push(words.length === 0 ? `of at most ${write(most)}` : `at most ${write(most)}`);
  if (below !== undefined) words.push(`below ${write(below)}`);
  return words.join(' and ');
}

/** The metadata, with `description` for what reads zod's own field. */
function describe({ meaning }: Meaning, facts: Facts): Record<string, unknown> {
  const known = Object.entries(facts).filter(([, fact]) => fact !== undefined);
  return { ...Object.fromEntries(known), meaning, description: meaning };
}
