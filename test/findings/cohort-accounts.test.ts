import { expect, test } from 'vitest';
import { castOf } from '../../reports/drawing/cast.js';
import { accountTexts, type CohortAccount, castSummaries } from '../../sim/findings/cohort-accounts.js';

const signs = [1, 1, 1, -1, -1, -1, -1, -1, -1, -1, 1];

/** A cohort whose account has these items, in their order. */
function account(cohort: string, items: readonly number[], isAttacker = false): CohortAccount {
  const [incomeUsd, stolenUsd, savedUsd, computeUsd, identityFeesUsd, ...others] = items as number[];
  const [ownJobsUsd, attackCostsUsd, slashedUsd, capitalCostUsd, chargesUsd = 0, claimsUsd = 0] = others;
  const profitUsd = items.reduce((sum, item, at) => sum + signs[at]! * item, 0);
  return {
    ...{ cohort, strategy: 'honest', isAttacker, nodes: 5, ejected: 0, workFraction: 0.01, profitUsd },
    ...{ incomeUsd: incomeUsd!, stolenUsd: stolenUsd!, savedUsd: savedUsd!, computeUsd: computeUsd! },
    ...{
      identityFeesUsd: identityFeesUsd!,
      ownJobsUsd: ownJobsUsd!,
      attackCostsUsd: attackCostsUsd!,
      slashedUsd: slashedUsd!,
      capitalCostUsd: capitalCostUsd!,
      chargesUsd,
      claimsUsd,
    },
  };
}

const toUsd = (text: string) => Number(text.replace('−', '-').replaceAll(',', ''));

test.each([1, 40, 3_000, 2_000_000])('amounts of accounts up to about %d USD add up as they are shown', (scale) => {
  const accounts = Array.from({ length: 50 }, (_, at) =>
    account(
      `c${at}`,
      Array.from({ length: 11 }, (_, item) => scale * (((at * 11 + item) * 0.6180339) % 1)),
    ),
  );
  const { textsOf, step } = accountTexts(accounts);
  for (const account of accounts) {
    const { profitUsd, ...items } = textsOf(account);
    const gains = toUsd(items.incomeUsd) + toUsd(items.stolenUsd) + toUsd(items.savedUsd) + toUsd(items.claimsUsd);
    const costs = toUsd(items.computeUsd) + toUsd(items.identityFeesUsd) + toUsd(items.ownJobsUsd);
    const extras = toUsd(items.chargesUsd) + toUsd(items.attackCostsUsd);
    const sum = gains - costs - extras - toUsd(items.slashedUsd) - toUsd(items.capitalCostUsd);
    expect(sum).toBeCloseTo(toUsd(profitUsd), 6);
    expect(Math.abs(toUsd(items.incomeUsd) - account.incomeUsd)).toBeLessThanOrEqual(step);
    expect(Math.abs(toUsd(profitUsd) - account.profitUsd)).toBeLessThanOrEqual(step);
  }
});

test('cohorts that stand together have one account, the sum of theirs', () => {
  const accounts = Array.from({ length: 14 }, (_, at) => account(`c${at}`, [at, 0, 0, 1, 0, 0, 0, 0, 0]));
  const all = castSummaries(accounts, castOf(accounts));
  expect(all).toHaveLength(12);
  expect(all.at(-1)).toMatchObject({ cohort: 'others (3 cohorts)', nodes: 15, computeUsd: 3 });
  expect(all.reduce((sum, { profitUsd }) => sum + profitUsd, 0)).toBeCloseTo(91 - 14);
});
