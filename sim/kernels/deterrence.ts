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
