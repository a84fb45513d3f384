import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartInput, charts } from './charts/index.js';
import { renderChart } from './charts/render.js';

/** A chart as it goes into the report. */
export interface ReportChart {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string;
}

/** Draws every chart into `folder`/charts as NAME.svg and NAME.png, makes the folder if need be, and returns them. */
export async function writeCharts(folder: string, input: ChartInput): Promise<ReportChart[]> {
  const target = join(folder, 'charts');
  mkdirSync(target, { recursive: true });
  const written: ReportChart[] = [];
  for (const chart of charts) {
    const { svg, png } = await renderChart(chart.spec(input));
    writeFileSync(join(target, `${chart.name}.svg`), svg);
    writeFileSync(join(target, `${chart.name}.png`), png);
    written.push({ name: chart.name, title: chart.title, description: chart.description, svg });
  }
  return written;
}
