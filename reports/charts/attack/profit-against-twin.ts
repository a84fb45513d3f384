import { largest } from '../../../sim/kernels/extent.js';
import { type Bar, barLayer, rowsHeight, rowTexts } from '../../drawing/bars.js';
import type { AccountOverTwin, Chart, ChartInput } from '../../drawing/chart.js';
import { chartTitle } from '../../drawing/frame.js';
import { HIDDEN_COHORTS } from '../../drawing/interaction.js';
import { panelName } from '../../drawing/panels.js';
import { CHART_WIDTH, COHORT_COLORS, GREYS, INK } from '../../drawing/theme.js';
import { listed } from '../../drawing/words.js';
import { toNumber, toPhrase } from '../../figure.js';
import { countReplications } from '../../series/sample-columns.js';
import { rounded } from '../../series/samples.js';

const COLORS = { more: COHORT_COLORS[0]!, less: COHORT_COLORS[3]!, profit: GREYS.dark };
const PROFIT = 'profit';
const SIDES = { attackers: 'Attackers', honest: 'Honest operators' } as const;
/** Beside the rows' names, a margin of each panel, in which the words of its bars end, and the axis' padding. */
const NAMES_WIDTH = 180;
const GAP = 24;
const PANEL_WIDTH = Math.floor((CHART_WIDTH - 40 - NAMES_WIDTH - GAP) / 2);
/** Of a panel, kept free beyond its longest bar on either side for words. */
const ROOM = 0.34;

/** What the attack changed in the accounts of attackers and of everybody else, item by item. */
export const profitAgainstTwin: Chart = {
  name: 'profit-against-twin',
  title: 'Where the profit over the twin comes from',
  description:
    'Each bar is an item of the account against the same in the honest twin, the same operators on the same machines ' +
    'with the same luck, all of them honest. To the right is better for them: more gained, or less spent and lost. ' +
    'The last row is the sum: by how much attacking paid, and what it did to the others.',
  isOverTime: false,
  applies: ({ overTwin }) => overTwin.length > 0,
  spec(input) {
    const rows = rowsOf(input.overTwin);
    const most = largest([1e-9, ...input.overTwin.flatMap((side) => amounts(side).map(({ usd }) => Math.abs(usd)))]);
    return {
      title: chartTitle(this.title, 'Better for them than had all been honest, over the whole run.', meansText(input)),
      description: this.description,
      params: [HIDDEN_COHORTS],
      spacing: GAP,
      bounds: 'flush',
      hconcat: input.overTwin.map((side, index) => panel(side, rows, most, index === 0)),
    };
  },
  says(input) {
    const { overTwin } = input;
    if (overTwin.length === 0) return `No twin was run${ofMeans(input)}.`;
    const clauses = overTwin.map((side) => {
      const all = SIDES[side.side].toLowerCase();
      const ranked = side.items
        .filter(({ usd }) => isTold(usd))
        .toSorted((a, b) => Math.abs(b.usd) - Math.abs(a.usd))
        .slice(0, 2);
      const because = ranked.map(({ name, usd }) => `${name} ${signed(usd)}`);
      if (!isTold(side.profitUsd) && because.length === 0) return `${all} neither gained nor lost by it`;
      const result = !isTold(side.profitUsd)
        ? 'came out even'
        : `made ${toPhrase(Math.abs(side.profitUsd), 'USD')} ${side.profitUsd > 0 ? 'more' : 'less'}`;
      return `${all} ${result}${because.length === 0 ? '' : ` (most of it by ${listed(because)})`}`;
    });
    return `Against the honest twin ${clauses.join('; ')}${ofMeans(input)}.`;
  },
};

/** Less than half a cent isn't told. */
const isTold = (usd: number) => Math.abs(usd) >= 0.005;

function signed(usd: number): string {
  return `${usd > 0 ? '+' : '−'}${toNumber(Math.abs(usd))}`;
}

function meansText(input: ChartInput): string {
  const count = countReplications(input);
  return count <= 1 ? '' : `Means of ${count} replications.`;
}

function ofMeans(input: ChartInput): string {
  const count = countReplications(input);
  return count <= 1 ? '' : `, means of ${toNumber(count)} replications`;
}

function amounts({ items, profitUsd }: AccountOverTwin) {
  return [...items, { name: PROFIT, usd: profitUsd }];
}

/** Items that differ for either side, and the profit. */
function rowsOf(sides: readonly AccountOverTwin[]): readonly string[] {
  const names = sides[0]?.items.map(({ name }) => name) ?? [];
  const differs = (name: string) =>
    sides.some(({ items }) => items.some((one) => one.name === name && isTold(one.usd)));
  return [...names.filter(differs), PROFIT];
}

function panel(side: AccountOverTwin, rows: readonly string[], most: number, hasNames: boolean) {
  const size = { width: PANEL_WIDTH, height: rowsHeight(rows.length) };
  const shown = amounts(side).filter(({ name }) => rows.includes(name));
  const colorOf = (name: string, usd: number) =>
    name === PROFIT ? COLORS.profit : usd > 0 ? COLORS.more : COLORS.less;
  const bars = shown.map(
    ({ name, usd }): Bar => ({
      row: name,
      from: 0,
      to: rounded(usd)!,
      color: colorOf(name, usd),
      tip: [[name, `${signed(usd)} USD`]],
    }),
  );
  const texts = shown.map(({ name, usd }) => ({
    row: name,
    at: rounded(usd)!,
    text: isTold(usd) ? signed(usd) : '0',
    isLeft: usd < 0 && isTold(usd),
  }));
  const reach = most * (1 + ROOM * 2);
  const x = {
    type: 'quantitative' as const,
    title: 'Better than in the twin [USD]',
    scale: { domain: [-reach, reach], nice: false },
    axis: { tickCount: 4, labelFlush: false, labelOverlap: true },
  };
  return {
    ...size,
    layer: [
      {
        data: { values: [{ at: 0 }] },
        mark: { type: 'rule' as const, color: INK.faint, strokeWidth: 1 },
        encoding: { x: { ...x, field: 'at' } },
      },
      barLayer(bars, rows, x, hasNames),
      ...rowTexts(texts, rows, x, hasNames),
      ...panelName(SIDES[side.side], size, false),
    ],
  };
}
