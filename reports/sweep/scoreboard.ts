/** Variants against figures: who does better at what, at a glance. */
import type { TopLevelSpec } from 'vega-lite';
import { largest } from '../../sim/kernels/extent.js';
import { CHART_WIDTH, INK } from '../drawing/theme.js';
import { wrapped } from '../drawing/words.js';
import { heading } from './curves.js';

/** A cell of the board. */
export interface ScoreboardCell {
  /** The figure as people read it; `–` where it can't be told. */
  readonly text: string;
  /** How many of the others do better, 0 or more; NaN where it can't be told. */
  readonly rank: number;
}

export interface Scoreboard {
  readonly title: string;
  readonly subtitle: string;
  /** Names of the variants. */
  readonly rows: readonly string[];
  /** Names of the figures, and of each a cell a row. */
  readonly columns: readonly { readonly name: string; readonly cells: readonly ScoreboardCell[] }[];
}

const ROW_HEIGHT = 30;
const HEADING_LETTER = 6.6;
/** From the best to the worst: light enough for dark figures on them, and different in lightness, too. */
const COLORS = ['#7fb8de', '#dcecf7', '#fbe9dd', '#f2a97e'];

/** A row a variant and a column a figure, the better the bluer. */
export function scoreboardSpec({ title, subtitle, rows, columns }: Scoreboard): TopLevelSpec {
  const width = (CHART_WIDTH - 150) / columns.length;
  const values = columns.flatMap(({ name, cells }) =>
    cells.map(({ text, rank }, place) => ({
      row: rows[place]!,
      figure: name,
      text,
      rank: Number.isNaN(rank) ? null : rank / Math.max(1, rows.length - 1),
    })),
  );
  const names = columns.map(({ name }) => name);
  const lines = columns.map(({ name }) => wrapped(name, Math.floor((width - 8) / HEADING_LETTER)));
  const most = largest(lines.map(({ length }) => length));
  const y = {
    field: 'row',
    type: 'nominal' as const,
    title: null,
    sort: null,
    scale: { domain: [...rows] },
    axis: { labelLimit: 240, grid: false },
  };
  const x = { field: 'figure', type: 'nominal' as const, sort: null, scale: { domain: names }, axis: null };
  return {
    ...heading({ title, subtitle }),
    width: Math.floor(width * columns.length),
    height: rows.length * ROW_HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: 'rect' as const, stroke: '#ffffff', strokeWidth: 2 },
        encoding: {
          x,
          y,
          color: {
            field: 'rank',
            type: 'quantitative' as const,
            scale: { domain: [0, 0.34, 0.67, 1], range: COLORS, interpolate: 'rgb' as const },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text' as const, color: '#1a1a1a', fontSize: 13 },
        encoding: { x, y, text: { field: 'text', type: 'nominal' as const } },
      },
      ...lines.flatMap((own, place) =>
        own.map((line, index) => ({
          data: { values: [{ figure: names[place]! }] },
          mark: { type: 'text' as const, text: line, baseline: 'bottom' as const, color: INK.plain, fontSize: 12 },
          encoding: { x, y: { value: -8 - 14 * (own.length - 1 - index) } },
        })),
      ),
      // keeps the headings clear of the title
      {
        data: { values: [{}] },
        mark: { type: 'text' as const, text: ' ', fontSize: 12 },
        encoding: { x: { value: 0 }, y: { value: -14 * most - 8 } },
      },
    ],
  } as TopLevelSpec;
}
