import type { TopLevelSpec } from 'vega-lite';
import { toNumber } from '../figure.js';
import { curveSpec, dotSpec } from './curves.js';
import { heatMapSpec, panelCount, panelsMost } from './heat-map.js';
import { scatterSpec } from './scatter.js';
import type { SweepChart } from './sweep-chart.js';

export { scoreboardSpec } from './scoreboard.js';
export { linesMost, type SeriesPanel, seriesSpec } from './series.js';
export type { ChartPoint, SweepAxis, SweepChart, Verdict } from './sweep-chart.js';

/** The drawing that suits what is varied. */
export function sweepSpec(chart: SweepChart): TopLevelSpec {
  if (!chart.isGrid) return scatterSpec(chart);
  if (chart.axes.length > 1) return heatMapSpec(chart);
  return chart.axes[0]!.isNumeric ? curveSpec(chart) : dotSpec(chart);
}

/** How to read the drawing, and what it leaves out. */
export function howToRead({ axes, isGrid }: Pick<SweepChart, 'axes' | 'isGrid'>, isBanded: boolean): string {
  if (!isGrid) {
    const cut = axes.length > panelsMost ? ` Of ${axes.length} axes the first ${panelsMost} are drawn.` : '';
    return `Each dot is a point; in each panel the other settings vary, too.${cut}`;
  }
  const band = isBanded ? ' Bands and bars are 95 % intervals over replications.' : '';
  if (axes.length === 1) return `Each dot is a point of the sweep.${band}`;
  const panels = panelCount(axes);
  const shown = `the first ${panelsMost} are drawn; points.csv has all`;
  const cut = panels > panelsMost ? ` Of ${toNumber(panels)} combinations of the other settings ${shown}.` : '';
  return `Each cell is a point of the sweep.${cut}`;
}
