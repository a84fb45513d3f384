import { flatLegend } from './frame.js';
import { INK } from './theme.js';

/** Height of a row and its part that a bar fills [px]. */
const ROW_HEIGHT = 28;
const BAR_SHARE = 0.62;
/** Names beside rows are cut beyond this [px]. */
const ROW_NAMES_WIDTH = 250;

/** A part of a row: its bar lies from one value to another of the axis. */
export interface Bar {
  readonly row: string;
  readonly from: number;
  readonly to: number;
  readonly color: string;
  /** What a page says when the pointer is over it. */
  readonly tip: readonly (readonly [name: string, value: string])[];
  /** Of bars that are a cohort's, which can be turned off. */
  readonly cohort?: string;
}

/** How high a plot of so many rows is [px]. */
export function rowsHeight(count: number): number {
  return ROW_HEIGHT * Math.max(1, count);
}

/** A legend of bars' colours, which no mark of the plot needs. */
export function colorLegend(names: readonly string[], colors: readonly string[]) {
  return {
    data: { values: names.map((part) => ({ part })) },
    mark: { type: 'square' as const, opacity: 0 },
    encoding: {
      color: {
        field: 'part',
        type: 'nominal' as const,
        scale: { domain: [...names], range: [...colors] },
        legend: { ...flatLegend(names, 'square'), symbolOpacity: 1, offset: 14 },
      },
    },
  };
}

/** The place of rows, one below another. */
function rowChannel(rows: readonly string[], hasNames = true) {
  return {
    type: 'nominal' as const,
    title: null,
    sort: [...rows],
    scale: { domain: [...rows] },
    axis: {
      labels: hasNames,
      domain: false,
      ticks: false,
      grid: false,
      labelLimit: ROW_NAMES_WIDTH,
      labelPadding: 10,
    },
  };
}

/** The marks of lying bars; `x` is the plot's own channel. */
export function barLayer<X extends object>(bars: readonly Bar[], rows: readonly string[], x: X, hasNames = true) {
  return {
    data: { values: [...bars] },
    mark: {
      type: 'bar' as const,
      height: { band: BAR_SHARE },
      fill: { expr: 'datum.color' },
      tooltip: { expr: 'datum.tip' },
    },
    encoding: {
      x: { ...x, field: 'from' },
      x2: { field: 'to' },
      y: { ...rowChannel(rows, hasNames), field: 'row' },
    },
  };
}

/** A word at the end of rows, such as the value of a bar. */
export function rowTexts<X extends object>(
  texts: readonly { readonly row: string; readonly at: number; readonly text: string; readonly isLeft?: boolean }[],
  rows: readonly string[],
  x: X,
  hasNames = true,
) {
  return ([false, true] as const).map((isLeft) => ({
    data: { values: texts.filter((each) => (each.isLeft ?? false) === isLeft) },
    mark: {
      type: 'text' as const,
      align: isLeft ? ('right' as const) : ('left' as const),
      baseline: 'middle' as const,
      dx: isLeft ? -6 : 6,
      color: INK.plain,
      fontSize: 12,
    },
    encoding: {
      x: { ...x, field: 'at' },
      y: { ...rowChannel(rows, hasNames), field: 'row' },
      text: { field: 'text', type: 'nominal' as const },
    },
  }));
}
