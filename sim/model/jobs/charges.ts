import { AttemptKind } from '../columns/attempts.js';
import { Limit } from '../columns/limits.js';
import type { AttemptIndex } from '../columns/nodes.js';
import { ChargedTo } from '../columns/rules.js';
import type { Solvency } from '../matching/solvency.js';
import type { World } from '../world/world.js';

export type Charges = ReturnType<typeof createCharges>;

/**
 * What operators are charged for answers.
 *
 * Who can't pay sends none: to the network its node is silent, as one whose transaction nobody includes. Nodes of
 * operators that have less than any answer costs aren't asked at all (`solvency`); this is left where a purse was
 * emptied while they worked. A check sends nothing.
 */
export function createCharges(world: World, solvency: Solvency) {
  const { attempts, ledger, limits, operators, ownership, simulation } = world;
  const { rewards } = world.roles;

  /** Takes what sending the attempt's answer costs; false, and nothing is taken, if its operator hasn't got it. */
  function answerPaid(attempt: AttemptIndex): boolean {
    if (rewards.charge === undefined || attempts.kind[attempt] === AttemptKind.check) return true;
    const amount = rewards.charge(attempt);
    if (amount === 0) return true;
    const operator = ownership.operator[attempts.node[attempt]!]!;
    if (ledger.balance[operator]! < amount) {
      limits.hit(Limit.charges, simulation.now);
      return false;
    }
    ledger.charge(operator, amount, rewards.chargedTo?.(attempt) ?? ChargedTo.treasury);
    operators.charged[operator]! += amount;
    solvency.balanceChanged(operator);
    return true;
  }

  return { answerPaid };
}
