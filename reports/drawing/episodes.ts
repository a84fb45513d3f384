import { numberOf, records, textOf } from '../../sim/record/tables/table.js';
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
const ROWS_MAX = 8;
/** A reader wants to tell attackers apart more than anything else. */
const LAST_MERGED = 'Attack';

interface Episode {
  readonly kind: string;
  readonly scope: string;
  readonly startDays: number;
  readonly endDays: number;
  readonly label: string;
}

interface Bar extends Episode {
  readonly row: number;
  /** Whether it shares its row with other scopes, so that a cohort's colour would mix with others'. */
  readonly isMerged: boolean;
}

interface Row {
  /** Empty but for the first row of a lane. */
  readonly lane: string;
}

/**
 * The episodes of a run laid out in rows: one for each scope in a lane. While that makes too many, the lane with most
 * rows, the attacks last, becomes one row.
 */
export function stripRows(input: ChartInput): { readonly rows: readonly Row[]; readonly bars: readonly Bar[] } {
  const episodes = episodesOf(input);
  const lanes = LANES.map(({ name, kinds }) => {
    const inLane = episodes
      .filter(({ kind }) => (kinds as readonly string[]).includes(kind))
      .sort((a, b) => kinds.indexOf(a.kind as never) - kinds.indexOf(b.kind as never));
    return { name, inLane, scopes: [...new Set(inLane.map(({ scope }) => scope))], isMerged: false };
  });
  const rowsOf = ({ scopes, isMerged }: (typeof lanes)[number]) => (isMerged ? 1 : scopes.length);
  while (lanes.reduce((sum, lane) => sum + rowsOf(lane), 0) > ROWS_MAX) {
    const isLast = ({ name }: { readonly name: string }) => Number(name === LAST_MERGED);
    const [next] = lanes
      .toSorted((a, b) => isLast(a) - isLast(b) || rowsOf(b) - rowsOf(a))
      .filter((l) => rowsOf(l) > 1);
    next!.isMerged = true;
  }
  const rows: Row[] = [];
  const bars: Bar[] = [];
  for (const { name, inLane, scopes, isMerged } of lanes) {
    const first = rows.length;
    const names = isMerged ? [''] : scopes;
    names.forEach((_, at) => {
      rows.push({ lane: at === 0 ? name : '' });
    });
    for (const each of inLane) {
      bars.push({ ...each, row: first + (isMerged ? 0 : scopes.indexOf(each.scope)), isMerged });
    }
  }
  return { rows, bars };
}

function episodesOf({ episodes, horizonDays }: ChartInput): Episode[] {
  return Array.from(records(episodes, ['kind', 'scope', 'startDays', 'endDays', 'label']), (episode) => ({
    kind: textOf(episode.kind),
    scope: textOf(episode.scope),
    startDays: numberOf(episode.startDays),
    endDays: Math.min(numberOf(episode.endDays), horizonDays),
    label: textOf(episode.label),
  })).filter(({ startDays }) => startDays <= horizonDays);
}

/** Room that the strip takes between plot and time axis [px]. */
export function stripHeight(input: ChartInput): number {
  const { rows } = stripRows(input);
  return rows.length === 0 ? 0 : ROW_GAP + rows.length * ROW_HEIGHT;
}
