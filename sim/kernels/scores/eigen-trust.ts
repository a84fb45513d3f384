/** Who trusts whom by how much, one entry a pair; what isn't above 0 counts as no trust. */
export interface LocalTrust {
  readonly raters: ArrayLike<number>;
  readonly subjects: ArrayLike<number>;
  readonly amounts: ArrayLike<number>;
}

/** How long the iteration may go on where it hardly converges: without any weight of the pre-trust it may never. */
const iterationsMost = 10_000;

/**
 * EigenTrust: t ← (1 − a)·Cᵀt + a·p until ‖Δt‖₂ ≤ ε, with c_ij = max(s_ij, 0)/Σ_j max(s_ij, 0), and p for who trusts
 * nobody. Its sum is 1 where those of p and of the start are.
 *
 * Source: S. D. Kamvar, M. T. Schlosser, H. Garcia-Molina, The EigenTrust algorithm, WWW 2003.
 *
 * @param preTrust p, of which the sum is 1
 * @param weight a, from 0 to 1
 * @param trust where it starts, and what it comes to; the last result is near the next
 */
export function eigenTrust(
  { raters, subjects, amounts }: LocalTrust,
  preTrust: Float64Array,
  weight: number,
  epsilon: number,
  trust: Float64Array,
): void {
  const given = new Float64Array(trust.length);
  for (let entry = 0; entry < amounts.length; entry++) given[raters[entry]!]! += Math.max(0, amounts[entry]!);
  const next = new Float64Array(trust.length);
  for (let iteration = 0; iteration < iterationsMost; iteration++) {
    next.fill(0);
    /** Trust of those who trust nobody. */
    let spare = 0;
    for (let node = 0; node < trust.length; node++) if (given[node] === 0) spare += trust[node]!;
    for (let entry = 0; entry < amounts.length; entry++) {
      if (!(amounts[entry]! > 0)) continue;
      const rater = raters[entry]!;
      next[subjects[entry]!]! += (trust[rater]! * amounts[entry]!) / given[rater]!;
    }
    let moved = 0;
    for (let node = 0; node < trust.length; node++) {
      const value = (1 - weight) * (next[node]! + spare * preTrust[node]!) + weight * preTrust[node]!;
      moved += (value - trust[node]!) * (value - trust[node]!);
      trust[node] = value;
    }
    if (Math.sqrt(moved) <= epsilon) return;
  }
}
