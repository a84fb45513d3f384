export interface TrustGuardOptions {
  /** Weights of the present, of the mean of the past, and of the change. */
  readonly alpha: number;
  readonly beta: number;
  /** Of a rise, and of a fall: the second the larger, so that trust is lost faster than it is won. */
  readonly gammaRise: number;
  readonly gammaFall: number;
}

/**
 * α·R(t) + β·(1/t)·ΣR + γ·(R(t) − R(t − 1)), with a γ of its own for falls; kept from 0 to 1.
 *
 * Source: M. Srivatsa, L. Xiong and L. Liu, "TrustGuard: Countering Vulnerabilities in Reputation Management for
 * Decentralized Overlay Networks", WWW 2005, equation 2.
 *
 * @param reports raw trust of each interval, 0 to 1, the latest last; without any the result is NaN
 */
export function trustGuard(reports: ArrayLike<number>, options: TrustGuardOptions): number {
  let sum = 0;
  for (let place = 0; place < reports.length; place++) sum += reports[place]!;
  const now = reports[reports.length - 1]!;
  const change = now - (reports[reports.length - 2] ?? now);
  return guardedTrust(now, sum / reports.length, change, options);
}

/** The same of the latest report, the mean of all, and the change since the one before, where these are kept. */
export function guardedTrust(
  now: number,
  mean: number,
  change: number,
  { alpha, beta, gammaRise, gammaFall }: TrustGuardOptions,
): number {
  const gamma = change >= 0 ? gammaRise : gammaFall;
  return Math.max(0, Math.min(1, alpha * now + beta * mean + gamma * change));
}
