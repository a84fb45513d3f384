import { log } from '../../engine/math.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';

/** Who comes to a cohort over the run besides the nodes that it declares: a Poisson process, a function of the seed. */
export class Newcomers {
  /** Newcomers that there is room for; later ones are refused. */
  readonly most: number;
  readonly #draw: KeyedDraw;
  readonly #ratePerSecond: number;
  readonly #from: number;
  /** Times so far; each is reckoned once. */
  readonly #times: number[] = [];

  /** @param from nobody comes before this time [s] */
  constructor(draw: KeyedDraw, ratePerSecond: number, from: number, most: number) {
    this.#draw = draw;
    this.#ratePerSecond = ratePerSecond;
    this.#from = from;
    this.most = most;
  }

  /** When newcomer `number`, from 0, comes [s]; Infinity at rate 0. */
  arrivesAt(number: number): number {
    if (this.#ratePerSecond === 0) return Number.POSITIVE_INFINITY;
    for (let next = this.#times.length; next <= number; next++) {
      const gap = -log(1 - this.#draw.uniform(next, 0, Purpose.newcomer)) / this.#ratePerSecond;
      this.#times.push((this.#times[next - 1] ?? this.#from) + gap);
    }
    return this.#times[number]!;
  }
}
