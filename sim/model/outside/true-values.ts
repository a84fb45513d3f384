import { z } from 'zod';
import { exp, normalQuantile } from '../../engine/math.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';
import { duration, quantity } from '../contract/settings.js';
import { secondsPerDay } from '../contract/units.js';

/** The setting `value` of a workload. */
export const valueSchema = z
  .strictObject({
    start: quantity({ least: 1e-12, most: 1e12, unit: '1', meaning: 'True answer at the start' }).default(100),
    volatility: quantity({
      least: 0,
      // however long the run, no value overflows
      most: 1,
      unit: '1',
      meaning: 'Standard deviation of its logarithm after a day; it grows with the square root of the time',
    }).default(0.02),
    every: duration({ least: 1, meaning: 'Interval of the walk’s steps, between which it is straight' }).prefault('1h'),
  })
  .describe('How the true answer moves, where answers are numeric: a geometric random walk')
  .prefault({});

export type ValueSettings = z.output<typeof valueSchema>;

/**
 * What a workload with numeric answers asks for: a geometric random walk, its logarithm straight between two steps.
 *
 * A pure function of seed and time, so that protocol and attackers don't change it. Steps up to the latest time that
 * was asked for are kept.
 */
export class TrueValues {
  readonly tolerance: number;
  readonly #draw: KeyedDraw;
  readonly #settings: ValueSettings;
  /** Logarithm of the value over that at the start, at each step so far. */
  readonly #logarithms: number[] = [0];

  /** @param tolerance how far an answer may be off and be right, as a share of the value */
  constructor(draw: KeyedDraw, settings: ValueSettings, tolerance: number) {
    this.#draw = draw;
    this.#settings = settings;
    this.tolerance = tolerance;
  }

  /** The value at a time [s], 0 or later. */
  at(seconds: number): number {
    const { start, volatility, every } = this.#settings;
    if (volatility === 0) return start;
    const place = seconds / every;
    const step = Math.floor(place);
    const before = this.#logarithm(step);
    return start * exp(before + (this.#logarithm(step + 1) - before) * (place - step));
  }

  #logarithm(step: number): number {
    const { volatility, every } = this.#settings;
    const logarithms = this.#logarithms;
    while (logarithms.length <= step) {
      const luck = this.#draw.uniform(logarithms.length, 0, Purpose.value);
      const deviation = volatility * Math.sqrt(every / secondsPerDay);
      logarithms.push(logarithms[logarithms.length - 1]! + deviation * normalQuantile(luck));
    }
    return logarithms[step]!;
  }
}
