import type { Distribution } from '../../engine/distributions.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';

/**
 * When the machines of a cohort are up: sessions and outages in turn, each a pure function of machine and number.
 *
 * The first session begins when the machine enters.
 */
export interface OutageProcess {
  /** Length of session `number`, from 0 [s]; Infinity if it never ends. */
  sessionSeconds(ordinal: number, number: number): number;
  /** Length of the outage that follows session `number` [s]; Infinity if no session follows. */
  outageSeconds(ordinal: number, number: number): number;
}

/** Never down. */
export const alwaysUp: OutageProcess = {
  sessionSeconds: () => Number.POSITIVE_INFINITY,
  outageSeconds: () => Number.POSITIVE_INFINITY,
};

/** Alternating renewal process: independent sessions and outages, the first session fresh at the machine's entry. */
export class RenewalOutages implements OutageProcess {
  readonly #draw: KeyedDraw;
  readonly #up: Distribution;
  readonly #down: Distribution;

  /** @param up length of sessions [s] @param down length of outages [s] */
  constructor(draw: KeyedDraw, up: Distribution, down: Distribution) {
    this.#draw = draw;
    this.#up = up;
    this.#down = down;
  }

  sessionSeconds(ordinal: number, number: number): number {
    return this.#up.quantile(this.#draw.uniform(ordinal, number, Purpose.session));
  }

  outageSeconds(ordinal: number, number: number): number {
    return this.#down.quantile(this.#draw.uniform(ordinal, number, Purpose.outage));
  }
}

/** Sessions replayed from a trace: `starts` and `ends` [s], those of machine m from offsets[m] to offsets[m + 1]. */
export class ReplayedOutages implements OutageProcess {
  readonly #offsets: Int32Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;

  constructor(offsets: Int32Array, starts: Float64Array, ends: Float64Array) {
    this.#offsets = offsets;
    this.#starts = starts;
    this.#ends = ends;
  }

  sessionSeconds(ordinal: number, number: number): number {
    const session = this.#offsets[ordinal]! + number;
    return this.#ends[session]! - this.#starts[session]!;
  }

  outageSeconds(ordinal: number, number: number): number {
    const next = this.#offsets[ordinal]! + number + 1;
    if (next >= this.#offsets[ordinal + 1]!) return Number.POSITIVE_INFINITY;
    return this.#starts[next]! - this.#ends[next - 1]!;
  }
}
