/** Two axes: a cell for each pair of values; more: a panel for each combination of the others. */
import type { TopLevelSpec } from 'vega-lite';
import { CHART_WIDTH, INK } from '../drawing/theme.js';
import { figureUnit, heading } from './curves.js';
import {
  axisTitle,
  type ChartPoint,
  cellText,
  drawn,
  levelInWords,
  type ShownUnit,
  type SweepAxis,
  type SweepChart,
  tipOf,
} from './sweep-chart.js';

/** Panels of one chart, included; beyond, words say how many there are. */
export const panelsMost = 12;
const COLUMNS_MOST = 3;
const COLUMN_GAP = 34;
const MARGIN = 130;
/** Labels of an axis, and cells with their number in them, as far as there is room [px]. */
const LABEL_LETTER = 7.2;
const CELL_WIDTH_LEAST = 44;
const CELL_HEIGHT_LEAST = 17;

interface Panel {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

/** How many panels the chart would have: the combinations of all axes but the first two. */
export function panelCount(axes: readonly SweepAxis[]): number {
  return axes.slice(2).reduce((product, { levels }) => product * levels.length, 1);
}

/** The figure by colour, with its number where there is room, and lines where the verdict turns. */
export function heatMapSpec(chart: SweepChart): TopLevelSpec {
  const panels = panelsOf(chart);
  const unit = figureUnit(chart);
  const columns = Math.min(COLUMNS_MOST, panels.length);
  const width = Math.floor((CHART_WIDTH - MARGIN - COLUMN_GAP * (columns - 1)) / columns);
  const rows = chart.axes[1]!.levels.length;
  const height = Math.max(100, Math.min(panels.length === 1 ? 420 : 220, rows * (panels.length === 1 ? 44 : 30)));
  const color = colorScale(chart, unit);
  const specs = panels.map((panel, place) => {
    const isLowest = place + columns >= panels.length;
    return panelSpec(
      chart,
      panel,
      unit,
      { width, height, isLeftmost: place % columns === 0, isLowest },
      color(place === 0),
    );
  });
  const turns = chart.points.some(({ verdict }) => verdict !== '');
  const lines = 'Solid line: what is expected holds on one side of it; dashed: it fails on one side.';
  const title = heading({ title: chart.title, subtitle: turns ? `${chart.subtitle}\n${lines}` : chart.subtitle });
  const text = { ...title.title, subtitle: title.title.subtitle.split('\n') };
  if (specs.length === 1) return { title: text, ...specs[0]! } as TopLevelSpec;
  return { title: text, columns, spacing: { column: COLUMN_GAP, row: 44 }, concat: specs } as TopLevelSpec;
}

function panelsOf({ axes, points }: SweepChart): readonly Panel[] {
  const others = axes.slice(2);
  if (others.length === 0) return [{ name: '', points }];
  const panels = new Map<string, ChartPoint[]>();
  for (const point of points) {
    const name = others
      .map(({ name: own, unit }, axis) => `${lastPart(own)} ${levelInWords(point.values[axis + 2]!, unit)}`)
      .join(', ');
    const own = panels.get(name);
    if (own === undefined) panels.set(name, [point]);
    else own.push(point);
  }
  return Array.from(panels, ([name, own]) => ({ name, points: own })).slice(0, panelsMost);
}

/** The name of a setting without the way to it. */
function lastPart(name: string): string {
  return name
    .split('&')
    .map((path) => path.split('.').slice(-2).join('.'))
    .join('&');
}

function panelSpec(
  { axes, ...chart }: SweepChart,
  { name, points }: Panel,
  unit: ShownUnit,
  {
    width,
    height,
    isLeftmost,
    isLowest,
  }: Record<'width' | 'height', number> & Record<'isLeftmost' | 'isLowest', boolean>,
  color: object,
) {
  const [across, up] = axes as [SweepAxis, SweepAxis];
  const placeOf = (axis: SweepAxis, value: number | string) => axis.levels.indexOf(value);
  const cells = points.map((point) => {
    const [column, row] = [placeOf(across, point.values[0]!), placeOf(up, point.values[1]!)];
    const middle = drawn(point.middle, unit);
    const text = cellText(point.middle, unit);
    return {
      ...{ left: column, right: column + 1, bottom: row, top: row + 1, x: column + 0.5, y: row + 0.5, middle, text },
      tip: tipOf({ axes, ...chart }, point),
    };
  });
  const x = indexChannel(across, width, true, isLowest);
  const y = indexChannel(up, height, false, isLeftmost);
  const isRoomy = width / across.levels.length >= CELL_WIDTH_LEAST && height / up.levels.length >= CELL_HEIGHT_LEAST;
  const box = {
    x: { ...x, field: 'left' },
    x2: { field: 'right' },
    y: { ...y, field: 'bottom' },
    y2: { field: 'top' },
  };
  const numbers = {
    mark: { type: 'text' as const, color: INK.strong, fontSize: 12 },
    encoding: { x: { ...x, field: 'x' }, y: { ...y, field: 'y' }, text: { field: 'text' } },
  };
  const label = {
    data: { values: [{}] },
    mark: {
      ...{ type: 'text' as const, text: name, align: 'left' as const, baseline: 'bottom' as const },
      ...{ color: INK.strong, fontSize: 13, fontWeight: 600 as const },
    },
    encoding: { x: { value: 0 }, y: { value: -6 } },
  };
  const lines = turnsOf(axes as [SweepAxis, SweepAxis], points);
  const line = (isHolding: boolean, dash: readonly number[]) => ({
    data: { values: lines.filter((one) => one.isHolding === isHolding) },
    mark: {
      type: 'rule' as const,
      color: INK.strong,
      strokeWidth: 2.5,
      strokeDash: [...dash],
      strokeCap: 'square' as const,
    },
    encoding: { x: { ...x, field: 'x1' }, x2: { field: 'x2' }, y: { ...y, field: 'y1' }, y2: { field: 'y2' } },
  });
  return {
    width,
    height,
    data: { values: cells },
    layer: [
      {
        mark: { type: 'rect' as const, stroke: '#ffffff', strokeWidth: 1, tooltip: { expr: 'datum.tip' } },
        encoding: { ...box, color },
      },
      ...(isRoomy ? [numbers] : []),
      ...(lines.some(({ isHolding }) => isHolding) ? [line(true, [1, 0])] : []),
      ...(lines.some(({ isHolding }) => !isHolding) ? [line(false, [4, 4])] : []),
      ...(name === '' ? [] : [label]),
    ],
  };
}

/** Places of levels, from 0, with the levels' words as labels, as many as there is room for. */
function indexChannel(axis: SweepAxis, length: number, isAcross: boolean, isLabelled: boolean) {
  const words = axis.levels.map((level) => levelInWords(level, axis.unit));
  let longest = 1;
  for (const word of words) longest = Math.max(longest, word.length);
  const room = isAcross ? longest * LABEL_LETTER + 8 : CELL_HEIGHT_LEAST;
  const step = Math.max(1, Math.ceil((words.length * room) / length));
  const ticks = words.flatMap((_, place) => (place % step === 0 ? [place + 0.5] : []));
  return {
    type: 'quantitative' as const,
    scale: { domain: [0, words.length], nice: false, zero: false },
    title: isLabelled ? axisTitle(axis.name, '') : null,
    axis: {
      values: ticks,
      grid: false,
      ticks: false,
      domain: false,
      labels: isLabelled,
      labelLimit: 160,
      labelExpr: `${JSON.stringify(words)}[floor(datum.value)]`,
    },
  };
}

/** Light tints, on which numbers can be read; of two hues where values lie on both sides of 0. */
function colorScale({ points }: SweepChart, unit: ShownUnit) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { middle } of points) {
    if (!Number.isFinite(middle)) continue;
    least = Math.min(least, middle / unit.divisor);
    most = Math.max(most, middle / unit.divisor);
  }
  const end = Math.max(Math.abs(least), Math.abs(most));
  const isDiverging = least < 0 && most > 0;
  const scale = isDiverging
    ? { domain: [-end, 0, end], range: ['#f2a46b', '#f7f7f5', '#7fb6dc'] }
    : { domain: least <= most ? [least, most] : [0, 1], range: ['#f1f6fb', '#6aaed6'] };
  return (hasLegend: boolean) => ({
    field: 'middle',
    type: 'quantitative' as const,
    scale: { ...scale, type: 'linear' as const },
    legend: hasLegend
      ? {
          title: unit.suffix === '' ? null : `[${unit.suffix}]`,
          orient: 'top' as const,
          gradientLength: 200,
          titleFontWeight: 'normal' as const,
          offset: 10,
        }
      : null,
  });
}

interface Turn {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /** Whether it holds on one side; else it fails on one side, and can't be told on the other. */
  readonly isHolding: boolean;
}

/** The sides of cells between which the verdict differs. */
function turnsOf([across, up]: readonly [SweepAxis, SweepAxis], points: readonly ChartPoint[]): readonly Turn[] {
  const verdicts = new Map<string, ChartPoint['verdict']>();
  for (const { values, verdict } of points) {
    verdicts.set(`${across.levels.indexOf(values[0]!)} ${up.levels.indexOf(values[1]!)}`, verdict);
  }
  const turns: Turn[] = [];
  const compare = (a: string | undefined, b: string | undefined, line: Omit<Turn, 'isHolding'>) => {
    if (a === undefined || b === undefined || a === b) return;
    if (a === 'holds' || b === 'holds') turns.push({ ...line, isHolding: true });
    else if (a === 'fails' || b === 'fails') turns.push({ ...line, isHolding: false });
  };
  for (let x = 0; x < across.levels.length; x++) {
    for (let y = 0; y < up.levels.length; y++) {
      const own = verdicts.get(`${x} ${y}`);
      compare(own, verdicts.get(`${x + 1} ${y}`), { x1: x + 1, x2: x + 1, y1: y, y2: y + 1 });
      compare(own, verdicts.get(`${x} ${y + 1}`), { x1: x, x2: x + 1, y1: y + 1, y2: y + 1 });
    }
  }
  return turns;
}
