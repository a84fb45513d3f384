import type { Cast } from '../../reports/drawing/cast.js';
import { toNumber } from '../../reports/figure.js';
import type { AccountItem } from '../../reports/page/html.js';
import { largest } from '../kernels/extent.js';
import { numberOf, records, type Table } from '../record/tables/table.js';
import { type CohortSummary, summaryColumns, summaryOf } from './cohort-summaries.js';

/** A cohort with the items of its account that only the report lists [USD]. */
export interface CohortAccount extends CohortSummary {
  /** Worth of the computing that they left out. */
  readonly savedUsd: number;
  readonly computeUsd: number;
  readonly identityFeesUsd: number;
  readonly ownJobsUsd: number;
  readonly chargesUsd: number;
  /** Borne by the insurance, or by who lent the stake. */
  readonly claimsUsd: number;
  readonly attackCostsUsd: number;
  readonly capitalCostUsd: number;
}

/** Who the cohorts are, and their whole accounts, in the order of the scenario. */
export function cohortAccounts(cohorts: Table): readonly CohortAccount[] {
  const columns = [
    ...summaryColumns,
    'savedUsd',
    'computeUsd',
    'identityFeesUsd',
    'ownJobsUsd',
    'chargesUsd',
    'claimsUsd',
    'attackCostsUsd',
    'capitalCostUsd',
  ] as const;
  return Array.from(records(cohorts, columns), (cells) => ({
    ...summaryOf(cells),
    savedUsd: numberOf(cells.savedUsd),
    computeUsd: numberOf(cells.computeUsd),
    identityFeesUsd: numberOf(cells.identityFeesUsd),
    ownJobsUsd: numberOf(cells.ownJobsUsd),
    chargesUsd: numberOf(cells.chargesUsd),
    claimsUsd: numberOf(cells.claimsUsd),
    attackCostsUsd: numberOf(cells.attackCostsUsd),
    capitalCostUsd: numberOf(cells.capitalCostUsd),
  }));
}

/** Gains and costs of an account, in the order in which they lead to the profit, with their signs. */
const items: readonly { readonly name: AccountItem; readonly sign: 1 | -1 }[] = [
  { name: 'incomeUsd', sign: 1 },
  { name: 'stolenUsd', sign: 1 },
  { name: 'savedUsd', sign: 1 },
  { name: 'claimsUsd', sign: 1 },
  { name: 'computeUsd', sign: -1 },
  { name: 'identityFeesUsd', sign: -1 },
  { name: 'ownJobsUsd', sign: -1 },
  { name: 'chargesUsd', sign: -1 },
  { name: 'attackCostsUsd', sign: -1 },
  { name: 'slashedUsd', sign: -1 },
  { name: 'capitalCostUsd', sign: -1 },
];

type Account = Readonly<Record<AccountItem | 'profitUsd', string>>;

/** From here on [USD] cents tell nothing. */
const wholeFrom = 1_000;

/** The amounts of accounts as people read them: rounded so that those shown add up to the profit shown. */
export function accountTexts(accounts: readonly CohortAccount[]): {
  textsOf(account: CohortAccount): Account;
  /** What one is rounded to [USD]. */
  readonly step: number;
} {
  const most = largest(accounts.flatMap((each) => [...items.map(({ name }) => Math.abs(each[name])), 0]));
  const step = most >= wholeFrom ? 1 : 0.01;
  const perUsd = Math.round(1 / step);
  return { textsOf: (account) => addingUp(account, perUsd), step };
}

/** All digits of an amount in steps: three that count wouldn't add up. */
function toText(amount: number, perUsd: number): string {
  if (amount % perUsd === 0) return toNumber(amount / perUsd);
  return (amount / perUsd).toFixed(2).replace('-', '−');
}

/** Each amount rounded to whole steps, and those nearest to the other side then moved by one until they add up. */
function addingUp(summary: CohortAccount, perUsd: number): Account {
  const rounded = items.map(({ name, sign }) => {
    const exact = summary[name] * perUsd;
    const whole = Math.round(exact);
    return { name, sign, whole, rest: sign * (exact - whole) };
  });
  const profit = Math.round(summary.profitUsd * perUsd);
  const missing = () => profit - rounded.reduce((all, { sign, whole }) => all + sign * whole, 0);
  const movable = rounded.filter(({ rest }) => rest !== 0).sort((a, b) => b.rest - a.rest);
  for (let left = missing(); left !== 0 && movable.length > 0; left = missing()) {
    const item = (left > 0 ? movable.shift() : movable.pop())!;
    item.whole += item.sign * Math.sign(left);
  }
  const texts = rounded.map(({ name, whole }) => [name, toText(whole, perUsd)]);
  return { ...Object.fromEntries(texts), profitUsd: toText(profit, perUsd) } as Account;
}

/** The cohorts of a cast: those that appear by themselves, and the others added up. */
export function castSummaries(summaries: readonly CohortAccount[], { nameOf, others }: Cast): readonly CohortAccount[] {
  const shown = summaries.filter(({ cohort }) => nameOf.get(cohort) === cohort);
  const groups = others.map((name): CohortAccount => {
    const members = summaries.filter(({ cohort }) => nameOf.get(cohort) === name);
    const sum = (amountOf: (summary: CohortAccount) => number) =>
      members.reduce((all, each) => all + amountOf(each), 0);
    return {
      cohort: name,
      strategy: 'several',
      isAttacker: members.every(({ isAttacker }) => isAttacker),
      nodes: sum(({ nodes }) => nodes),
      ejected: sum(({ ejected }) => ejected),
      workFraction: sum(({ workFraction }) => workFraction),
      incomeUsd: sum(({ incomeUsd }) => incomeUsd),
      stolenUsd: sum(({ stolenUsd }) => stolenUsd),
      savedUsd: sum(({ savedUsd }) => savedUsd),
      computeUsd: sum(({ computeUsd }) => computeUsd),
      identityFeesUsd: sum(({ identityFeesUsd }) => identityFeesUsd),
      ownJobsUsd: sum(({ ownJobsUsd }) => ownJobsUsd),
      chargesUsd: sum(({ chargesUsd }) => chargesUsd),
      claimsUsd: sum(({ claimsUsd }) => claimsUsd),
      attackCostsUsd: sum(({ attackCostsUsd }) => attackCostsUsd),
      slashedUsd: sum(({ slashedUsd }) => slashedUsd),
      capitalCostUsd: sum(({ capitalCostUsd }) => capitalCostUsd),
      profitUsd: sum(({ profitUsd }) => profitUsd),
    };
  });
  return [...shown, ...groups];
}
