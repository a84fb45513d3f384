import { gini, shareOfLargest } from '../../../sim/kernels/concentration.js';
import { firstText } from '../../drawing/band.js';
import type { Chart, ChartInput } from '../../drawing/chart.js';
import { chartTitle, flatLegend } from '../../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer } from '../../drawing/interaction.js';
import { COHORT_COLORS, DASHES, GREYS } from '../../drawing/theme.js';
import { inFirst, percent } from '../../drawing/words.js';
import { toNumber } from '../../figure.js';
import { operatorIncomes } from '../../series/operator-incomes.js';
import { countReplications } from '../../series/sample-columns.js';
import { rounded } from '../../series/samples.js';

const SIDE = 380;
/** Points of a line, and stretches that tell their values to the pointer. */
const POINTS = 100;
const EQUAL = 'Equal for all';

/** Who a line is of: everybody, and the honest by themselves where somebody attacks. */
function groupsOf(input: ChartInput): readonly { readonly name: string; readonly incomes: Float64Array }[] {
  const { all, honest } = operatorIncomes(input);
  const everybody = { name: 'All operators', incomes: all };
  return input.attackers.length === 0 ? [everybody] : [everybody, { name: 'Honest operators', incomes: honest }];
}

/** Share of all income, 0 to 1, of the poorest so many, a share, by straight lines between them; NaN without income. */
function shareOfPoorest(sums: Float64Array, share: number): number {
  const at = share * (sums.length - 1);
  const below = Math.floor(at);
  const next = sums[Math.min(below + 1, sums.length - 1)]!;
  return (sums[below]! + (at - below) * (next - sums[below]!)) / sums[sums.length - 1]!;
}

/** Sums of the so many lowest incomes, from none to all. */
function sumsOf(incomes: Float64Array): Float64Array {
  const sums = new Float64Array(incomes.length + 1);
  for (let place = 0; place < incomes.length; place++) sums[place + 1] = sums[place]! + incomes[place]!;
  return sums;
}

/** How unequal the incomes of operators are. */
export const incomeLorenz: Chart = {
  name: 'income-lorenz',
  title: 'Who gets the income',
  description:
    'Operators, not identities, from the poorest to the richest: a point says which share of all fees and rewards ' +
    'the poorest so many got together (Lorenz curve). Were all paid alike, it would be the dashed line; twice the ' +
    'area between the two is the Gini coefficient, 0 for equal incomes and near 1 if one had everything. Costs, and ' +
    'what was slashed, are left out.',
  isOverTime: false,
  isNarrow: true,
  applies: (input) => !Number.isNaN(gini(operatorIncomes(input).all)),
  spec(input) {
    const groups = groupsOf(input);
    const names = [...groups.map(({ name }) => name), EQUAL];
    const colors = [...COHORT_COLORS.slice(0, groups.length), GREYS.light];
    const axis = { tickCount: 5, labelFlush: false };
    const scale = { domain: [0, 100], nice: false };
    const x = { type: 'quantitative' as const, title: 'Operators, the poorest first [%]', scale, axis };
    const values = [
      ...groups.flatMap(({ name, incomes }) => pointsOf(name, incomes)),
      ...[0, 100].map((share) => ({ line: EQUAL, operators: share, income: share })),
    ];
    const dashes = names.map((one) => (one === EQUAL ? [...DASHES.attackers] : [1, 0]));
    const told = groups.filter(({ incomes }) => !Number.isNaN(gini(incomes)));
    const subtitle = told.map((one) => `${one.name}: Gini ${toNumber(gini(one.incomes))}`).join('; ');
    return {
      width: SIDE - 80,
      height: SIDE - 80,
      title: chartTitle(this.title, subtitle, firstText(countReplications(input))),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        {
          data: { values },
          mark: { type: 'line' as const, strokeWidth: 1.75 },
          encoding: {
            x: { ...x, field: 'operators' },
            y: { field: 'income', type: 'quantitative' as const, title: 'Share of all income [%]', scale, axis },
            color: {
              field: 'line',
              type: 'nominal' as const,
              scale: { domain: names, range: colors },
              legend: { ...flatLegend(names, 'stroke'), columns: 1 },
            },
            strokeDash: {
              field: 'line',
              type: 'nominal' as const,
              scale: { domain: names, range: dashes },
              legend: { ...flatLegend(names, 'stroke'), columns: 1 },
            },
          },
        },
        hoverLayer(stretchesOf(groups), x),
      ],
    };
  },
  says(input) {
    const first = inFirst(countReplications(input));
    const { all } = operatorIncomes(input);
    const inequality = gini(all);
    if (Number.isNaN(inequality)) return `Nobody was paid${first}.`;
    const tenth = Math.max(1, Math.round(all.length / 10));
    const honest = groupsOf(input)[1];
    const own = honest === undefined ? Number.NaN : gini(honest.incomes);
    const beside = Number.isNaN(own) ? '' : `, ${toNumber(own)} among the honest alone`;
    const richest = tenth === 1 ? 'the richest operator' : `the richest tenth, ${toNumber(tenth)} operators,`;
    const share = percent(shareOfLargest(all, tenth));
    return (
      `Of ${toNumber(all.length)} operators${first}, ${richest} got ${share} of all income; ` +
      `the Gini coefficient is ${toNumber(inequality)}${beside}.`
    );
  },
};

function pointsOf(line: string, incomes: Float64Array) {
  if (Number.isNaN(gini(incomes))) return [];
  const sums = sumsOf(incomes);
  const count = Math.min(POINTS, incomes.length);
  return Array.from({ length: count + 1 }, (_, at) => {
    const share = at / count;
    return { line, operators: rounded(100 * share)!, income: rounded(100 * shareOfPoorest(sums, share))! };
  });
}

function stretchesOf(groups: ReturnType<typeof groupsOf>) {
  const sums = groups.map(({ name: line, incomes }) => ({
    line,
    known: !Number.isNaN(gini(incomes)),
    all: sumsOf(incomes),
  }));
  return Array.from({ length: POINTS }, (_, at) => {
    const share = (at + 1) / POINTS;
    const values = sums.flatMap(({ line, known, all }) =>
      known ? [[line, percent(shareOfPoorest(all, share))] as const] : [],
    );
    return { from: at, to: at + 1, tip: [['Poorest', percent(share)] as const, ...values] };
  });
}
