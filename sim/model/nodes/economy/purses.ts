import { NONE } from '../../columns/nodes.js';
import type { World } from '../../world/world.js';
import type { Hands } from '../hands.js';

/**
 * Purses that are filled by members who earn, and spent by members who need, without any strategy's doing.
 * @returns null where no cohort shares one
 */
export function createPurses(world: World, hands: Hands) {
  const { cohorts, ledger, operators, ownership } = world;
  const sharing = cohorts.filter(({ purse }) => purse.gives > 0 || purse.takesUpTo > 0);
  if (sharing.length === 0) return null;
  /** By operator: what its nodes had earned as it last gave, and what it still means to give [micro-tokens]. */
  const earned = new Float64Array(operators.count);
  const meant = new Float64Array(operators.count);

  function earnedBy(operator: number): number {
    let sum = 0;
    let node = operators.lastNode[operator]!;
    for (; node !== NONE; node = ownership.previousOfOperator[node]!) sum += ledger.earned(node);
    return sum;
  }

  /** Everybody gives before anybody takes, so that no cohort's place in the scenario decides who finds something. */
  function epochEnded(epoch: number): void {
    for (const { purse, firstOperator, operatorCount } of sharing) {
      if (purse.gives === 0) continue;
      for (let operator = firstOperator; operator < firstOperator + operatorCount; operator++) {
        const sum = earnedBy(operator);
        meant[operator]! += Math.max(0, sum - earned[operator]!) * purse.gives;
        earned[operator] = sum;
        // what is in escrow it gives once it is paid
        const amount = Math.floor(Math.min(meant[operator]!, ledger.balance[operator]!));
        if (amount > 0 && hands.actionsOf(operator, epoch).give(amount)) meant[operator]! -= amount;
      }
    }
    for (const { purse, firstOperator, operatorCount } of sharing) {
      for (let operator = firstOperator; operator < firstOperator + operatorCount; operator++) {
        const lacking = purse.takesUpTo - ledger.balance[operator]!;
        if (lacking <= 0) continue;
        const actions = hands.actionsOf(operator, epoch);
        const amount = Math.min(lacking, actions.purse());
        if (amount > 0) actions.take(amount);
      }
    }
  }

  return { epochEnded };
}
