/** One axis: a curve with a band for numbers, a row with a bar for words. */
import type { TopLevelSpec } from 'vega-lite';
import { SINGLE_PANEL } from '../drawing/frame.js';
import { CHART_WIDTH, INK } from '../drawing/theme.js';
import {
  axisTitle,
  clipped,
  drawn,
  isByFactors,
  levelInWords,
  type ShownUnit,
  type SweepChart,
  shownUnit,
  tipOf,
  VERDICTS,
  verdictColor,
  verdictInWords,
} from './sweep-chart.js';

/** Points whose intervals have bars beside the band. */
const BARS_MOST = 60;
const LINE_COLOR = VERDICTS.holds.color;

/** The figure along numbers: a line through the points, a band of their intervals, the bounds of what is expected. */
export function curveSpec(chart: SweepChart): TopLevelSpec {
  const [axis] = chart.axes as [SweepChart['axes'][number]];
  const numbers = chart.points.map(({ values }) => values[0] as number);
  const across = shownUnit(axis.unit === 's' ? 's' : '1', numbers);
  const up = figureUnit(chart);
  const values = chart.points
    .map((point, place) => ({
      at: drawn(numbers[place]!, across),
      ...figuresOf(chart, point, up),
    }))
    .sort((a, b) => a.at! - b.at!);
  const x = {
    field: 'at',
    type: 'quantitative' as const,
    title: axisTitle(axis.name, across.suffix),
    scale: isByFactors(numbers) ? { type: 'log' as const, nice: false } : { zero: false, nice: false },
    axis: { tickCount: 8, labelFlush: false },
  };
  const y = (field: string) => ({ ...figureChannel(chart, up), field });
  const bars = {
    mark: { type: 'rule' as const, strokeWidth: 1.5, tooltip: { expr: 'datum.tip' } },
    encoding: { x, y: y('low'), y2: { field: 'high' }, color: verdictColor(chart) },
  };
  return {
    ...heading(chart),
    ...SINGLE_PANEL,
    data: { values },
    layer: [
      {
        mark: { type: 'area' as const, color: LINE_COLOR, opacity: 0.18 },
        encoding: { x, y: y('low'), y2: { field: 'high' } },
      },
      ...boundLayers(chart, up, 'y'),
      { mark: { type: 'line' as const, strokeWidth: 1.75, color: LINE_COLOR }, encoding: { x, y: y('middle') } },
      ...(values.length > BARS_MOST ? [] : [bars]),
      {
        mark: {
          type: 'point' as const,
          filled: true,
          size: values.length > BARS_MOST ? 16 : 60,
          opacity: 1,
          tooltip: { expr: 'datum.tip' },
        },
        encoding: { x, y: y('middle'), color: verdictColor(chart) },
      },
    ],
  } as TopLevelSpec;
}

const ROW_HEIGHT = 30;
const ROWS_ROOMY = 30;

/** The figure of each word: a dot in its row, a bar for its interval. */
export function dotSpec(chart: SweepChart): TopLevelSpec {
  const [axis] = chart.axes as [SweepChart['axes'][number]];
  const across = figureUnit(chart);
  const labels = chart.points.map(({ values }) => levelInWords(values[0]!, axis.unit));
  const values = chart.points.map((point, place) => ({ row: labels[place]!, ...figuresOf(chart, point, across) }));
  const y = {
    field: 'row',
    type: 'nominal' as const,
    // the subtitle has it
    title: null,
    sort: null,
    scale: { domain: labels },
    axis: { labelLimit: 240 },
  };
  const x = (field: string) => ({ ...figureChannel(chart, across), field });
  return {
    ...heading(chart),
    width: CHART_WIDTH,
    height: labels.length * (labels.length <= ROWS_ROOMY ? ROW_HEIGHT : ROW_HEIGHT / 2),
    autosize: { type: 'fit-x', contains: 'padding' },
    data: { values },
    layer: [
      ...boundLayers(chart, across, 'x'),
      {
        mark: { type: 'rule' as const, strokeWidth: 2.5, tooltip: { expr: 'datum.tip' } },
        encoding: { y, x: x('low'), x2: { field: 'high' }, color: verdictColor(chart) },
      },
      {
        mark: { type: 'point' as const, filled: true, size: 90, opacity: 1, tooltip: { expr: 'datum.tip' } },
        encoding: { y, x: x('middle'), color: verdictColor(chart) },
      },
    ],
  } as TopLevelSpec;
}

/** Title and what is drawn under it. */
export function heading({ title, subtitle }: Pick<SweepChart, 'title' | 'subtitle'>) {
  return { title: { text: title, subtitle } };
}

/** The unit of the figure, the same for values, intervals and bounds. */
export function figureUnit({ unit, points, bounds }: SweepChart): ShownUnit {
  return shownUnit(unit, [...points.map(({ middle }) => middle), ...bounds.map(({ value }) => value)]);
}

/** The figure of a point as a row to draw. */
export function figuresOf(chart: SweepChart, point: SweepChart['points'][number], unit: ShownUnit) {
  return {
    middle: drawn(point.middle, unit),
    low: drawn(clipped(point.low, chart.range), unit),
    high: drawn(clipped(point.high, chart.range), unit),
    verdict: verdictInWords(chart, point.verdict),
    tip: tipOf(chart, point),
  };
}

/** Scale and axis of the figure; `field` is added by the layer. */
export function figureChannel(chart: SweepChart, { suffix }: ShownUnit) {
  return {
    type: 'quantitative' as const,
    title: suffix === '' ? null : `[${suffix}]`,
    scale: { zero: isFromZero(chart), nice: true },
    axis: { tickCount: 6 },
  };
}

/** Shares and counts are seen from 0 on, unless all of them lie close together far from it. */
function isFromZero({ points, bounds, range }: SweepChart): boolean {
  if (!Number.isFinite(range[0])) return false;
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { middle, low, high } of points) {
    for (const value of [middle, clipped(low, range), clipped(high, range)]) {
      if (Number.isNaN(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  for (const { value } of bounds) least = Math.min(least, value);
  return least < most / 2;
}

/** A dashed line at each bound, with its words. */
function boundLayers(chart: SweepChart, unit: ShownUnit, channel: 'x' | 'y') {
  return chart.bounds.flatMap(({ value, words }) => {
    const data = { values: [{ bound: drawn(value, unit), words }] };
    const place = { [channel]: { ...figureChannel(chart, unit), field: 'bound' } };
    const isUp = channel === 'y';
    return [
      { data, mark: { type: 'rule' as const, color: INK.strong, strokeDash: [4, 3] }, encoding: place },
      {
        data,
        mark: {
          type: 'text' as const,
          align: isUp ? ('right' as const) : ('center' as const),
          baseline: 'bottom' as const,
          dx: isUp ? -2 : 0,
          dy: -3,
          color: INK.plain,
          fontSize: 12,
        },
        encoding: { ...place, [isUp ? 'x' : 'y']: { value: isUp ? 'width' : 0 }, text: { field: 'words' } },
      },
    ];
  });
}
