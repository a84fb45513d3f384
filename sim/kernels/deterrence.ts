import { expm1 } from '../engine/math.js';

/** What an operator reckons that a job comes to for it [tokens]. */
export interface Stakes {
  /** Pay of a job. */
  readonly pay: number;
  /** What it saves by not computing. */
  readonly saved: number;
  /** What a wrong result that is accepted is worth to it outside of the network. */
  readonly gain: number;
  /** What it loses of its stake when it is found out, and of its future. */
  readonly slashed: number;
  readonly future: number;
}

/**
 * What a lie brings more than honest work if it is found out with probability q: c + (1 − q)·g − q·(w + σS + F)
 * [tokens], above 0 below the critical q* = (c + g)/(w + g + σS + F).
 *
 * Source: G. S. Becker, Crime and punishment: an economic approach, J. Political Economy 76 (1968), 169-217.
 */
export function advantageOfLying({ pay, saved, gain, slashed, future }: Stakes, q: number): number {
  return saved + (1 - q) * gain - q * (pay + slashed + future);
}

/**
 * What a steady income is worth now: ∫ income·e^(−rt) dt from 0 to the horizon, the V of an identity and the F that
 * its operator loses with it; in the income's unit.
 *
 * @param incomePerYear 0 or more
 * @param rate yearly rate r at which what comes later counts less, 0 or more
 * @param years horizon, 0 or more
 */
export function presentValue(incomePerYear: number, rate: number, years: number): number {
  return rate === 0 ? incomePerYear * years : (incomePerYear * -expm1(-rate * years)) / rate;
}
