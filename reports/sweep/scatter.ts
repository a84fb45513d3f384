/** Points that fill ranges: a panel an axis, in each all of them. */
import type { TopLevelSpec } from 'vega-lite';
import { CHART_WIDTH } from '../drawing/theme.js';
import { figureChannel, figuresOf, figureUnit, heading } from './curves.js';
import { panelsMost } from './heat-map.js';
import {
  axisTitle,
  drawn,
  isByFactors,
  levelInWords,
  type SweepChart,
  shownUnit,
  verdictColor,
} from './sweep-chart.js';

const COLUMN_GAP = 40;

/** The figure over each axis by itself, whatever the others are. */
export function scatterSpec(chart: SweepChart): TopLevelSpec {
  const unit = figureUnit(chart);
  const axes = chart.axes.slice(0, panelsMost);
  const columns = Math.min(axes.length, 3);
  const width = Math.floor((CHART_WIDTH - 110 - COLUMN_GAP * (columns - 1)) / columns);
  const specs = axes.map((axis, place) => {
    const own = chart.points.map(({ values }) => values[place]!);
    const numbers = own.filter((value) => typeof value === 'number');
    const across = shownUnit(axis.unit === 's' ? 's' : '1', numbers);
    const values = chart.points.map((point, at) => {
      const value = own[at]!;
      const x = axis.isNumeric ? drawn(value as number, across) : levelInWords(value, axis.unit);
      return { at: x, ...figuresOf(chart, point, unit) };
    });
    const title = axisTitle(axis.name.length > 40 ? `…${axis.name.slice(-38)}` : axis.name, across.suffix);
    const x = axis.isNumeric
      ? {
          field: 'at',
          type: 'quantitative' as const,
          title,
          scale: isByFactors(numbers) ? { type: 'log' as const, nice: false } : { zero: false, nice: true },
          axis: { tickCount: 5 },
        }
      : { field: 'at', type: 'nominal' as const, title, sort: null, axis: { labelAngle: 0, labelLimit: 120 } };
    const isLeftmost = place % columns === 0;
    const channel = figureChannel(chart, unit);
    const color = verdictColor(chart);
    return {
      width,
      height: axes.length <= columns ? 260 : 180,
      data: { values },
      mark: { type: 'point' as const, filled: true, size: 40, opacity: 0.85, tooltip: { expr: 'datum.tip' } },
      encoding: {
        x,
        y: { ...channel, field: 'middle', title: isLeftmost ? channel.title : null },
        color: 'legend' in color && place > 0 ? { ...color, legend: null } : color,
      },
    };
  });
  return { ...heading(chart), columns, spacing: { column: COLUMN_GAP, row: 36 }, concat: specs } as TopLevelSpec;
}
