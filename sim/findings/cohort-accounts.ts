import type { Cast } from '../../reports/drawing/cast.js';
import { toNumber } from '../../reports/figure.js';
import { largest } from '../kernels/extent.js';
import type { CohortSummary } from './cohort-summaries.js';

/** Gains and costs of an account, in the order in which they lead to the profit, with their signs. */
const items = [
  ['incomeUsd', 1],
  ['stolenUsd', 1],
  ['savedUsd', 1],
  ['computeUsd', -1],
  ['identityFeesUsd', -1],
  ['slashedUsd', -1],
  ['capitalCostUsd', -1],
] as const;

/** From here on [USD] cents tell nothing. */
const wholeFrom = 1_000;

/** The amounts of accounts as people read them: rounded so that those shown add up to the profit shown. */
export function accountTexts(summaries: readonly CohortSummary[]): {
  /** Items, then the profit, by summary. */
  readonly rows: readonly (readonly string[])[];
  /** What one is rounded to [USD]. */
  readonly step: number;
} {
  const most = largest(summaries.flatMap((each) => [...items.map(([name]) => Math.abs(each[name])), 0]));
  const step = most >= wholeFrom ? 1 : 0.01;
  const perUsd = Math.round(1 / step);
  return { rows: summaries.map((each) => addingUp(each, perUsd).map((amount) => toNumber(amount / perUsd))), step };
}

/** Whole steps: each amount rounded, and those nearest to the other side then moved by one until they add up. */
function addingUp(summary: CohortSummary, perUsd: number): readonly number[] {
  const exact = items.map(([name]) => summary[name] * perUsd);
  const whole = exact.map(Math.round);
  const profit = Math.round(summary.profitUsd * perUsd);
  const sum = () => items.reduce((all, [, sign], at) => all + sign * whole[at]!, 0);
  const order = items
    .map(([, sign], at) => ({ at, sign, rest: sign * (exact[at]! - whole[at]!) }))
    .filter(({ rest }) => rest !== 0)
    .sort((a, b) => b.rest - a.rest);
  for (let missing = profit - sum(); missing !== 0 && order.length > 0; missing = profit - sum()) {
    const { at, sign } = (missing > 0 ? order.shift() : order.pop())!;
    whole[at]! += sign * Math.sign(missing);
  }
  return [...whole, profit];
}

/** The cohorts of a cast: those that appear by themselves, and the others added up. */
export function castSummaries(summaries: readonly CohortSummary[], { nameOf, others }: Cast): readonly CohortSummary[] {
  const shown = summaries.filter(({ cohort }) => nameOf.get(cohort) === cohort);
  const rest = summaries.filter(({ cohort }) => nameOf.get(cohort) !== cohort);
  if (rest.length === 0) return shown;
  const sum = (amountOf: (summary: CohortSummary) => number) => rest.reduce((all, each) => all + amountOf(each), 0);
  return [
    ...shown,
    {
      cohort: others,
      strategy: 'several',
      isAttacker: rest.every(({ isAttacker }) => isAttacker),
      nodes: sum(({ nodes }) => nodes),
      ejected: sum(({ ejected }) => ejected),
      workFraction: sum(({ workFraction }) => workFraction),
      incomeUsd: sum(({ incomeUsd }) => incomeUsd),
      stolenUsd: sum(({ stolenUsd }) => stolenUsd),
      savedUsd: sum(({ savedUsd }) => savedUsd),
      computeUsd: sum(({ computeUsd }) => computeUsd),
      identityFeesUsd: sum(({ identityFeesUsd }) => identityFeesUsd),
      slashedUsd: sum(({ slashedUsd }) => slashedUsd),
      capitalCostUsd: sum(({ capitalCostUsd }) => capitalCostUsd),
      profitUsd: sum(({ profitUsd }) => profitUsd),
    },
  ];
}
