import type { Supply } from '../../model/contract/definition.js';
import { microTokens } from '../../model/contract/units.js';
import { supplyLimit } from '../../model/money/ledger.js';
import type { Scenario } from '../schema/scenario-schema.js';
import { roomOf } from './fleet/room.js';

/** Tokens that the scenario's treasury, clients and operators begin with, or bring along. */
export function supplyOf({ fleet, horizon, money, protocol, registry, workload }: Scenario): Supply {
  let tokens = money.treasury + money.clientBudget * Object.keys(workload).length;
  let staked = 0;
  for (const cohort of Object.values(fleet)) {
    const { delegated, funds, nodes = 0, stake, strategy } = cohort;
    const identities = nodes + roomOf(cohort, horizon);
    const { stakeOf } = registry.cohortPlan(strategy, identities);
    const own = stakeOf === undefined ? identities * stake : sumOf(stakeOf, identities) / microTokens;
    staked += own + identities * delegated;
    tokens += own + identities * (delegated + protocol.stake.identityFee) + funds;
  }
  return { tokens, staked, limit: supplyLimit / microTokens };
}

function sumOf(amountOf: (identity: number) => number, identities: number): number {
  let sum = 0;
  for (let identity = 0; identity < identities; identity++) sum += amountOf(identity);
  return sum;
}

/**
 * Who brings most of the supply, in words, and where that is set; where the clients' default does, the workloads, of
 * which each has it.
 */
export function largestPart(scenario: Scenario, hasBudget: boolean) {
  const { fleet, money, workload } = scenario;
  const count = Object.keys(workload).length;
  const clients = money.clientBudget * count;
  const operators = supplyOf(scenario).tokens - clients - money.treasury;
  if (operators >= Math.max(clients, money.treasury)) {
    const tokensOf = (name: string) => supplyOf({ ...scenario, fleet: { [name]: fleet[name]! } }).tokens;
    const name = Object.keys(fleet).reduce((most, other) => (tokensOf(other) > tokensOf(most) ? other : most));
    return { path: ['fleet', name], inWords: `stakes and funds, those of ${name} the most` };
  }
  if (money.treasury > clients) return { path: ['money', 'treasury'], inWords: 'the treasury’s' };
  const inWords = `the clients’: money.clientBudget, ${money.clientBudget}, for each of ${count} workloads`;
  return { path: hasBudget ? ['money', 'clientBudget'] : ['workload'], inWords };
}
