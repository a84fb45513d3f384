/**
 * A standard normal error of which a share is common to all who face the same item: √share·common + √(1 − share)·own.
 *
 * Two such errors of one item have correlation `share`; each alone is standard normal, whatever the share. With
 * `common` and `own` standard normal and a node of success probability p right where the error is below Φ⁻¹(p), k of n
 * are right with probability ∫ C(n, k) q^k (1 − q)^(n − k) φ(z) dz, q = Φ((Φ⁻¹(p) − √share·z) / √(1 − share)), which
 * is the binomial one at share 0 (O. A. Vasicek, Probability of loss on a loan portfolio, 1987; of the difficulty of
 * items: F. M. Lord, A theory of test scores, 1952).
 *
 * @param share 0 to 1
 */
export function sharedError(share: number, common: number, own: number): number {
  return Math.sqrt(share) * common + Math.sqrt(1 - share) * own;
}
