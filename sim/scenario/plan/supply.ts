import type { Supply } from '../../model/contract/definition.js';
import { microTokens } from '../../model/contract/units.js';
import { supplyLimit } from '../../model/money/ledger.js';
import { newcomersMost } from '../../model/outside/newcomers.js';
import type { Scenario } from '../schema/scenario-schema.js';

/** Tokens that the scenario's treasury, clients and operators begin with, or bring along. */
export function supplyOf({ fleet, horizon, money, protocol, workload }: Scenario): Supply {
  let tokens = money.treasury + money.clientBudget * Object.keys(workload).length;
  let staked = 0;
  for (const { funds, joins, nodes = 0, stake } of Object.values(fleet)) {
    const identities = nodes + newcomersMost(joins.newcomers, horizon);
    staked += identities * stake;
    tokens += identities * (stake + protocol.stake.identityFee) + funds;
  }
  return { tokens, staked, limit: supplyLimit / microTokens };
}
