import { HOVER_NAME, type HoverStretch } from './interaction.js';

/** What a plot shows, as a table for those who can't see it or want the numbers. */
export interface DataTable {
  /** Of the plot; empty where the columns tell it. */
  readonly caption: string;
  readonly headings: readonly string[];
  /** One cell a heading, empty for none. */
  readonly rows: readonly (readonly string[])[];
}

/** The drawing has more points than a reader of a table wants. */
const ROWS_MOST = 20;

/** The hover texts of each plot of a specification, at most twenty of them at even distances, the last among them. */
export function dataTables(spec: object): readonly DataTable[] {
  return hoverLayersIn(spec).flatMap(({ description = '', data: { values } }): DataTable[] => {
    const told = values.filter(({ tip }) => tip.length > 1);
    if (told.length === 0) return [];
    const shown = evenly(told);
    const names = [...new Set(shown.flatMap(({ tip }) => tip.map(([name]) => name)))];
    const rows = shown.map(({ tip }) => {
      const cells = new Map(tip);
      return names.map((name) => cells.get(name) ?? '');
    });
    return [{ caption: description, headings: names, rows }];
  });
}

interface HoverLayer {
  readonly name: string;
  readonly description?: string;
  readonly data: { readonly values: readonly HoverStretch[] };
}

function hoverLayersIn(part: unknown): HoverLayer[] {
  if (Array.isArray(part)) return part.flatMap(hoverLayersIn);
  if (part === null || typeof part !== 'object') return [];
  const { name, layer, concat, vconcat } = part as Readonly<Record<string, unknown>>;
  if (typeof name === 'string' && name.startsWith(HOVER_NAME)) return [part as HoverLayer];
  return [layer, concat, vconcat].flatMap(hoverLayersIn);
}

function evenly<One>(all: readonly One[]): readonly One[] {
  if (all.length <= ROWS_MOST) return all;
  const distance = (all.length - 1) / (ROWS_MOST - 1);
  return Array.from({ length: ROWS_MOST }, (_, at) => all[Math.round(at * distance)]!);
}
