import { largest } from '../../../sim/kernels/extent.js';
import { firstText } from '../../drawing/band.js';
import { type Bar, barLayer, colorLegend, rowsHeight, rowTexts } from '../../drawing/bars.js';
import type { Chart, ChartInput, Loss } from '../../drawing/chart.js';
import { chartTitle, SINGLE_PANEL } from '../../drawing/frame.js';
import { HIDDEN_COHORTS } from '../../drawing/interaction.js';
import { COHORT_COLORS } from '../../drawing/theme.js';
import { inFirst, percent } from '../../drawing/words.js';
import { toNumber } from '../../figure.js';
import { countReplications } from '../../series/sample-columns.js';
import { rounded } from '../../series/samples.js';

const SIDES = ['Attackers', 'Honest operators'] as const;
type Side = (typeof SIDES)[number];
const COLORS: Readonly<Record<Side, string>> = { Attackers: COHORT_COLORS[3]!, 'Honest operators': COHORT_COLORS[0]! };
/** More are added up. */
const CAUSES_MOST = 10;
const REST = 'everything else';

const sideOf = ({ attackers }: ChartInput, { cohort }: Loss): Side => SIDES[attackers.includes(cohort) ? 0 : 1];

interface Cause {
  readonly name: string;
  readonly tokens: Readonly<Record<Side, number>>;
  readonly nodes: Readonly<Record<Side, number>>;
}

/** Those that took most first. */
function causesOf(input: ChartInput): readonly Cause[] {
  const sums = new Map<string, { tokens: Record<Side, number>; nodes: Record<Side, number> }>();
  const none = () => ({ Attackers: 0, 'Honest operators': 0 });
  for (const loss of input.losses) {
    const sum = sums.get(loss.cause) ?? { tokens: none(), nodes: none() };
    sums.set(loss.cause, sum);
    sum.tokens[sideOf(input, loss)] += loss.tokens;
    sum.nodes[sideOf(input, loss)] += loss.nodes;
  }
  const ranked = [...sums].map(([name, sum]): Cause => ({ name, ...sum })).sort((a, b) => allOf(b) - allOf(a));
  if (ranked.length <= CAUSES_MOST) return ranked;
  const rest = ranked.slice(CAUSES_MOST - 1);
  const of = (amount: 'tokens' | 'nodes', side: Side) => rest.reduce((sum, cause) => sum + cause[amount][side], 0);
  const both = (amount: 'tokens' | 'nodes') => ({
    Attackers: of(amount, 'Attackers'),
    'Honest operators': of(amount, 'Honest operators'),
  });
  return [...ranked.slice(0, CAUSES_MOST - 1), { name: REST, tokens: both('tokens'), nodes: both('nodes') }];
}

const allOf = ({ tokens }: Cause) => tokens.Attackers + tokens['Honest operators'];

/** What stake is taken for, and whose. */
export const slashingsByCause: Chart = {
  name: 'slashings-by-cause',
  title: 'What was slashed, by cause',
  description:
    'Stake and bonds slashed over the whole run, by the finding that they were slashed for; a bond currency of its ' +
    'own is left out. A rule that hits those whom it is meant for has its bars in the attackers’ colour.',
  isOverTime: false,
  applies: ({ losses }) => losses.length > 0,
  spec(input) {
    const causes = causesOf(input);
    const rows = causes.map(({ name }) => name);
    const most = largest([1e-9, ...causes.map(allOf)]);
    const sides = SIDES.filter((side) => side === 'Honest operators' || input.attackers.length > 0);
    const x = {
      type: 'quantitative' as const,
      title: 'Slashed [tokens]',
      scale: { domain: [0, most * 1.12], nice: false },
      axis: { tickCount: 6, labelFlush: false },
    };
    const bars = causes.flatMap((cause, at) => {
      let from = 0;
      return sides.map((side): Bar => {
        const start = from;
        from += cause.tokens[side];
        const tip = [
          [cause.name, ''],
          [side, `${toNumber(cause.tokens[side])} tokens, ${toNumber(cause.nodes[side])} nodes`],
        ] as const;
        return { row: rows[at]!, from: rounded(start)!, to: rounded(from)!, color: COLORS[side], tip };
      });
    });
    const texts = causes.map((cause, at) => ({
      row: rows[at]!,
      at: rounded(allOf(cause))!,
      text: toNumber(allOf(cause)),
    }));
    return {
      ...SINGLE_PANEL,
      height: rowsHeight(rows.length),
      title: chartTitle(this.title, 'Over the whole run.', firstText(countReplications(input))),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        colorLegend(
          sides,
          sides.map((side) => COLORS[side]),
        ),
        barLayer(bars, rows, x),
        ...rowTexts(texts, rows, x),
      ],
    };
  },
  says(input) {
    const first = inFirst(countReplications(input));
    const causes = causesOf(input);
    const all = causes.reduce((sum, cause) => sum + allOf(cause), 0);
    if (!(all > 0)) return `Nothing was slashed${first}.`;
    const hostile = causes.reduce((sum, cause) => sum + cause.tokens.Attackers, 0);
    const [worst] = causes as [Cause];
    const hit = input.attackers.length === 0 ? '' : `; ${percent(hostile / all)} of it was attackers’`;
    const share = causes.length === 1 ? 'all of it' : `${percent(allOf(worst) / all)} of it`;
    return `Over the whole run${first} ${toNumber(all)} tokens were slashed, ${share} for ${worst.name}${hit}.`;
  },
};
