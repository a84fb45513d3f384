import type { Outline } from '../../../model/contract/definition.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import type { Teller } from './teller.js';

/** Whether results of some scheme of the protocol can be challenged. */
export function isChallengeable({ protocol, registry }: Scenario): boolean {
  return [protocol.verification]
    .flat()
    .some(({ kind }) => registry.entry('verification', kind).isChallengeable === true);
}

/** A bond currency in which nothing is locked, and what says something of one that there isn't. */
export function tellMoney(scenario: Scenario, { locksBonds }: Outline, teller: Teller): void {
  const { bondCurrency } = scenario.protocol;
  if (bondCurrency === 'bond-token') {
    if (locksBonds || isChallengeable(scenario)) return;
    const expected = 'rewards that lock bonds, or results that can be challenged';
    teller.warn(['protocol', 'bondCurrency'], expected, 'so that nothing is ever locked in it', bondCurrency);
    return;
  }
  const purses = Object.keys(scenario.fleet).map((name) => ['fleet', name, 'bondFunds']);
  for (const path of [...purses, ['money', 'bondTokenPrice']]) {
    if (teller.written(path) === undefined) continue;
    teller.warn(path, 'protocol.bondCurrency: bond-token beside it', 'so that there is no such currency');
  }
}
