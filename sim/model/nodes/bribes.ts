import { NONE, type NodeIndex, type PanelIndex } from '../columns/nodes.js';
import type { Bribe } from '../contract/roles.js';
import type { Solvency } from '../matching/solvency.js';
import type { World } from '../world/world.js';

/** A bribe, and who pays it. */
interface Offer extends Bribe {
  readonly operator: number;
}

export type Bribes = ReturnType<typeof createBribes>;

/**
 * What operators offer those who are asked about a node's attempts, one offer a node; paid when all have replied, as
 * only the panel's replies are known to both sides.
 */
export function createBribes(world: World, solvency: Solvency) {
  const { attempts, ledger, operators, ownership, panels } = world;
  const offers = new Map<NodeIndex, Offer>();

  /** Sets or (null) withdraws the operator's offer; false where another's stands that is worth as much. */
  function offer(operator: number, subject: NodeIndex, bribe: Bribe | null): boolean {
    const standing = offers.get(subject);
    const isOthers = standing !== undefined && standing.operator !== operator;
    if (bribe === null) return !isOthers && offers.delete(subject);
    if (!(bribe.amount > 0 && Math.floor(bribe.amount) === bribe.amount)) {
      throw new Error(`bribe: expected a whole amount of micro-tokens above 0, found ${bribe.amount}`);
    }
    if (isOthers && standing.amount >= bribe.amount) return false;
    offers.set(subject, { ...bribe, operator });
    return true;
  }

  /** The offer to the panel's members; null without one, or if its operator can't pay all of them. */
  function offeredTo(panel: PanelIndex): Bribe | null {
    if (offers.size === 0) return null;
    const standing = offers.get(attempts.node[panels.attempt[panel]!]!);
    if (standing === undefined) return null;
    return ledger.balance[standing.operator]! >= standing.amount * panels.asked[panel]! ? standing : null;
  }

  /** Pays who voted as asked, now that all have; who belongs to the operator itself isn't paid. */
  function settle(panel: PanelIndex): void {
    const { operator, isForSubject, amount, paysLosersOnly } = offers.get(attempts.node[panels.attempt[panel]!]!)!;
    const signed = panels.signed[panel]!;
    const refused = panels.refused[panel]!;
    if (paysLosersOnly && (isForSubject ? signed > refused : refused > signed)) return;
    for (let place = 0; place < panels.asked[panel]!; place++) {
      const member = panels.repliedOf(panel, place);
      if (member === NONE || panels.hasRefused(panel, place) === isForSubject) continue;
      const taker = ownership.operator[member]!;
      if (taker === operator) continue;
      ledger.transfer(operator, taker, amount);
      operators.bribes[operator]! += amount;
      operators.bribes[taker]! -= amount;
      solvency.balanceChanged(taker);
    }
    solvency.balanceChanged(operator);
  }

  return { offer, offeredTo, settle };
}
