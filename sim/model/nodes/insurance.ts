import { Limit } from '../columns/limits.js';
import type { NodeIndex } from '../columns/nodes.js';
import type { EvidenceKind } from '../contract/evidence.js';
import { secondsPerYear } from '../contract/units.js';
import type { Solvency } from '../matching/solvency.js';
import type { World } from '../world/world.js';

export type Insurance = ReturnType<typeof createInsurance>;

/**
 * The insurance of stake against slashes: premiums at the end of each epoch, claims at the slash.
 *
 * A premium is for the epoch that ends, on the node's own stake and what of it unbonds, as both can be slashed. Whose
 * operator can't pay it whole pays nothing and is not insured until it pays the next one, so that nobody is insured for
 * what others paid. Who joins is insured at once.
 */
export function createInsurance(world: World, solvency: Solvency) {
  const { kinds, ledger, limits, nodes, operators, ownership, rules, simulation } = world;
  /** Nodes whose last premium wasn't paid. */
  const lapsed = new Set<NodeIndex>();

  /** At the end of an epoch, when everybody is paid. */
  function premiumsDue(): void {
    const { insurance, epochSeconds } = rules.now;
    if (insurance === null || insurance.premium === 0) {
      lapsed.clear();
      return;
    }
    const share = (insurance.premium * epochSeconds) / secondsPerYear;
    for (let node = 0; node < nodes.count; node++) {
      const insured = nodes.stake[node]! + ledger.unbonding[node]!;
      if (insured === 0) continue;
      const operator = ownership.operator[node]!;
      const premium = Math.floor(insured * share);
      if (ledger.balance[operator]! < premium) {
        lapsed.add(node);
        limits.hit(Limit.premiums, simulation.now);
        continue;
      }
      lapsed.delete(node);
      ledger.payPremium(operator, premium);
      operators.charged[operator]! += premium;
    }
  }

  /** Pays the operator what is covered of a slash of the node's own stake, as far as the fund had money before it. */
  function slashed(node: NodeIndex, amount: number, cause: EvidenceKind, fund: number): void {
    const { insurance } = rules.now;
    if (insurance === null || lapsed.has(node) || !insurance.findings.includes(kinds.nameOf(cause))) return;
    const claim = Math.floor(amount * insurance.covers);
    const operator = ownership.operator[node]!;
    const paid = ledger.payClaim(operator, Math.min(claim, fund));
    if (paid < claim) limits.hit(Limit.insurance, simulation.now);
    if (paid === 0) return;
    operators.claims[operator]! += paid;
    solvency.balanceChanged(operator);
  }

  return { premiumsDue, slashed };
}
