import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartInput, charts } from './charts/index.js';
import { renderChart } from './drawing/render.js';

/** A chart as it goes into the report. */
export interface ReportChart {
  readonly name: string;
  readonly title: string;
  /** What is seen in this run. */
  readonly says: string;
  readonly description: string;
  readonly svg: string;
  /** A Vega specification from which a page draws it to answer the pointer. */
  readonly live: object;
}

/**
 * Draws the charts that the run has something for into `folder`/charts as NAME.svg and NAME.png, makes the folder if
 * need be, and returns them.
 */
export async function writeCharts(folder: string, input: ChartInput): Promise<ReportChart[]> {
  const target = join(folder, 'charts');
  mkdirSync(target, { recursive: true });
  const written: ReportChart[] = [];
  for (const chart of charts) {
    if (chart.applies?.(input) === false) continue;
    const { svg, png, live } = await renderChart(chart.spec(input));
    writeFileSync(join(target, `${chart.name}.svg`), svg);
    writeFileSync(join(target, `${chart.name}.png`), png);
    const { name, title, description } = chart;
    written.push({ name, title, says: chart.says(input), description, svg, live });
  }
  return written;
}
