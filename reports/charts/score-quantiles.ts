import type { Chart, ChartInput } from './chart.js';
import { chartTitle, SPARSE_BIN_COUNT, timeChannel, timeUnit, warmUpLayers } from './frame.js';
import { type BinnedSamples, binSamples, lineBinDays } from './samples.js';
import { CHART_WIDTH, cohortColors, INK } from './theme.js';

const QUANTILES = ['score05', 'score25', 'score50', 'score75', 'score95'] as const;
const COLUMN_COUNT_MAX = 3;
const COLUMN_GAP = 28;
const MARGIN_WIDTH = 100;
const TICK_COUNTS = [8, 6, 5];

type Point = { readonly time: number } & Readonly<Record<(typeof QUANTILES)[number], number | null>>;

interface Panel {
  readonly cohort: string;
  readonly color: string;
  readonly points: readonly Point[];
  readonly width: number;
  readonly height: number;
  readonly isLeftmost: boolean;
  readonly isLowest: boolean;
  readonly tickCount: number;
}

/** How the scores of each cohort spread, over time. */
export const scoreQuantiles: Chart = {
  name: 'score-quantiles',
  title: 'Scores by cohort',
  description:
    'How the scores of the nodes of a cohort spread: half of its nodes lie in the dark band and nine in ten in the ' +
    'light one, around the median. All panels have the same scale.',
  spec(input) {
    const samples = binSamples(input, QUANTILES, lineBinDays(input.horizonDays));
    const colors = cohortColors(input.cohorts);
    const columns = Math.min(COLUMN_COUNT_MAX, Math.max(1, input.cohorts.length));
    const rowCount = Math.ceil(input.cohorts.length / columns);
    const panels = input.cohorts.map((cohort, index) => ({
      cohort,
      color: colors[index]!,
      points: toPoints(samples, cohort, timeUnit(input.horizonDays).perDay),
      width: Math.floor((CHART_WIDTH - MARGIN_WIDTH - COLUMN_GAP * (columns - 1)) / columns),
      height: rowCount === 1 ? 240 : 160,
      isLeftmost: index % columns === 0,
      isLowest: index + columns >= input.cohorts.length,
      tickCount: TICK_COUNTS[columns - 1]!,
    }));
    const domain = scoreDomain(panels);
    return {
      title: chartTitle(
        this.title,
        'Line: median. Dark band: 25–75 % of the cohort’s nodes; light band: 5–95 %.',
        samples.replicationCount,
      ),
      description: this.description,
      columns,
      bounds: 'flush',
      spacing: { column: COLUMN_GAP, row: 80 },
      concat: panels.map((panel) => toView(panel, domain, input, samples.bins.length <= SPARSE_BIN_COUNT)),
    };
  },
};

function toPoints(samples: BinnedSamples, cohort: string, perDay: number): Point[] {
  return samples.bins.map((bin, index) => {
    const at = (column: string): number | null => samples.mean(cohort, column, index);
    return {
      time: bin.meanDays * perDay,
      score05: at('score05'),
      score25: at('score25'),
      score50: at('score50'),
      score75: at('score75'),
      score95: at('score95'),
    };
  });
}

/** From 0, or below when scores are negative, to 1, or above when scores are; the same for all panels. */
function scoreDomain(panels: readonly Panel[]): [number, number] {
  let low = 0;
  let high = 1;
  for (const { points } of panels) {
    for (const { score05, score95 } of points) {
      low = Math.min(low, score05 ?? low);
      high = Math.max(high, score95 ?? high);
    }
  }
  return [low, high];
}

function toView(panel: Panel, domain: [number, number], input: ChartInput, isSparse: boolean) {
  const { cohort, color, points, width, height } = panel;
  const isEmpty = points.every((point) => point.score50 === null);
  const time = timeChannel(input, panel.tickCount);
  const x = { ...time, title: panel.isLowest ? time.title : null, field: 'time' };
  const y = {
    type: 'quantitative' as const,
    title: panel.isLeftmost ? 'Score' : null,
    scale: { domain, nice: domain[0] < 0 || domain[1] > 1 },
    axis: { tickCount: 5, labels: panel.isLeftmost },
  };
  const band = (low: string, high: string, opacity: number) => ({
    mark: { type: 'area' as const, color, opacity, line: false },
    encoding: { x, y: { ...y, field: low }, y2: { field: high } },
  });
  const warmUp = warmUpLayers(input, panel.tickCount);
  // A mark at a fixed height: titles keep clear of axis labels, which only the leftmost panel has, and would stagger.
  const name = {
    data: { values: [{}] },
    mark: {
      type: 'text' as const,
      text: cohort,
      align: 'left' as const,
      baseline: 'bottom' as const,
      color: INK.strong,
      fontSize: 13,
      fontWeight: 600 as const,
      limit: width,
    },
    encoding: { x: { value: 0 }, y: { value: input.warmUpDays > 0 ? -22 : -8 } },
  };
  const note = {
    data: { values: [{}] },
    mark: { type: 'text' as const, text: 'No scores', color: INK.faint, fontSize: 13 },
    encoding: { x: { value: width / 2 }, y: { value: height / 2 } },
  };
  return {
    width,
    height,
    data: { values: [...points] },
    layer: [
      ...warmUp.veil,
      band('score05', 'score95', 0.18),
      band('score25', 'score75', 0.35),
      {
        mark: { type: 'line' as const, color, strokeWidth: 1.75, point: isSparse ? { color } : false },
        encoding: { x, y: { ...y, field: 'score50' } },
      },
      ...warmUp.label,
      name,
      ...(isEmpty ? [note] : []),
    ],
  };
}
