import type { Distribution } from '../../engine/distributions.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';

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

/** Spans from the given times on [s, rising], as long as `lasting` draws. */
export function scheduledSpans(draw: KeyedDraw, at: readonly number[], lasting: Distribution): Spans {
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
export function drawnSpans(draw: KeyedDraw, between: Distribution, lasting: Distribution): Spans {
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
