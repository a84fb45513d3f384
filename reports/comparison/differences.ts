/** Differences of scenarios from the first, as shares of its figures: a row a metric, a strip a scenario. */
import type { TopLevelSpec } from 'vega-lite';
import { largest } from '../../sim/kernels/extent.js';
import { COHORT_COLORS, INK } from '../drawing/theme.js';
import { toNumber } from '../figure.js';

/** What the chart is drawn from. */
export interface DifferencesChart {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** What is compared with the first, each with a colour of its own. */
  readonly sides: readonly string[];
  readonly rows: readonly DifferencesRow[];
}

/** A metric. */
interface DifferencesRow {
  readonly label: string;
  readonly cells: readonly DifferenceCell[];
}

/** A metric of a side: how far it is from that of the first, as a share of that one's size. */
export interface DifferenceCell {
  /** From 0. */
  readonly side: number;
  readonly middle: number;
  /** NaN where chance can't be told. */
  readonly low: number;
  readonly high: number;
  readonly isChanged: boolean;
  /** Such as `3.1 % instead of 1.4 %`. */
  readonly words: string;
}

/** Rows of a chart, and strips in all of them, at most. */
export const rowsMost = 25;
export const stripsMost = 60;
export const sidesMost = 8;

/** Narrow enough that words can be read on a phone, where the drawing is a little smaller [px]. */
const WIDTH = 388;
/** Beside the plot, for arrows and halves of labels [px]. */
const MARGIN = 22;
/** From the middle of a metric's name to its first words, from words to their strip, and from that to the next [px]. */
const WORDS_BELOW = 18;
const STRIP_BELOW = 17;
const STRIP_HEIGHT = 36;
const ROW_GAP = 14;
const ROOM_FOR_TICKS = 26;
const LEGEND_HEIGHT = 20;
/** Of a share of the strips the scale shows all; the others may lead beyond. */
const SHOWN_WHOLE = 0.85;

const colorOf = (side: number) => COHORT_COLORS[side % COHORT_COLORS.length]!;

export function differencesSpec({ title, subtitle, sides, rows }: DifferencesChart): TopLevelSpec {
  const cells = rows.flatMap((row) => row.cells);
  const scale = scaleOf(cells);
  const legend = sides.length > 1 ? sides : [];
  const texts: object[] = [];
  const bars: object[] = [];
  const dots: object[] = [];
  const arrows: object[] = [];
  const top = legend.length * LEGEND_HEIGHT + ROOM_FOR_TICKS;
  const legendDots = legend.map((_, side) => ({ x: 6, y: side * LEGEND_HEIGHT, color: colorOf(side) }));
  const legendTexts = legend.map((text, side) => ({ x: 18, y: side * LEGEND_HEIGHT, text: shortened(text, 52) }));
  let y = top;
  for (const { label, cells: own } of rows) {
    texts.push({ kind: 'name', x: 0, y, text: shortened(label, 54) });
    y += WORDS_BELOW;
    for (const cell of own) {
      const color = colorOf(cell.side);
      texts.push({ kind: 'words', x: 0, y, text: shortened(`${percent(cell.middle)}: ${cell.words}`, 60) });
      const strip = y + STRIP_BELOW;
      const [low, high] = Number.isNaN(cell.low) ? [cell.middle, cell.middle] : [cell.low, cell.high];
      const [x, x2] = [place(low, scale), place(high, scale)];
      if (x !== x2) bars.push({ x, x2, y: strip, color });
      if (low < scale.low) arrows.push({ x: inPixels(MARGIN - 8), y: strip, color, shape: 'triangle-left' });
      if (high > scale.high) arrows.push({ x: inPixels(WIDTH - MARGIN + 8), y: strip, color, shape: 'triangle-right' });
      const isInside = cell.middle >= scale.low && cell.middle <= scale.high;
      const fill = cell.isChanged ? color : '#ffffff';
      if (isInside) dots.push({ x: place(cell.middle, scale), y: strip, color, fill });
      y += STRIP_HEIGHT;
    }
    y += ROW_GAP;
  }
  const height = y - ROW_GAP;
  const ticks = ticksOf(scale).map((value) => ({
    x: place(value, scale),
    isZero: value === 0,
    text: percent(value),
  }));
  const px = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });
  const own = (field: string) => ({ field, type: 'nominal' as const, scale: null, legend: null });
  const textLayer = (values: readonly object[], look: object) => ({
    data: { values },
    mark: { type: 'text' as const, baseline: 'middle' as const, align: 'left' as const, ...look },
    encoding: { x: px('x'), y: px('y'), text: { field: 'text', type: 'nominal' as const } },
  });
  const grid = (values: readonly object[], color: string) => ({
    data: { values },
    mark: { type: 'rule' as const, color, strokeWidth: 1 },
    encoding: { x: px('x'), y: px('y'), y2: { field: 'y2' } },
  });
  const kind = (name: string) => texts.filter((one) => (one as { kind: string }).kind === name);
  return {
    width: WIDTH,
    height: Math.max(1, height + 8),
    title: { text: title, subtitle: [...subtitle], anchor: 'start', frame: 'bounds' },
    layer: [
      ...stripGrid(),
      {
        data: { values: bars },
        mark: { type: 'rule' as const, strokeWidth: 3, strokeCap: 'butt' as const },
        encoding: { x: px('x'), x2: { field: 'x2' }, y: px('y'), color: own('color') },
      },
      {
        data: { values: arrows },
        mark: { type: 'point' as const, filled: true, size: 70, opacity: 1 },
        encoding: { x: px('x'), y: px('y'), color: own('color'), shape: own('shape') },
      },
      {
        data: { values: [...dots, ...legendDots.map((dot) => ({ ...dot, fill: dot.color }))] },
        mark: { type: 'point' as const, strokeWidth: 2, size: 54, opacity: 1 },
        encoding: { x: px('x'), y: px('y'), stroke: own('color'), fill: own('fill') },
      },
      textLayer(
        ticks.map((tick) => ({ ...tick, y: top - 30 })),
        { align: 'center', fontSize: 11.5, color: INK.faint },
      ),
      textLayer(legendTexts, { fontSize: 12.5, color: INK.plain }),
      textLayer(kind('name'), { fontSize: 13, fontWeight: 600, color: INK.strong }),
      textLayer(kind('words'), { fontSize: 12.5, color: INK.plain }),
    ],
  } as TopLevelSpec;

  /** Lines of the scale, which words aren't crossed by: along the strips alone. */
  function stripGrid() {
    const strips: number[] = [];
    let at = top;
    for (const { cells: inRow } of rows) {
      at += WORDS_BELOW;
      for (const _ of inRow) {
        strips.push(at + STRIP_BELOW);
        at += STRIP_HEIGHT;
      }
      at += ROW_GAP;
    }
    const lines = ticks.flatMap(({ x, isZero }) => strips.map((strip) => ({ x, y: strip - 8, y2: strip + 8, isZero })));
    const base = strips.map((strip) => ({ x: MARGIN, x2: WIDTH - MARGIN, y: strip }));
    return [
      {
        data: { values: base },
        mark: { type: 'rule' as const, color: INK.grid, strokeWidth: 1 },
        encoding: { x: px('x'), x2: { field: 'x2' }, y: px('y') },
      },
      grid(
        lines.filter(({ isZero }) => !isZero),
        INK.grid,
      ),
      grid(
        lines.filter(({ isZero }) => isZero),
        INK.faint,
      ),
    ];
  }
}

/** What the strips show, as shares. */
interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** From the least to the most of most cells, with 0 within, to round ends. */
function scaleOf(cells: readonly DifferenceCell[]): Scale {
  const reach = cells
    .map(({ middle, low, high }) => largest([middle, low, high].filter((value) => !Number.isNaN(value)).map(Math.abs)))
    .sort((a, b) => a - b);
  const most = reach[Math.min(reach.length - 1, Math.floor(reach.length * SHOWN_WHOLE))] ?? 0;
  const end = roundUp(most);
  const ends = cells.flatMap(({ middle, low, high }) => (Number.isNaN(low) ? [middle] : [low, high]));
  const isBelow = ends.some((value) => value < -end / 20);
  const isAbove = ends.some((value) => value > end / 20);
  const isOneWay = isBelow !== isAbove;
  return {
    low: isBelow || !isOneWay ? -end : -end / 10,
    high: isAbove || !isOneWay ? end : end / 10,
    step: end / 2,
  };
}

/** 1, 2 or 5 times a power of ten that isn't below the value. */
function roundUp(value: number): number {
  if (!(value > 0)) return 0.01;
  let power = 1e-6;
  while (power * 10 < value) power *= 10;
  const factor = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10;
  return Number((factor * power).toPrecision(3));
}

function ticksOf({ low, high, step }: Scale): readonly number[] {
  return [-2, -1, 0, 1, 2].map((times) => times * step).filter((value) => value >= low && value <= high);
}

function place(value: number, { low, high }: Scale): number {
  const inside = Math.min(high, Math.max(low, value));
  return inPixels(MARGIN + ((inside - low) / (high - low)) * (WIDTH - 2 * MARGIN));
}

function inPixels(value: number): number {
  return Math.round(10 * value) / 10;
}

/** A share with its sign, such as `+121 %`. */
export function percent(share: number): string {
  const text = toNumber(share * 100);
  return share > 0 && text !== '0' ? `+${text} %` : `${text} %`;
}

function shortened(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}
