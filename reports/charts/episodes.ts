import type { ChartInput } from './chart.js';

/** A lane of the strip: its name, and the kinds of episodes in it, the later drawn over the earlier. */
const LANES = [
  { name: 'Attack', kinds: ['attack', 'attackEntry'] },
  { name: 'Outage', kinds: ['outage', 'maintenance'] },
  { name: 'Surge', kinds: ['surge'] },
  { name: 'Bug', kinds: ['bug'] },
] as const;

/** Of a row, and between plot and first row [px]. */
export const ROW_HEIGHT = 11;
export const ROW_GAP = 12;
const ROWS_MAX = 6;

interface Episode {
  readonly kind: string;
  readonly scope: string;
  readonly startDays: number;
  readonly endDays: number;
  readonly label: string;
}

interface Bar extends Episode {
  readonly row: number;
}

interface Row {
  /** Empty but for the first row of a lane. */
  readonly lane: string;
}

/** The episodes of a run laid out in rows: one for each scope in a lane, or one a lane where that would be too many. */
export function stripRows(input: ChartInput): { readonly rows: readonly Row[]; readonly bars: readonly Bar[] } {
  const episodes = episodesOf(input);
  for (const isSplit of [true, false]) {
    const rows: Row[] = [];
    const bars: Bar[] = [];
    for (const { name, kinds } of LANES) {
      const inLane = episodes
        .filter(({ kind }) => (kinds as readonly string[]).includes(kind))
        .sort((a, b) => kinds.indexOf(a.kind as never) - kinds.indexOf(b.kind as never));
      const scopes = isSplit ? [...new Set(inLane.map(({ scope }) => scope))] : inLane.length > 0 ? [''] : [];
      const first = rows.length;
      scopes.forEach((_, index) => {
        rows.push({ lane: index === 0 ? name : '' });
      });
      for (const each of inLane) bars.push({ ...each, row: first + (isSplit ? scopes.indexOf(each.scope) : 0) });
    }
    if (rows.length <= ROWS_MAX || !isSplit) return { rows, bars };
  }
  throw new Error('strip: expected to return within the loop');
}

function episodesOf({ episodes, horizonDays }: ChartInput): Episode[] {
  const names = ['kind', 'scope', 'startDays', 'endDays', 'label'];
  const at = names.map((name) => {
    const index = episodes.columns.findIndex((column) => column.name === name);
    if (index < 0) throw new Error(`table ${episodes.name}: expected a column '${name}', found none`);
    return index;
  });
  return Array.from(episodes.rows(), (row) => ({
    kind: String(row[at[0]!]),
    scope: String(row[at[1]!]),
    startDays: Number(row[at[2]!]),
    endDays: Math.min(Number(row[at[3]!]), horizonDays),
    label: String(row[at[4]!] ?? ''),
  })).filter(({ startDays }) => startDays <= horizonDays);
}

/** Room that the strip takes between plot and time axis [px]. */
export function stripHeight(input: ChartInput): number {
  const { rows } = stripRows(input);
  return rows.length === 0 ? 0 : ROW_GAP + rows.length * ROW_HEIGHT;
}
