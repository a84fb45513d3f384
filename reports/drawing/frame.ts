import { largest } from '../../sim/kernels/extent.js';
import { secondsPerDay } from '../../sim/model/contract/units.js';
import type { ChartInput } from './chart.js';
import { stripHeight } from './episodes.js';
import { CHART_WIDTH, INK } from './theme.js';

/** Unit of the time axis: the largest of which the run has at least one. */
interface TimeUnit {
  readonly name: 'days' | 'hours' | 'minutes' | 'seconds';
  readonly perDay: number;
}

/** The unit in which a run of this length is drawn. */
export function timeUnit(horizonDays: number): TimeUnit {
  if (horizonDays >= 1) return { name: 'days', perDay: 1 };
  if (horizonDays >= 1 / 24) return { name: 'hours', perDay: 24 };
  if (horizonDays >= 1 / 1440) return { name: 'minutes', perDay: 1440 };
  return { name: 'seconds', perDay: secondsPerDay };
}

/** Where the time axis ends, in its unit. */
function timeEnd(input: ChartInput): number {
  return input.horizonDays * timeUnit(input.horizonDays).perDay;
}

/** Scale and axis of time, from 0 to the horizon, under the strip; `field` or `datum` is added by the layer. */
export function timeChannel(input: ChartInput, tickCount = 8) {
  return {
    type: 'quantitative' as const,
    title: `Time [${timeUnit(input.horizonDays).name}]`,
    scale: { domain: [0, timeEnd(input)], nice: false, zero: false },
    axis: { tickCount, labelFlush: false, offset: stripHeight(input) },
  };
}

/**
 * Scale of counts from 0 to the highest shown, to 1 when all are 0: Vega would put a lone 0 in the middle of the axis.
 */
export function countScale(counts: readonly (number | null)[]) {
  const highest = counts.reduce<number>((high, count) => Math.max(high, count ?? 0), 0);
  return highest > 0 ? { zero: true, nice: true } : { domain: [0, 1], nice: true };
}

/** A light grey rectangle over the warm-up and its name above the plot; nothing when there is no warm-up. */
export function warmUpLayers(input: ChartInput, tickCount?: number) {
  if (input.warmUpDays <= 0) return { veil: [], label: [] };
  const x = timeChannel(input, tickCount);
  const end = Math.min(input.warmUpDays * timeUnit(input.horizonDays).perDay, timeEnd(input));
  return {
    veil: [
      {
        data: { values: [{ start: 0, end }] },
        mark: { type: 'rect' as const, color: INK.veil, opacity: 0.45 },
        encoding: { x: { ...x, field: 'start' }, x2: { field: 'end' } },
      },
    ],
    label: [
      {
        data: { values: [{ start: 0 }] },
        mark: {
          type: 'text' as const,
          text: 'Warm-up',
          align: 'left' as const,
          baseline: 'bottom' as const,
          color: INK.faint,
          fontSize: 12,
        },
        encoding: { x: { ...x, field: 'start' }, y: { value: -4 } },
      },
    ],
  };
}

/** A legend without title that breaks into columns when its names don't fit on a line. */
export function flatLegend(names: readonly string[], symbolType: 'square' | 'stroke') {
  const widths = names.map((name) => 8 * name.length + 44);
  let columns = Math.max(1, names.length);
  while (columns > 1 && gridWidth(widths, columns) > CHART_WIDTH - 100) columns -= 1;
  return { symbolType, symbolStrokeWidth: symbolType === 'stroke' ? 3 : 0, columns };
}

function gridWidth(widths: readonly number[], columns: number): number {
  let width = 0;
  for (let column = 0; column < columns; column++) {
    width += largest(widths.filter((_, index) => index % columns === column));
  }
  return width;
}

/** Title and, beneath it, what is drawn; with several replications a line more says what becomes of them. */
export function chartTitle(text: string, subtitle: string, replications = '') {
  return { text, subtitle: replications === '' ? subtitle : [subtitle, replications] };
}

/** Height of the plot of a chart of one panel, and of each of two [px]. */
export const PLOT_HEIGHT = 300;
export const HALF_PLOT_HEIGHT = 170;

/** Width of a plot that stands over another one [px], which leaves room for the axis. */
export const STACKED_PLOT_WIDTH = CHART_WIDTH - 100;

/** Size of a chart of one panel: as wide as the report's column, axis and padding included. */
export const SINGLE_PANEL = {
  width: CHART_WIDTH,
  height: PLOT_HEIGHT,
  autosize: { type: 'fit-x' as const, contains: 'padding' as const },
};

/** Up to here [bins] samples are marked by dots, as lines alone would hide how few there are. */
export const SPARSE_BIN_COUNT = 12;
