import { largest } from '../../sim/kernels/extent.js';
import type { Cast } from './cast.js';
import type { ChartInput } from './chart.js';
import { CHART_WIDTH, INK } from './theme.js';
import { castName } from './words.js';

const COLUMN_COUNT_MAX = 3;
const COLUMN_GAP = 28;
const MARGIN_WIDTH = 100;
const TICK_COUNTS = [8, 6, 5];

/** The place of a cohort's panel in a grid. */
export interface PanelPlace {
  readonly width: number;
  readonly height: number;
  readonly isLeftmost: boolean;
  readonly isLowest: boolean;
  readonly tickCount: number;
}

/** A grid of equal panels, at most three in a row. */
export function panelGrid(count: number): { readonly columns: number; place(index: number): PanelPlace } {
  const columns = Math.min(COLUMN_COUNT_MAX, Math.max(1, count));
  const rowCount = Math.ceil(count / columns);
  return {
    columns,
    place: (index) => ({
      width: Math.floor((CHART_WIDTH - MARGIN_WIDTH - COLUMN_GAP * (columns - 1)) / columns),
      height: rowCount === 1 ? 240 : 160,
      isLeftmost: index % columns === 0,
      isLowest: index + columns >= count,
      tickCount: TICK_COUNTS[columns - 1]!,
    }),
  };
}

/** Spacing of the grid, with room for a strip of this height [px] under each panel and for the names above. */
export function panelSpacing(input: Pick<Cast, 'cohorts' | 'attackers'>, stripHeight: number) {
  const names = input.cohorts.map((cohort) => castName(input, cohort));
  const { place } = panelGrid(names.length);
  const lineCount = Math.max(1, largest(names.map((name, index) => linesOf(name, place(index).width).length)));
  return { column: COLUMN_GAP, row: 80 + stripHeight + (lineCount - 1) * NAME_LINE_HEIGHT };
}

/**
 * The name of a panel as marks at fixed heights: titles keep clear of axis labels, which only the leftmost panel has,
 * and would stagger. A name that is too wide takes two lines.
 */
export function panelName(name: string, { width }: Pick<PanelPlace, 'width'>, isAboveWarmUp: boolean) {
  const lines = linesOf(name, width);
  return lines.map((line, index) => ({
    data: { values: [{}] },
    mark: {
      type: 'text' as const,
      text: line,
      align: 'left' as const,
      baseline: 'bottom' as const,
      color: INK.strong,
      fontSize: 13,
      fontWeight: 600 as const,
    },
    encoding: {
      x: { value: 0 },
      y: { value: (isAboveWarmUp ? -22 : -8) - (lines.length - 1 - index) * NAME_LINE_HEIGHT },
    },
  }));
}

const NAME_LINE_HEIGHT = 16;
/** Of a semi-bold letter, generously, as a reader may lack the font [px]. */
const NAME_LETTER_WIDTH = 8.8;

/** Of a plain letter of an axis, as generously [px]. */
const LABEL_LETTER_WIDTH = 7.6;
const LABEL_WIDTH = 160;
const LABEL_LINE_HEIGHT = 13;

/** Names of cohorts left of rows that these have in a panel: on two lines where an axis would cut them. */
export function rowNames(input: Pick<Cast, 'cohorts' | 'attackers'>) {
  const values = input.cohorts.flatMap((cohort) => {
    const lines = linesOf(castName(input, cohort), (LABEL_WIDTH * NAME_LETTER_WIDTH) / LABEL_LETTER_WIDTH);
    return lines.map((line, index) => ({ cohort, line, dy: LABEL_LINE_HEIGHT * (index - (lines.length - 1) / 2) }));
  });
  const mark = { type: 'text' as const, align: 'right' as const, baseline: 'middle' as const, clip: false };
  return {
    data: { values },
    mark: { ...mark, dy: { expr: 'datum.dy' }, color: INK.plain, fontSize: 12 },
    encoding: {
      x: { value: -8 },
      y: { field: 'cohort', type: 'nominal' as const, sort: [...input.cohorts] },
      text: { field: 'line', type: 'nominal' as const },
    },
  };
}

/** Broken behind the last hyphen that fits, or where the width ends. */
function linesOf(name: string, width: number): string[] {
  const most = Math.floor(width / NAME_LETTER_WIDTH);
  if (name.length <= most) return [name];
  const hyphen = Math.max(name.lastIndexOf('-', most - 1), name.lastIndexOf('_', most - 1)) + 1;
  const end = hyphen > 0 ? hyphen : most;
  return [name.slice(0, end), name.slice(end)];
}

/** A note in the middle of a panel that has nothing to draw. */
export function panelNote(text: string, { width, height }: Pick<PanelPlace, 'width' | 'height'>) {
  return {
    data: { values: [{}] },
    mark: { type: 'text' as const, text, color: INK.faint, fontSize: 13 },
    encoding: { x: { value: width / 2 }, y: { value: height / 2 } },
  };
}

/** From 0, or below when scores are negative, to 1, or above when scores are; the same for all panels and charts. */
export function scoreDomain(scores: Iterable<number | null>): [number, number] {
  let low = 0;
  let high = 1;
  for (const score of scores) {
    low = Math.min(low, score ?? low);
    high = Math.max(high, score ?? high);
  }
  return [low, high];
}

/** Whether the metrics leave out a start, whose name stands above the plot. */
export function hasWarmUp(input: ChartInput): boolean {
  return input.warmUpDays > 0;
}
