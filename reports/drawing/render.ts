import type { Mark, Spec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { harmless } from '../harmless.js';
import { type ChartFont, loadChartFont } from './font.js';
import { HOVER_NAME } from './interaction.js';
import { THEME } from './theme.js';

/** A chart as text, at twice the size as pixels, and as what a page draws it from to answer the pointer. */
interface RenderedChart {
  readonly svg: string;
  readonly png: Buffer;
  /** A Vega specification, as JSON can hold it. */
  readonly live: Spec;
}

const PNG_ZOOM = 2;

/**
 * Draws a Vega-Lite specification in the common theme, without canvas, network or files other than the two fonts.
 *
 * The same specification gives the same SVG. Throws when the specification asks for data from elsewhere or can't be
 * evaluated.
 */
export async function renderChart(spec: TopLevelSpec): Promise<RenderedChart> {
  const { vega, vegaLite, Resvg, font } = await loadTools();
  const problems: string[] = [];
  const logger = createLogger(problems);
  const compiled = vegaLite.compile(spec, { config: THEME, logger }).spec;
  const view = new vega.View(vega.parse(withoutHover(compiled)), {
    renderer: 'none',
    loader: createRefusingLoader(problems),
    logger,
  });
  try {
    const svg = harmless(withStableIds(await view.toSVG()));
    // Vega logs errors of its data flow instead of throwing them, and draws what is left.
    if (problems.length > 0) throw new Error(`chart: ${problems.join('; ')}`);
    const image = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: PNG_ZOOM },
      font: {
        fontFiles: [...font.files],
        loadSystemFonts: false,
        defaultFontFamily: 'Inter',
        sansSerifFamily: 'Inter',
      },
    });
    return { svg, png: image.render().asPng(), live: withHover(compiled) };
  } finally {
    view.finalize();
  }
}

const isHover = (mark: Mark) => mark.name?.startsWith(HOVER_NAME) === true;

/** The drawing without the marks that only answer a pointer. */
function withoutHover(spec: Spec): Spec {
  return { ...spec, marks: eachMark(spec.marks ?? [], (mark) => (isHover(mark) ? [] : [mark])) };
}

/** The drawing whose hover marks show themselves under the pointer, which Vega-Lite has no words for. */
function withHover(spec: Spec): Spec {
  const shown = (mark: Mark) => {
    const update = { ...mark.encode?.update, fillOpacity: { value: 0 } };
    return { ...mark, encode: { ...mark.encode, update, hover: { fillOpacity: { value: 0.1 } } } } as Mark;
  };
  return { ...spec, marks: eachMark(spec.marks ?? [], (mark) => [isHover(mark) ? shown(mark) : mark]) };
}

function eachMark(marks: readonly Mark[], change: (mark: Mark) => Mark[]): Mark[] {
  return marks.flatMap(change).map((mark) => {
    if (mark.type !== 'group' || mark.marks === undefined) return mark;
    return { ...mark, marks: eachMark(mark.marks, change) };
  });
}

type Tools = Awaited<ReturnType<typeof importTools>>;
let tools: Promise<Tools> | undefined;

// Loaded at the first chart: parsing Vega takes a quarter of a second, which other commands shouldn't pay.
function loadTools(): Promise<Tools> {
  tools ??= importTools();
  return tools;
}

async function importTools() {
  const [vega, vegaLite, { Resvg }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('@resvg/resvg-js'),
  ]);
  const font = loadChartFont();
  measureTextWith(font, vega);
  return { vega, vegaLite, Resvg, font };
}

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
}

/**
 * Has Vega measure text with the font's own widths. Without canvas it takes 0.8 em a letter, which is half as much
 * again as Inter needs: legends fall apart and axis titles float away.
 */
function measureTextWith(font: ChartFont, vega: object): void {
  const { textMetrics } = vega as { textMetrics?: { width: (item: TextItem, text: unknown) => number } };
  if (textMetrics === undefined) throw new Error('vega: expected textMetrics among its exports, found none');
  textMetrics.width = (item, text) => {
    const isSemiBold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600;
    return font.width(String(text ?? ''), item.fontSize ?? 11, isSemiBold);
  };
}

function createRefusingLoader(problems: string[]) {
  // Noted as well as thrown, for Vega takes data that can't be loaded as empty, with no more than a warning.
  const refuse = async (uri: string): Promise<never> => {
    const problem = `expected its data in the specification, found a reference to ${uri}`;
    problems.push(problem);
    throw new Error(problem);
  };
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse };
}

function createLogger(problems: string[]) {
  const logger = {
    level: () => logger,
    error: (...messages: readonly unknown[]) => {
      problems.push(messages.map(String).join(' '));
      return logger;
    },
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

// Vega numbers clip paths in the order of all charts of the process; a chart's file mustn't depend on its neighbours.
function withStableIds(svg: string): string {
  const names = new Map<string, string>();
  for (const [, id] of svg.matchAll(/ id="([^"]+)"/g)) names.set(id!, `id${names.size}`);
  if (names.size === 0) return svg;
  return svg
    .replace(/ id="([^"]+)"/g, (_, id) => ` id="${names.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (match, id) => (names.has(id) ? `url(#${names.get(id)})` : match));
}
