import { bandLayers, bandPoint, bandText, spreadText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import { chartTitle, SPARSE_BIN_COUNT, timeChannel, timeUnit, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly, type TipLine } from '../drawing/interaction.js';
import { binStretches } from '../drawing/lines.js';
import {
  hasWarmUp,
  type PanelPlace,
  panelGrid,
  panelName,
  panelNote,
  panelSpacing,
  scoreDomain,
} from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { atTime, castName, overReplications, perCohort, told } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { type BinnedSamples, binSamples, lineBinDays, type ReplicationSamples, rounded } from '../series/samples.js';
import { type Spread, spreadOf } from '../series/spread.js';

const QUANTILES = ['score05', 'score25', 'score50', 'score75', 'score95'] as const;
const MEDIAN = QUANTILES.indexOf('score50');

/** A point every three pixels of a panel. */
const samplesOf = (input: ChartInput) => {
  const { width } = panelGrid(input.cohorts.length).place(0);
  return binSamples(input, QUANTILES, lineBinDays(input.horizonDays, width));
};

type Point = { readonly time: number | null; readonly cohort: string } & Readonly<
  Record<(typeof QUANTILES)[number], number | null>
>;

interface Panel extends PanelPlace {
  readonly cohort: string;
  readonly color: string;
  readonly points: readonly Point[];
  /** Of the median, over the replications. */
  readonly spreads: readonly (Spread | null)[];
}

/** How the scores of each cohort spread, over time. */
export const scoreQuantiles: Chart = {
  name: 'score-quantiles',
  title: 'Scores by cohort',
  description:
    'Nine in ten of a cohort’s nodes lie in the light band, around the median. The dark one holds half of the nodes ' +
    'of a run by itself, and the medians of replications where there are several. All panels have the same scale.',
  isOverTime: true,
  spec(input) {
    const samples = samplesOf(input);
    const grid = panelGrid(input.cohorts.length);
    const panels = input.cohorts.map((cohort, index) => {
      const spreads = QUANTILES.map((column) => spreadsOf(samples, cohort, column));
      const points = toPoints(samples, cohort, timeUnit(input.horizonDays).perDay, spreads);
      return { ...grid.place(index), cohort, color: input.colors[index]!, points, spreads: spreads[MEDIAN]! };
    });
    const domain = scoreDomain(panels.flatMap(({ points }) => points.flatMap((each) => [each.score05, each.score95])));
    return {
      title: titleOf(this.title, samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      columns: grid.columns,
      bounds: 'flush',
      spacing: panelSpacing(input, stripHeight(input)),
      concat: panels.map((panel, index) => toView(panel, index, domain, input, samples)),
    };
  },
  says(input) {
    const samples = binSamples(input, QUANTILES, lineBinDays(input.horizonDays));
    const over = overReplications(samples.replicationCount);
    let which = 'The median score of';
    const clause = (cohort: string) => {
      const medians = samples.bins.map((_, bin) => samples.mean(cohort, 'score50', bin));
      const each = (value: (one: ReplicationSamples) => number | null) => told(samples.each.map(value), '1');
      const first = medians.findIndex((median) => median !== null);
      if (first < 0) return `${cohort} had no nodes`;
      const last = medians.findLastIndex((median) => median !== null);
      const start = each((one) => one.mean(cohort, 'score50', first));
      const end = each((one) => one.last(cohort, 'score50', last) ?? one.mean(cohort, 'score50', last));
      const whose = `${which} ${cohort}`;
      which = 'that of';
      const gone = last < medians.length - 1;
      const until = gone ? ` until ${atTime(samples.bins[last]!.endDays, input.horizonDays)}, when its nodes left` : '';
      if (start === end) return `${whose} ended where it began, at ${end}${until}`;
      if (over !== '') return `${whose} was ${start} at first and ${end} at the end${until}`;
      const verb = (samples.last(cohort, 'score50', last) ?? medians[last]!) > medians[first]! ? 'rose' : 'fell';
      return `${whose} ${verb} from ${start} to ${end}${until}`;
    };
    return samples.bins.length === 0
      ? 'There are no samples.'
      : `${perCohort(input.cohorts, clause, input.attackers)}${over}.`;
  },
};

/** What is drawn, in one line, or in two where replications are put together. */
function titleOf(title: string, replicationCount: number) {
  if (replicationCount <= 1) {
    return chartTitle(title, 'Line: median. Dark band: 25–75 % of the cohort’s nodes; light band: 5–95 %.');
  }
  const nodes = 'Median score. Light band: 5–95 % of a cohort’s nodes.';
  return chartTitle(title, nodes, bandText(replicationCount, 'dark band'));
}

function spreadsOf({ bins, each }: BinnedSamples, cohort: string, column: string): (Spread | null)[] {
  return bins.map((_, bin) => spreadOf(each.map((one) => one.mean(cohort, column, bin))));
}

function toPoints(
  { bins }: BinnedSamples,
  cohort: string,
  perDay: number,
  spreads: readonly (readonly (Spread | null)[])[],
): Point[] {
  return bins.map((bin, index) => {
    const [score05, score25, score50, score75, score95] = spreads.map((own) => rounded(own[index]?.middle ?? null));
    const quantiles = { score05, score25, score50, score75, score95 } as Record<
      (typeof QUANTILES)[number],
      number | null
    >;
    return { time: rounded(bin.meanDays * perDay), cohort, ...quantiles };
  });
}

function toView(panel: Panel, index: number, domain: [number, number], input: ChartInput, samples: BinnedSamples) {
  const { cohort, color, points, spreads, width, height } = panel;
  const { replicationCount } = samples;
  const isEmpty = points.every((point) => point.score50 === null);
  const isSparse = samples.bins.length <= SPARSE_BIN_COUNT;
  const time = timeChannel(input, panel.tickCount);
  const x = { ...time, title: panel.isLowest ? time.title : null, field: 'time' };
  const y = {
    type: 'quantitative' as const,
    title: panel.isLeftmost ? 'Score' : null,
    scale: { domain, nice: domain[0] < 0 || domain[1] > 1 },
    axis: { tickCount: 5, labels: panel.isLeftmost },
  };
  const band = (low: string, high: string, opacity: number) => ({
    transform: [shownOnly],
    mark: { type: 'area' as const, color, opacity, line: false },
    encoding: { x, y: { ...y, field: low }, y2: { field: high } },
  });
  const tipOf = (bin: number): TipLine[] => {
    const { score05, score25, score50, score75, score95 } = points[bin]!;
    if (score05 === null || score25 === null || score50 === null || score75 === null || score95 === null) return [];
    return [
      [cohort, `median ${spreadText(spreads[bin]!, '', replicationCount)}`],
      ['Half of the nodes', `${toNumber(score25)} to ${toNumber(score75)}`],
      ['Nine in ten', `${toNumber(score05)} to ${toNumber(score95)}`],
    ];
  };
  const { perDay } = timeUnit(input.horizonDays);
  const bands = samples.bins.map(({ meanDays }, bin) => {
    return bandPoint(meanDays * perDay, 'cohort', cohort, color, spreads[bin]!);
  });
  const warmUp = warmUpLayers(input, panel.tickCount);
  return {
    width,
    height,
    data: { values: [...points] },
    layer: [
      ...warmUp.veil,
      band('score05', 'score95', 0.18),
      ...(replicationCount > 1
        ? bandLayers(replicationCount, bands, { x, y, key: 'cohort' })
        : [band('score25', 'score75', 0.35)]),
      {
        transform: [shownOnly],
        mark: { type: 'line' as const, color, strokeWidth: 1.75, point: isSparse ? { color } : false },
        encoding: { x, y: { ...y, field: 'score50' } },
      },
      ...warmUp.label,
      ...panelName(castName(input, cohort), panel, hasWarmUp(input)),
      ...(isEmpty ? [panelNote('No scores', panel)] : []),
      ...stripLayers(input, height, panel.tickCount, panel.isLeftmost),
      hoverLayer(binStretches(input, samples.bins, tipOf), { ...time, title: x.title }, String(index)),
    ],
  };
}
