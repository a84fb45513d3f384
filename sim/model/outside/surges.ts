import type { Spans } from './spans.js';

/** A span in which more, or less, is asked for than usual. */
export interface Surge {
  readonly name: string;
  readonly spans: Spans;
  /** By which the rate is multiplied, 0 or more. */
  readonly factor: number;
}

/** The product of the factors of all surges under way: constant from one start or end to the next. */
export class DemandFactor {
  readonly #surges: readonly Surge[];
  /** By surge: the span under way, or the next one. */
  readonly #number: Float64Array;
  /** The factor that holds now. */
  factor = 1;
  /** It holds until this time [s], excluded; Infinity for ever. */
  until = Number.POSITIVE_INFINITY;

  constructor(surges: readonly Surge[]) {
    this.#surges = surges;
    this.#number = new Float64Array(surges.length);
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
      if (isUnderWay) this.factor *= factor;
      this.until = Math.min(this.until, isUnderWay ? spans.end(this.#number[place]!) : start);
    }
  }
}
