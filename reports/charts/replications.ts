import { largest, smallest } from '../../sim/kernels/extent.js';
import type { Chart, ChartInput, ReplicatedFigure } from '../drawing/chart.js';
import { HIDDEN_COHORTS, type TipLine } from '../drawing/interaction.js';
import { COHORT_COLORS, INK } from '../drawing/theme.js';
import { toNumber, toPhrase, toPhraseBeside, toRange } from '../figure.js';

/** Narrow enough that words can be read on a phone, where the drawing is a little smaller [px]. */
const WIDTH = 388;
/** Room beside a strip for the ends of its scale [px]. */
const MARGIN = 84;
/** Of a figure, from the middle of its name: its interval in words, the strip, and where the next one begins [px]. */
const WORDS_AT = 18;
const STRIP_AT = 40;
const ROW_HEIGHT = 72;
/** Of a figure that is the same in all, and needs no strip [px]. */
const ROW_HEIGHT_SAME = 46;
/** Points are moved up and down by as much at most, so that equal ones show [px]. */
const JITTER = 7;
/** More can't be told apart: of more replications some are drawn, evenly by rank. */
const POINTS_MOST = 100;
const COLOR = COHORT_COLORS[0]!;

/** How far apart replications lie, figure by figure. */
export const replications: Chart = {
  name: 'replications',
  title: 'Replications, one by one',
  description:
    'Each figure has a scale of its own, from the least to the most of its replications. The bar is the 95 % ' +
    'interval of the mean, which is the white dot; of figures that are quantiles themselves, bar and dot are of the ' +
    'median. One more run would land where the points are, not within the bar.',
  isOverTime: false,
  isNarrow: true,
  applies: ({ figures }) => figures.length > 0,
  spec({ figures }: ChartInput) {
    let height = 0;
    const rows = figures.map((figure) => {
      const top = height;
      height += isSame(figure) ? ROW_HEIGHT_SAME : ROW_HEIGHT;
      return toRow(figure, top);
    });
    const texts = rows.flatMap((row) => row.texts);
    const px = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });
    const mark = (type: 'rule', strokeWidth: number, color: string) => ({ type, strokeWidth, color });
    const text = (kind: Text['kind'], look: object) => ({
      data: { values: texts.filter((one) => one.kind === kind) },
      mark: { type: 'text' as const, baseline: 'middle' as const, ...look },
      encoding: { x: px('x'), y: px('y'), text: { field: 'text', type: 'nominal' as const } },
    });
    return {
      width: WIDTH,
      height: Math.max(1, height),
      title: { text: this.title, subtitle: subtitleOf(figures), anchor: 'start', frame: 'bounds' },
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        {
          data: { values: rows.flatMap(({ line }) => line) },
          mark: mark('rule', 1, INK.grid),
          encoding: { x: px('x'), x2: { field: 'x2' }, y: px('y') },
        },
        {
          data: { values: rows.flatMap(({ points }) => points) },
          mark: { type: 'circle', size: 34, color: COLOR, opacity: 0.5, tooltip: { expr: 'datum.tip' } },
          encoding: { x: px('x'), y: px('y') },
        },
        {
          data: { values: rows.flatMap(({ bar }) => bar) },
          mark: { ...mark('rule', 3, INK.strong), strokeCap: 'butt' },
          encoding: { x: px('x'), x2: { field: 'x2' }, y: px('y') },
        },
        {
          data: { values: rows.flatMap(({ middle }) => middle) },
          mark: {
            type: 'point',
            filled: true,
            fill: '#ffffff',
            stroke: INK.strong,
            strokeWidth: 2,
            size: 44,
            opacity: 1,
            tooltip: { expr: 'datum.tip' },
          },
          encoding: { x: px('x'), y: px('y') },
        },
        text('name', { align: 'left', fontSize: 13, fontWeight: 600, color: INK.strong }),
        text('words', { align: 'left', fontSize: 12.5, color: INK.plain }),
        text('least', { align: 'right', fontSize: 11.5, color: INK.faint }),
        text('most', { align: 'left', fontSize: 11.5, color: INK.faint }),
      ],
    };
  },
  says({ figures }) {
    if (figures.length === 0) return 'There is one run alone.';
    const all = largest(figures.map(({ values, missing }) => values.length + missing));
    const many = `${toNumber(all)} replications`;
    const same = figures.filter(isSame).length;
    const told =
      same === 0
        ? ''
        : `Of ${figures.length} figures, ${same} ${same === 1 ? 'is' : 'are'} the same in all of ${many}. `;
    const spread = figures.filter((figure) => !isSame(figure));
    if (spread.length === 0) return `Every figure is the same in ${many}.`;
    const widest = spread.reduce((most, figure) => (spreadOf(figure) > spreadOf(most) ? figure : most));
    const ends = toRange({ low: smallest(widest.values), high: largest(widest.values) }, widest.unit);
    return `${told}By its size, ${widest.label} spreads most: ${ends} over ${many}.`;
  },
};

const isSame = ({ values }: ReplicatedFigure) => smallest(values) === largest(values);

/** The distance of the ends as a part of the one that is farther from 0. */
function spreadOf({ values }: ReplicatedFigure): number {
  const [least, most] = [smallest(values), largest(values)];
  return (most - least) / Math.max(Math.abs(least), Math.abs(most));
}

function subtitleOf(figures: readonly ReplicatedFigure[]): string[] {
  const most = largest([0, ...figures.map(({ values }) => values.length)]);
  const points = most > POINTS_MOST ? `${POINTS_MOST} of ${toNumber(most)} replications, by rank` : 'one replication';
  return [`Point: ${points}. Bar: 95 % interval.`, 'White dot: mean, or median of a quantile.'];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Text extends Place {
  readonly kind: 'name' | 'words' | 'least' | 'most';
  readonly text: string;
}

/** What is drawn of a figure [px]. */
interface Row {
  readonly texts: readonly Text[];
  readonly line: readonly (Place & { readonly x2: number })[];
  readonly points: readonly (Place & { readonly tip: readonly TipLine[] })[];
  readonly bar: readonly (Place & { readonly x2: number })[];
  readonly middle: readonly (Place & { readonly tip: readonly TipLine[] })[];
}

function toRow(figure: ReplicatedFigure, top: number): Row {
  const { label, unit, values, low, high, middle, interval } = figure;
  const name = `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
  const named: Text = { kind: 'name', x: 0, y: top, text: name };
  const words: Text = { kind: 'words', x: 0, y: top + WORDS_AT, text: interval };
  if (isSame(figure)) {
    const same = { ...words, text: `${toPhrase(values[0]!, unit)} in all` };
    return { texts: [named, same], line: [], points: [], bar: [], middle: [] };
  }
  const y = top + STRIP_AT;
  const isTold = !Number.isNaN(low);
  // of few replications an interval can be wider than all of them; the scale shows it whole
  const ends = isTold ? [...values, low, high] : values;
  const [least, most] = [smallest(ends), largest(ends)];
  const place = (value: number) => {
    return MARGIN + 6 + ((value - least) / (most - least)) * (WIDTH - 2 * MARGIN - 12);
  };
  const inPixels = (value: number) => Math.round(10 * value) / 10;
  const points = shownOf(values).map((value, at) => {
    const tip: TipLine[] = [['A replication', toPhrase(value, unit)]];
    return { x: inPixels(place(value)), y: inPixels(y + (((at * 0.618034) % 1) - 0.5) * 2 * JITTER), tip };
  });
  const tip: TipLine[] = [
    ['95 % interval', interval],
    ['Dot', toPhrase(middle, unit)],
  ];
  // so that both ends don't read alike
  const centre = (least + most) / 2;
  return {
    texts: [
      named,
      words,
      { kind: 'least', x: MARGIN - 6, y, text: toPhraseBeside(least, unit, [centre]) },
      { kind: 'most', x: WIDTH - MARGIN + 6, y, text: toPhraseBeside(most, unit, [centre]) },
    ],
    line: [{ x: MARGIN, x2: WIDTH - MARGIN, y }],
    points,
    bar: isTold ? [{ x: inPixels(place(low)), x2: inPixels(place(high)), y }] : [],
    middle: [{ x: inPixels(place(middle)), y, tip }],
  };
}

/** All values while they are few, and then those at even ranks, the least and the most among them. */
function shownOf(values: readonly number[]): readonly number[] {
  if (values.length <= POINTS_MOST) return values;
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return Array.from({ length: POINTS_MOST }, (_, at) => sorted[Math.round((at * last) / (POINTS_MOST - 1))]!);
}
