import type { AccountOverTwin } from '../../../reports/charts/index.js';
import type { CohortAccount } from '../cohort-accounts.js';

/** Items of an account in plain words, in the order in which they lead to the profit, with their signs. */
const items = [
  { of: 'incomeUsd', name: 'pay and rewards', sign: 1 },
  { of: 'stolenUsd', name: 'undetected wrong results', sign: 1 },
  { of: 'savedUsd', name: 'computing left out', sign: 1 },
  { of: 'claimsUsd', name: 'borne by insurance or lender', sign: 1 },
  { of: 'computeUsd', name: 'machines and power', sign: -1 },
  { of: 'identityFeesUsd', name: 'fees for entering', sign: -1 },
  { of: 'ownJobsUsd', name: 'jobs of their own', sign: -1 },
  { of: 'chargesUsd', name: 'charges and premiums', sign: -1 },
  { of: 'attackCostsUsd', name: 'bribes, strikes, eclipses', sign: -1 },
  { of: 'slashedUsd', name: 'slashed', sign: -1 },
  { of: 'capitalCostUsd', name: 'cost of capital', sign: -1 },
] as const;

/**
 * By how much the accounts of attackers, and of honest operators, are better than in the honest twin, of which cohorts
 * have the same names; who attacks is who does in the run.
 */
export function accountsOverTwin(
  run: readonly CohortAccount[],
  twin: readonly CohortAccount[],
): readonly AccountOverTwin[] {
  const hostile = new Set(run.filter(({ isAttacker }) => isAttacker).map(({ cohort }) => cohort));
  return (['attackers', 'honest'] as const).flatMap((side): AccountOverTwin[] => {
    const isOf = ({ cohort }: CohortAccount) => hostile.has(cohort) === (side === 'attackers');
    const [own, other] = [run.filter(isOf), twin.filter(isOf)];
    if (own.length === 0) return [];
    const sum = (accounts: readonly CohortAccount[], of: (typeof items)[number]['of'] | 'profitUsd') =>
      accounts.reduce((all, account) => all + account[of], 0);
    return [
      {
        side,
        items: items.map(({ of, name, sign }) => ({ name, usd: sign * (sum(own, of) - sum(other, of)) })),
        profitUsd: sum(own, 'profitUsd') - sum(other, 'profitUsd'),
      },
    ];
  });
}
