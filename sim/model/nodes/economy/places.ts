import { Limit } from '../../columns/limits.js';
import { NONE, type NodeIndex } from '../../columns/nodes.js';
import type { World } from '../../world/world.js';

/**
 * A limited number of places in the network: who enters when all are taken pays a price and takes that of the weakest.
 *
 * @param pushOut takes a present node out of the network, which keeps its stake and finishes what it works on
 */
export function createPlaces(world: World, pushOut: (node: NodeIndex) => void) {
  const { ledger, limits, nodes, operators, presentNodes, rules, simulation } = world;

  /**
   * Whether there is room for one more identity of an operator: not if all places are taken and all who are there are
   * immune, or the operator can't pay for one, which is counted.
   *
   * @param otherCosts of the entry [micro-tokens]
   */
  function isOpenTo(operator: number, otherCosts: number): boolean {
    const { places } = rules.now;
    if (places === null || presentNodes.size < places.most) return true;
    const canPay = ledger.balance[operator]! >= otherCosts + places.price;
    if (canPay && weakestNode(places.immunitySeconds) !== NONE) return true;
    limits.hit(Limit.places, simulation.now);
    return false;
  }

  /** Makes that room, for which the operator pays if need be; false, and nothing happens, if there is none. */
  function make(operator: number, otherCosts: number): boolean {
    if (!isOpenTo(operator, otherCosts)) return false;
    const { places } = rules.now;
    if (places === null || presentNodes.size < places.most) return true;
    ledger.payEntry(operator, places.price, places.priceTo);
    operators.identityFees[operator]! += places.price;
    pushOut(weakestNode(places.immunitySeconds));
    return true;
  }

  /** At the end of an epoch: after a change there can be more than there are places, who go once they aren't immune. */
  function epochEnded(): void {
    const { places } = rules.now;
    if (places === null) return;
    while (presentNodes.size > places.most) {
      const weakest = weakestNode(places.immunitySeconds);
      if (weakest === NONE) return;
      pushOut(weakest);
    }
  }

  /** Of those who aren't immune, the one of the lowest score; of equals who came first, and then the lower row. */
  function weakestNode(immunitySeconds: number): NodeIndex | typeof NONE {
    let weakest: number = NONE;
    for (let place = 0; place < presentNodes.size; place++) {
      const node = presentNodes.at(place);
      if (simulation.now - nodes.joinedAt[node]! < immunitySeconds) continue;
      if (weakest === NONE || isWeaker(node, weakest)) weakest = node;
    }
    return weakest;
  }

  function isWeaker(node: NodeIndex, other: NodeIndex): boolean {
    const byScore = nodes.score[node]! - nodes.score[other]!;
    if (byScore !== 0) return byScore < 0;
    const byEntry = nodes.joinedAt[node]! - nodes.joinedAt[other]!;
    return byEntry === 0 ? node < other : byEntry < 0;
  }

  return { isOpenTo, make, epochEnded };
}
