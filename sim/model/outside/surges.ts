import { z } from 'zod';
import { KeyedDraw } from '../../engine/random-stream.js';
import { partName, quantity } from '../contract/settings.js';
import { checkSpans, createSpans, hasWhen, type Spans, spanKeys, whenExpected } from './spans.js';

/** Spans in which a workload's arrivals are multiplied, by name. */
export const surgesSchema = z
  .record(
    partName,
    checkSpans(
      z.strictObject({
        ...spanKeys,
        factor: quantity({ least: 0, most: 1_000, unit: '1', meaning: 'By which arrivals are multiplied' }),
      }),
    )
      .refine(hasWhen, whenExpected)
      .describe('A surge, or below a factor of 1 a lull'),
  )
  .describe('Spans with more, or less, arrivals than usual, by name');

/** A span in which more, or less, is asked for than usual. */
export interface Surge {
  readonly name: string;
  readonly spans: Spans;
  /** By which the rate is multiplied, 0 or more. */
  readonly factor: number;
}

/** The surges that a workload's settings name. */
export function createSurges(
  seed: number | string,
  workload: string,
  settings: z.output<typeof surgesSchema>,
): readonly Surge[] {
  return Object.entries(settings).map(([name, { factor, ...when }]) => ({
    name,
    spans: createSpans(new KeyedDraw(`${seed}/workload/${workload}/surge/${name}`), when),
    factor,
  }));
}

/** Time up to the horizon in which as many jobs would arrive at the usual rate, surges counted by their factor [s]. */
export function demandSeconds(surges: readonly Surge[], horizonSeconds: number): number {
  let seconds = horizonSeconds;
  for (const { spans, factor } of surges) {
    for (let number = 0; spans.start(number) < horizonSeconds; number++) {
      seconds += (factor - 1) * (Math.min(spans.end(number), horizonSeconds) - spans.start(number));
    }
  }
  return Math.max(0, seconds);
}

/** The product of the factors of all surges under way: constant from one start or end to the next. */
export class DemandFactor {
  readonly #surges: readonly Surge[];
  /** By surge: the span under way, or the next one. */
  readonly #number: Float64Array;
  readonly #isUnderWay: Uint8Array;
  /** By surge and span: jobs that came in it; none where there is no entry. */
  readonly #arrivals: readonly Map<number, number>[];
  /** The factor that holds now. */
  factor = 1;
  /** It holds until this time [s], excluded; Infinity for ever. */
  until = Number.POSITIVE_INFINITY;

  constructor(surges: readonly Surge[]) {
    this.#surges = surges;
    this.#number = new Float64Array(surges.length);
    this.#isUnderWay = new Uint8Array(surges.length);
    this.#arrivals = surges.map(() => new Map());
    this.advance(0);
  }

  /** Moves on to `now` [s], which never goes back. */
  advance(now: number): void {
    this.factor = 1;
    this.until = Number.POSITIVE_INFINITY;
    for (const [place, { spans, factor }] of this.#surges.entries()) {
      while (spans.end(this.#number[place]!) <= now) this.#number[place]!++;
      const start = spans.start(this.#number[place]!);
      const isUnderWay = start <= now;
      this.#isUnderWay[place] = isUnderWay ? 1 : 0;
      if (isUnderWay) this.factor *= factor;
      this.until = Math.min(this.until, isUnderWay ? spans.end(this.#number[place]!) : start);
    }
  }

  /** A job came at a time for which the factor holds. */
  arrived(): void {
    for (const [place, arrivals] of this.#arrivals.entries()) {
      if (this.#isUnderWay[place] === 0) continue;
      const number = this.#number[place]!;
      arrivals.set(number, (arrivals.get(number) ?? 0) + 1);
    }
  }

  arrivalsIn(surge: number, number: number): number {
    return this.#arrivals[surge]!.get(number) ?? 0;
  }
}
