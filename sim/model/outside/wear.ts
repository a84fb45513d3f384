import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';

/** Slow degradation: worn machines lose a share of their true throughput at set intervals; what they declare stays. */
export class Wear {
  /** [s] */
  readonly everySeconds: number;
  /** Share of the throughput lost at each interval's end, below 1. */
  readonly loss: number;
  readonly #share: number;
  readonly #draw: KeyedDraw;

  /** @param share of the machines that wear */
  constructor(draw: KeyedDraw, everySeconds: number, loss: number, share: number) {
    this.#draw = draw;
    this.everySeconds = everySeconds;
    this.loss = loss;
    this.#share = share;
  }

  wears(ordinal: number): boolean {
    return this.#draw.uniform(ordinal, 0, Purpose.wear) < this.#share;
  }
}
