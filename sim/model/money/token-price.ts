import { z } from 'zod';
import { exp, normalQuantile } from '../../engine/math.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';
import { duration, fraction, quantity } from '../contract/settings.js';
import { secondsPerDay } from '../contract/units.js';
import type { ExogenousRow } from '../outside/exogenous-row.js';

const movesMost = 1_000;

/** The setting `money.tokenPath`. */
export const tokenPathSchema = z
  .strictObject({
    volatility: quantity({
      least: 0,
      most: 1,
      unit: '1',
      meaning: 'Standard deviation of its logarithm after a day; it grows with the square root of the time',
    }).default(0),
    drift: quantity({
      least: -0.2,
      most: 0.2,
      unit: '1 a day',
      meaning: 'Mean change of its logarithm in a day',
    }).default(0),
    every: duration({ least: 60, meaning: 'Interval of the walk’s steps, between which it is straight' }).prefault(
      '1h',
    ),
    steps: z
      .array(
        z.strictObject({
          at: duration({ meaning: 'When it changes' }),
          factor: quantity({ least: 0, most: 1_000_000, unit: '1', meaning: 'By which it is multiplied from then on' }),
        }),
      )
      .max(movesMost, `expected at most ${movesMost} steps`)
      .describe('Changes at once')
      .default([]),
    crashes: z
      .array(
        z.strictObject({
          at: duration({ meaning: 'When it begins to fall' }),
          falls: fraction({ meaning: 'Share of the price that is lost, for good' }),
          over: duration({ meaning: 'Time in which it falls, evenly' }).prefault('1d'),
        }),
      )
      .max(movesMost, `expected at most ${movesMost} crashes`)
      .describe('Falls from which it doesn’t come back')
      .default([]),
  })
  .describe('How the token’s price moves: a geometric random walk, steps and crashes, multiplied; default: it doesn’t')
  .prefault({});

export type TokenPath = z.output<typeof tokenPathSchema>;

/** Prices beyond this come to sums that no figure can show [USD]. */
const priceMost = 1e9;

/**
 * The price of a token, a pure function of seed and time, so that nothing in the network moves it.
 *
 * Its walk's logarithm is straight between two steps; those up to the latest time that was asked for are kept.
 */
export class TokenPrice {
  /** True if it never moves. */
  readonly isConstant: boolean;
  readonly #start: number;
  readonly #draw: KeyedDraw;
  readonly #path: TokenPath;
  readonly #walks: boolean;
  /** Logarithm of the walk over its start, at each step so far. */
  readonly #logarithms: number[] = [0];

  /** @param start [USD] */
  constructor(draw: KeyedDraw, start: number, path: TokenPath) {
    this.#draw = draw;
    this.#start = start;
    this.#path = path;
    this.#walks = path.volatility > 0 || path.drift !== 0;
    this.isConstant = !this.#walks && path.steps.length === 0 && path.crashes.length === 0;
  }

  /** The price at a time, 0 or later [USD]; a step counts from its time on. */
  at(seconds: number): number {
    let price = this.#start;
    if (this.#walks) price *= exp(this.#logarithmAt(seconds));
    for (const { at, factor } of this.#path.steps) if (seconds >= at) price *= factor;
    for (const { at, falls, over } of this.#path.crashes) {
      if (seconds >= at + over) price *= 1 - falls;
      else if (seconds > at) price *= 1 - (falls * (seconds - at)) / over;
    }
    return Math.min(priceMost, price);
  }

  /** Its mean over a stretch of time [USD]; between two times at once it is that then. */
  mean(from: number, to: number): number {
    if (this.isConstant) return this.#start;
    if (to <= from) return this.at(to);
    const times = this.#bendsBetween(from, to);
    let sum = 0;
    for (let place = 1; place < times.length; place++) {
      const [start, end] = [times[place - 1]!, times[place]!];
      // Simpson's rule; a step at the end isn't of this stretch
      const middle = this.at((start + end) / 2);
      sum += ((end - start) * (this.at(start) + 4 * middle + this.at(end - (end - start) * 1e-9))) / 6;
    }
    return sum / (to - from);
  }

  /** Times at which its course bends, ascending, with both ends. */
  #bendsBetween(from: number, to: number): number[] {
    const { every, steps, crashes } = this.#path;
    const times = [from, to];
    if (this.#walks) for (let step = Math.floor(from / every) + 1; step * every < to; step++) times.push(step * every);
    for (const at of [...steps.map((step) => step.at), ...crashes.flatMap(({ at, over }) => [at, at + over])]) {
      if (at > from && at < to) times.push(at);
    }
    return times.sort((a, b) => a - b);
  }

  /** The price at the steps of its walk up to the horizon; of one that doesn’t walk, the scenario says all. */
  *exogenousRows(horizonSeconds: number): Generator<ExogenousRow> {
    const { every } = this.#path;
    for (let step = 1; this.#walks && step * every <= horizonSeconds; step++) {
      yield { source: 'token-price', ordinal: step, purpose: 'price', number: 0, value: this.at(step * every) };
    }
  }

  #logarithmAt(seconds: number): number {
    const place = seconds / this.#path.every;
    const step = Math.floor(place);
    const before = this.#logarithm(step);
    return before + (this.#logarithm(step + 1) - before) * (place - step);
  }

  #logarithm(step: number): number {
    const { volatility, drift, every } = this.#path;
    const logarithms = this.#logarithms;
    const days = every / secondsPerDay;
    while (logarithms.length <= step) {
      const luck = this.#draw.uniform(logarithms.length, 0, Purpose.tokenPrice);
      const change = drift * days + volatility * Math.sqrt(days) * normalQuantile(luck);
      logarithms.push(logarithms[logarithms.length - 1]! + change);
    }
    return logarithms[step]!;
  }
}
