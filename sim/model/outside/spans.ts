import { z } from 'zod';
import { type Distribution, meanUpTo } from '../../engine/distributions.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';
import { distribution, duration } from '../contract/settings.js';
import { secondsPerDay } from '../contract/units.js';
import type { ExogenousRow } from './exogenous-row.js';

/** Shorter times between events of a random process make more events than anyone can wait for. */
const shortestMeanSeconds = 60;

const isLongEnough = (time: Distribution | undefined) => time === undefined || time.mean >= shortestMeanSeconds;
/** A mean that few, very long times make up says nothing of how often the process strikes between them. */
const isMostlyLongEnough = (time: Distribution | undefined) =>
  time === undefined || meanUpTo(time, secondsPerDay) >= shortestMeanSeconds;

const time = duration({ meaning: 'Start of one' });
const rising = z
  .array(time)
  .min(1, 'expected at least one time')
  .max(10_000, 'expected at most 10000 times')
  .refine((times) => times.every((at, place) => place === 0 || times[place - 1]! < at), 'expected times that rise');
const times = z
  .union(
    [time.transform((at): readonly number[] => [at]), rising],
    'expected a duration such as 10d, or a list of them',
  )
  .describe('When it starts: a set time, or a list of times that rise');

/** When something is the case: at set times, or again and again at random. */
export const spanKeys = {
  at: times.optional(),
  between: distribution({
    unit: 'seconds',
    meaning: 'Time from the end of one to the start of the next, at random, in place of at',
  }).optional(),
  for: distribution({ unit: 'seconds', meaning: 'How long each one lasts' }),
};

export interface SpanKeys {
  readonly at?: readonly number[] | undefined;
  readonly between?: Distribution | undefined;
  readonly for?: Distribution | undefined;
}

/** The checks that all spans share. */
export function checkSpans<S extends z.ZodType<SpanKeys>>(schema: S) {
  return schema
    .refine(({ at, between }) => at === undefined || between === undefined, 'expected either at or between, not both')
    .refine(({ between }) => isLongEnough(between), {
      path: ['between'],
      message: 'expected a mean of at least 1m between two',
    })
    .refine(({ between }) => !isLongEnough(between) || isMostlyLongEnough(between), {
      path: ['between'],
      message: 'expected a mean of at least 1m between two without the longest, those over 1d taken as 1d',
    })
    .refine((spans) => spans.for === undefined || spans.for.mean > 0, {
      path: ['for'],
      message: 'expected a time above 0',
    })
    .refine(({ at, for: lasting }) => lasting?.kind !== 'constant' || !overlap(at ?? [], lasting.mean), {
      path: ['at'],
      message: 'expected times at least as far apart as each lasts',
    });
}

function overlap(at: readonly number[], lastingSeconds: number): boolean {
  return at.some((start, place) => start > at[place - 1]! && start - at[place - 1]! < lastingSeconds);
}

export const hasWhen = ({ at, between }: SpanKeys) => at !== undefined || between !== undefined;
export const whenExpected = 'expected at (set times) or between (random)';

/**
 * Spans of time in which something is the case, numbered from 0: scheduled, or drawn; a function of the seed alone.
 *
 * Starts never fall, and spans never overlap: one that would outlast the next one's start ends there.
 */
export interface Spans {
  /** Start of span `number` [s], included; Infinity after the last. */
  start(number: number): number;
  /** End of span `number` [s], excluded; Infinity after the last. */
  end(number: number): number;
}

/** Spans at set times, or drawn; `checkSpans` has seen to it that one of the two is there, and how long they last. */
export function createSpans(draw: KeyedDraw, { at, between, for: lasting }: SpanKeys): Spans {
  return at === undefined ? drawnSpans(draw, between!, lasting!) : scheduledSpans(draw, at, lasting!);
}

/** Starts, and ends up to the horizon, of the spans that begin up to it. */
export function* spanRows(source: string, spans: Spans, horizonSeconds: number): Generator<ExogenousRow> {
  for (let number = 0; spans.start(number) <= horizonSeconds; number++) {
    yield { source, ordinal: 0, purpose: 'start', number, value: spans.start(number) };
    const end = spans.end(number);
    if (end <= horizonSeconds) yield { source, ordinal: 0, purpose: 'end', number, value: end };
  }
}

/** Spans from the given times on [s, rising], as long as `lasting` draws. */
function scheduledSpans(draw: KeyedDraw, at: readonly number[], lasting: Distribution): Spans {
  const start = (number: number) => at[number] ?? Number.POSITIVE_INFINITY;
  return {
    start,
    end: (number) => Math.min(start(number) + lasting.quantile(lengthDraw(draw, number)), start(number + 1)),
  };
}

/**
 * Alternating renewal process: time without, then a span, and so on from time 0.
 *
 * @param between from the end of a span (or time 0) to the next one's start [s], and
 * @param lasting length of a span [s]; one of the two has a mean above 0
 */
function drawnSpans(draw: KeyedDraw, between: Distribution, lasting: Distribution): Spans {
  const starts: number[] = [];
  const ends: number[] = [];
  const reach = (number: number) => {
    for (let next = starts.length; next <= number; next++) {
      const gap = between.quantile(draw.uniform(next, 0, Purpose.spanGap));
      const start = (ends[next - 1] ?? 0) + gap;
      starts.push(start);
      ends.push(start + lasting.quantile(lengthDraw(draw, next)));
    }
  };
  return {
    start: (number) => {
      reach(number);
      return starts[number]!;
    },
    end: (number) => {
      reach(number);
      return ends[number]!;
    },
  };
}

function lengthDraw(draw: KeyedDraw, number: number): number {
  return draw.uniform(number, 0, Purpose.spanLength);
}
