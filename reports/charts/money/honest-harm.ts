import { largest } from '../../../sim/kernels/extent.js';
import { firstText } from '../../drawing/band.js';
import { type Bar, barLayer, colorLegend, rowsHeight, rowTexts } from '../../drawing/bars.js';
import type { Chart, ChartInput } from '../../drawing/chart.js';
import { chartTitle, SINGLE_PANEL } from '../../drawing/frame.js';
import { HIDDEN_COHORTS } from '../../drawing/interaction.js';
import { COHORT_COLORS, GREYS } from '../../drawing/theme.js';
import { inFirst, perCohort } from '../../drawing/words.js';
import { toNumber } from '../../figure.js';
import { finalNodes } from '../../series/final-nodes.js';
import { countReplications } from '../../series/sample-columns.js';
import { rounded } from '../../series/samples.js';

/** More are added up. */
const CAUSES_MOST = 6;
const REST = 'everything else';

interface Victims {
  readonly cohort: string;
  /** Nodes that ever joined; 0 where the run keeps none. */
  readonly nodes: number;
  /** By place of the cause, lost by a node on average [tokens]. */
  readonly lost: readonly number[];
}

/** Honest cohorts, and what a node of each lost by cause; causes that took most first. */
function harmOf(input: ChartInput): { readonly causes: readonly string[]; readonly victims: readonly Victims[] } {
  const losses = input.losses.filter(({ cohort }) => !input.attackers.includes(cohort));
  const sums = new Map<string, number>();
  for (const { cause, tokens } of losses) sums.set(cause, (sums.get(cause) ?? 0) + tokens);
  const ranked = [...sums].sort(([, a], [, b]) => b - a).map(([cause]) => cause);
  const isLong = ranked.length > CAUSES_MOST;
  const causes = isLong ? [...ranked.slice(0, CAUSES_MOST - 1), REST] : ranked;
  const nodes = finalNodes(input);
  const victims = input.cohorts.flatMap((cohort, place): Victims[] => {
    if (input.attackers.includes(cohort)) return [];
    const count = nodes[place]!.length;
    const lost = causes.map(() => 0);
    for (const loss of losses) {
      if (loss.cohort !== cohort) continue;
      const at = causes.indexOf(loss.cause);
      lost[at < 0 ? causes.length - 1 : at]! += loss.tokens / Math.max(1, count);
    }
    return [{ cohort, nodes: count, lost }];
  });
  return { causes, victims };
}

const allOf = ({ lost }: Victims) => lost.reduce((sum, tokens) => sum + tokens, 0);
const colorOf = (causes: readonly string[], at: number) => (causes[at] === REST ? GREYS.light : COHORT_COLORS[at + 1]!);

/** What honest operators lost, and for what. */
export const honestHarm: Chart = {
  name: 'honest-harm',
  title: 'What honest nodes lost, by cause',
  description:
    'Stake and bonds that honest nodes lost over the whole run, for each node that ever joined, by the finding that ' +
    'it was slashed for: outages and lateness that nobody meant, checks that erred, and what attackers had them ' +
    'punished for. A bond currency of its own is left out.',
  isOverTime: false,
  applies: (input) => harmOf(input).causes.length > 0,
  spec(input) {
    const { causes, victims } = harmOf(input);
    const rows = victims.map(({ cohort }) => cohort);
    const most = largest([1e-9, ...victims.map(allOf)]);
    const x = {
      type: 'quantitative' as const,
      title: 'Lost [tokens per node]',
      scale: { domain: [0, most * 1.12], nice: false },
      axis: { tickCount: 6, labelFlush: false },
    };
    const bars = victims.flatMap(({ cohort, lost }, at) => {
      let from = 0;
      return lost.map((tokens, place): Bar => {
        const start = from;
        from += tokens;
        return {
          row: rows[at]!,
          cohort,
          from: rounded(start)!,
          to: rounded(from)!,
          color: colorOf(causes, place),
          tip: [
            [cohort, ''],
            [causes[place]!, `${toNumber(tokens)} tokens per node`],
          ],
        };
      });
    });
    const texts = victims.map((each, at) => ({
      row: rows[at]!,
      at: rounded(allOf(each))!,
      text: toNumber(allOf(each)),
    }));
    return {
      ...SINGLE_PANEL,
      height: rowsHeight(rows.length),
      title: chartTitle(this.title, 'For each node, over the whole run.', firstText(countReplications(input))),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        colorLegend(
          causes,
          causes.map((_, at) => colorOf(causes, at)),
        ),
        barLayer(bars, rows, x),
        ...rowTexts(texts, rows, x),
      ],
    };
  },
  says(input) {
    const first = inFirst(countReplications(input));
    const { causes, victims } = harmOf(input);
    if (causes.length === 0) return `Honest nodes lost nothing${first}.`;
    const clause = (_: string, at: number) => {
      const { cohort, lost } = victims[at]!;
      const all = allOf(victims[at]!);
      if (all === 0) return `a node of ${cohort} nothing`;
      const worst = lost.indexOf(largest(lost));
      return `a node of ${cohort} ${toNumber(all)} tokens, most of it for ${causes[worst]}`;
    };
    const each = perCohort(
      victims.map(({ cohort }) => cohort),
      clause,
      input.attackers,
    );
    return `Lost on average over the whole run${first}: ${each}.`;
  },
};
