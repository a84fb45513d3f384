/** The course of variants: a panel a figure, a line a variant. */
import type { TopLevelSpec } from 'vega-lite';
import { flatLegend } from '../drawing/frame.js';
import { CHART_WIDTH, COHORT_COLORS } from '../drawing/theme.js';
import { drawn, shownUnit } from './sweep-chart.js';

/** A figure of variants over time. */
export interface SeriesPanel {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly { readonly variant: string; readonly days: number; readonly value: number }[];
}

/** Of the lines in turn. */
const DASHES = [
  [1, 0],
  [7, 4],
  [2, 3],
  [9, 3, 2, 3],
];
/** Lines that can be told apart in one panel. */
export const linesMost = COHORT_COLORS.length;

export function seriesSpec(title: string, subtitle: string, panels: readonly SeriesPanel[]): TopLevelSpec {
  const all = [...new Set(panels.flatMap(({ points }) => points.map(({ variant }) => variant)))];
  const variants = all.slice(0, linesMost);
  const specs = panels.map((panel, place) => {
    const unit = shownUnit(
      panel.unit,
      panel.points.map(({ value }) => value),
    );
    const values = panel.points
      .filter(({ variant }) => variants.includes(variant))
      .map(({ variant, days, value }) => ({ variant, days: Number(days.toPrecision(6)), value: drawn(value, unit) }));
    return {
      title: { text: panel.title, fontSize: 14, offset: 6 },
      width: CHART_WIDTH - 110,
      height: 190,
      data: { values },
      mark: { type: 'line' as const, strokeWidth: 1.75 },
      encoding: {
        x: {
          field: 'days',
          type: 'quantitative' as const,
          title: place === panels.length - 1 ? 'Time [days]' : null,
          scale: { nice: false, zero: true },
          axis: { tickCount: 8 },
        },
        y: {
          field: 'value',
          type: 'quantitative' as const,
          title: unit.suffix === '' ? null : `[${unit.suffix}]`,
          axis: { tickCount: 5 },
        },
        color: {
          field: 'variant',
          type: 'nominal' as const,
          scale: { domain: variants, range: COHORT_COLORS.slice(0, variants.length) },
          legend: place === 0 ? flatLegend(variants, 'stroke') : null,
        },
        // equal courses lie on one another, and show all of themselves
        strokeDash: {
          field: 'variant',
          type: 'nominal' as const,
          scale: { domain: variants, range: variants.map((_, at) => [...DASHES[at % DASHES.length]!]) },
          legend: place === 0 ? flatLegend(variants, 'stroke') : null,
        },
      },
    };
  });
  return { title: { text: title, subtitle }, spacing: 26, vconcat: specs } as TopLevelSpec;
}
