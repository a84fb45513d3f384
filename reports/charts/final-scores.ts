import { largest } from '../../sim/kernels/extent.js';
import { quantileSorted } from '../../sim/kernels/quantile.js';
import { firstText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly } from '../drawing/interaction.js';
import { type PanelPlace, panelGrid, panelName, panelNote, panelSpacing, scoreDomain } from '../drawing/panels.js';
import { INK } from '../drawing/theme.js';
import { castName, inFirst, overReplications, perCohort, percent, told } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { type FinalNode, finalNodes } from '../series/final-nodes.js';
import { countReplications } from '../series/sample-columns.js';
import { binSamples, rounded, SAMPLE_DAYS } from '../series/samples.js';

const BIN_COUNT = 25;
/** So near to one half a share is called half. */
const HALF_WITHIN = 0.01;

interface Bar {
  readonly cohort: string;
  /** From, excluded but in the first bar, to, included. */
  readonly from: number;
  readonly to: number;
  readonly nodes: number;
  /** Share of the cohort's nodes [%]. */
  readonly share: number;
}

/** How the scores of each cohort are spread when the run ends. */
export const finalScores: Chart = {
  name: 'final-scores',
  title: 'Scores at the end',
  description:
    'Each bar is the share of a cohort’s nodes whose final score lies in its range; nodes that left or were ejected ' +
    'count with the score that they had then. Of several replications the bars are of the first, whose nodes are ' +
    'kept, and a tick above them is the median of the nodes that were there at the end of each. All panels have the ' +
    'same scales.',
  isOverTime: false,
  spec(input) {
    const nodes = finalNodes(input);
    const replicationCount = countReplications(input);
    const medians = finalMedians(input);
    const domain = scoreDomain([...nodes.flatMap((each) => each.map(({ score }) => score)), ...medians.flat()]);
    const bars = nodes.map((each, index) => toBars(input.cohorts[index]!, each, domain));
    const highest = Math.max(0, largest(bars.flatMap((each) => each.map(({ share }) => share))));
    const grid = panelGrid(input.cohorts.length);
    return {
      title: chartTitle(this.title, 'Share of each cohort’s nodes, by final score.', titleOf(replicationCount)),
      description: this.description,
      params: [HIDDEN_COHORTS],
      columns: grid.columns,
      bounds: 'flush',
      spacing: panelSpacing(input, -16),
      concat: input.cohorts.map((cohort, index) =>
        toView(
          cohort,
          castName(input, cohort),
          bars[index]!,
          replicationCount > 1 ? medians[index]! : [],
          input.colors[index]!,
          grid.place(index),
          index,
          domain,
          highest,
        ),
      ),
    };
  },
  says(input) {
    const nodes = finalNodes(input);
    const clause = (cohort: string, index: number) => {
      const scores = nodes[index]!.map(({ score }) => score).sort((a, b) => a - b);
      if (scores.length === 0) return `no nodes of ${cohort}`;
      // Between the quartiles of two nodes there are none.
      const tail = scores.length < 4 ? 0 : 0.25;
      const [low, high] = [quantileSorted(scores, tail), quantileSorted(scores, 1 - tail)];
      const share = scores.filter((score) => score >= low && score <= high).length / scores.length;
      if (low === high) return `${percent(share)} of the nodes of ${cohort} stand at ${toNumber(low)}`;
      const isNarrow = toNumber(low) === toNumber(high);
      const where = isNarrow ? `close to ${toNumber(low)}` : `between ${toNumber(low)} and ${toNumber(high)}`;
      // Where many stand at an end of the scale, far more than half of them lie between the quartiles.
      const many = Math.abs(share - 0.5) <= HALF_WITHIN ? 'half' : percent(share);
      return `${many} of the nodes of ${cohort} lie ${where}`;
    };
    const first = inFirst(countReplications(input));
    const shares = perCohort(input.cohorts, clause, input.attackers);
    return `At the end${first}: ${shares}.${spreadSays(input)}`;
  },
};

function titleOf(replicationCount: number): string {
  return replicationCount > 1 ? `${firstText(replicationCount)} Ticks: medians of all of them.` : '';
}

/** Median scores of each cohort's nodes at the last sample, one a replication that has some. */
function finalMedians(input: ChartInput): number[][] {
  const { bins, each } = binSamples(input, ['score50'], SAMPLE_DAYS);
  return input.cohorts.map((cohort) => each.flatMap((one) => one.last(cohort, 'score50', bins.length - 1) ?? []));
}

/** How far the other replications are from the first. */
function spreadSays(input: ChartInput): string {
  const replicationCount = countReplications(input);
  if (replicationCount <= 1) return '';
  const medians = finalMedians(input);
  const clause = (cohort: string, index: number) => {
    const own = medians[index]!;
    return own.length === 0 ? `no nodes of ${cohort}` : `${told(own, '1')} of ${cohort}`;
  };
  const each = perCohort(input.cohorts, clause, input.attackers);
  return ` The median score of those that were there then: ${each}${overReplications(replicationCount)}.`;
}

/** Of a tick [px]. */
const TICK_HEIGHT = 9;

function medianTicks<X extends object>(cohort: string, medians: readonly number[], x: X) {
  if (medians.length === 0) return [];
  return [
    {
      data: { values: medians.map((median) => ({ cohort, median: rounded(median) })) },
      transform: [shownOnly],
      mark: { type: 'rule' as const, color: INK.strong, strokeWidth: 1.5, opacity: 0.6 },
      encoding: { x: { ...x, field: 'median' }, y: { value: 0 }, y2: { value: TICK_HEIGHT } },
    },
  ];
}

function toBars(cohort: string, nodes: readonly FinalNode[], [low, high]: readonly [number, number]): Bar[] {
  const width = (high - low) / BIN_COUNT;
  const counts = new Array<number>(BIN_COUNT).fill(0);
  for (const { score } of nodes) {
    // Scores are often round, and rounding must not put one at a border now here, now there.
    const bin = Math.ceil((score - low) / width - 1e-9) - 1;
    counts[Math.min(BIN_COUNT - 1, Math.max(0, bin))]! += 1;
  }
  return counts.flatMap((count, bin) => {
    if (count === 0) return [];
    const [from, to] = [rounded(low + bin * width)!, rounded(low + (bin + 1) * width)!];
    return [{ cohort, from, to, nodes: count, share: rounded((100 * count) / nodes.length)! }];
  });
}

function toView(
  cohort: string,
  name: string,
  bars: readonly Bar[],
  medians: readonly number[],
  color: string,
  place: PanelPlace,
  index: number,
  domain: [number, number],
  highest: number,
) {
  const x = {
    type: 'quantitative' as const,
    title: place.isLowest ? 'Final score' : null,
    scale: { domain, nice: false },
    axis: { tickCount: place.tickCount, labelFlush: false },
  };
  const y = {
    type: 'quantitative' as const,
    title: place.isLeftmost ? 'Nodes of the cohort [%]' : null,
    scale: { domain: [0, highest > 0 ? highest : 1], nice: true },
    axis: { tickCount: 5, labels: place.isLeftmost },
  };
  const hover = bars.map(({ from, to, nodes, share }) => ({
    from,
    to,
    tip: [
      ['Score', `${toNumber(from)} to ${toNumber(to)}`],
      [cohort, `${toNumber(nodes)} nodes, ${percent(share / 100)}`],
    ] as const,
  }));
  return {
    width: place.width,
    height: place.height,
    data: { values: [...bars] },
    layer: [
      {
        transform: [shownOnly],
        mark: { type: 'rect' as const, color, opacity: 0.85, stroke: '#ffffff', strokeWidth: 0.5 },
        encoding: {
          x: { ...x, field: 'from' },
          x2: { field: 'to' },
          y: { ...y, field: 'share' },
          y2: { datum: 0 },
        },
      },
      ...medianTicks(cohort, medians, x),
      ...panelName(name, place, false),
      ...(bars.length === 0 ? [panelNote('No nodes', place)] : []),
      hoverLayer(hover, x, String(index)),
    ],
  };
}
