import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TopLevelSpec } from 'vega-lite';
import { type ChartInput, charts } from './charts/index.js';
import { type DataTable, dataTables } from './drawing/data-tables.js';
import { renderChart } from './drawing/render.js';
import { countReplications } from './series/sample-columns.js';

/** A chart as it goes into the report. */
export interface ReportChart {
  readonly name: string;
  readonly title: string;
  /** What is seen in this run. */
  readonly says: string;
  readonly description: string;
  /** Whether it fits a narrow page; if not said, it doesn't. */
  readonly isNarrow?: boolean;
  readonly svg: string;
  /** The drawing in numbers: medians, and bounds of bands, of a chart over time of several replications. */
  readonly tables?: readonly DataTable[];
  /** A Vega specification from which a page draws it to answer the pointer. */
  readonly live: object;
}

/** A chart that couldn't be drawn. */
export interface UndrawnChart {
  readonly name: string;
  readonly title: string;
  readonly reason: string;
}

/** A chart to be drawn: how to read it, and what it shows when it is asked for. */
export interface DrawableChart {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Whether it fits a narrow page; if not said, it doesn't. */
  readonly isNarrow?: boolean;
  /** Whether its numbers stand beside it in tables. */
  readonly hasNumbers?: boolean;
  /** Whether there is something to draw. */
  readonly applies: () => boolean;
  readonly spec: () => TopLevelSpec;
  readonly says: () => string;
}

/**
 * Draws the charts that the run has something for into `folder`/charts as NAME.svg and NAME.png, makes the folder if
 * need be, and returns them. A chart that can't be drawn costs itself alone: it is returned with the reason, and its
 * files of an earlier drawing go. What the disk refuses is thrown, as it is of any other file. Aborts between charts.
 */
export async function writeCharts(folder: string, input: ChartInput, signal?: AbortSignal): Promise<WrittenCharts> {
  const ofRun = charts.map(
    (chart): DrawableChart => ({
      name: chart.name,
      title: chart.title,
      description: chart.description,
      isNarrow: chart.isNarrow ?? false,
      hasNumbers: chart.isOverTime && countReplications(input) > 1,
      applies: () => chart.applies?.(input) !== false,
      spec: () => chart.spec(input),
      says: () => chart.says(input),
    }),
  );
  return drawCharts(folder, ofRun, signal);
}

interface WrittenCharts {
  readonly drawn: readonly ReportChart[];
  readonly undrawn: readonly UndrawnChart[];
}

/** The same of any charts. */
export async function drawCharts(
  folder: string,
  drawable: readonly DrawableChart[],
  signal?: AbortSignal,
): Promise<WrittenCharts> {
  const target = join(folder, 'charts');
  mkdirSync(target, { recursive: true });
  const drawn: ReportChart[] = [];
  const undrawn: UndrawnChart[] = [];
  for (const chart of drawable) {
    const { name, title, description, isNarrow = false } = chart;
    const files = { svg: join(target, `${name}.svg`), png: join(target, `${name}.png`) };
    removeFiles(files);
    let images: { readonly svg: string; readonly png: Uint8Array } | undefined;
    try {
      if (!chart.applies()) continue;
      const spec = chart.spec();
      const { svg, png, live } = await renderChart(spec);
      const tables = chart.hasNumbers ? dataTables(spec) : [];
      const says = chart.says();
      images = { svg, png };
      drawn.push({ name, title, says, description, isNarrow, svg, tables, live });
    } catch (error) {
      undrawn.push({ name, title, reason: error instanceof Error ? error.message : String(error) });
    }
    if (images !== undefined) writeImages(files, images);
    // A turn in which an interrupt is heard.
    await nextTurn();
    signal?.throwIfAborted();
  }
  return { drawn, undrawn };
}

interface ImageFiles {
  readonly svg: string;
  readonly png: string;
}

function removeFiles({ svg, png }: ImageFiles): void {
  rmSync(svg, { force: true });
  rmSync(png, { force: true });
}

/** Both or none, so that no half of a drawing stays where the disk takes no more. */
function writeImages(files: ImageFiles, { svg, png }: { readonly svg: string; readonly png: Uint8Array }): void {
  try {
    writeFileSync(files.svg, svg);
    writeFileSync(files.png, png);
  } catch (error) {
    removeFiles(files);
    throw error;
  }
}
