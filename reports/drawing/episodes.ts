import { numberOf, records, textOf } from '../../sim/record/tables/table.js';
import type { ChartInput } from './chart.js';

/** A lane of the strip: its name, and the kinds of episodes in it, the later drawn over the earlier. */
const LANES = [
  { name: 'Attack', kinds: ['attack', 'attackEntry'] },
  { name: 'Outage', kinds: ['outage', 'maintenance'] },
  { name: 'Surge', kinds: ['surge'] },
  { name: 'Bug', kinds: ['bug'] },
  { name: 'Partition', kinds: ['partition'] },
  { name: 'Rules', kinds: ['change'] },
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
export function stripRows(input: ChartInput): Strip {
  let strip = laidOut.get(input);
  if (strip === undefined) {
    strip = layOut(input);
    laidOut.set(input, strip);
  }
  return strip;
}

interface Strip {
  readonly rows: readonly Row[];
  readonly bars: readonly Bar[];
}

/** Laid out once, as every time axis asks for it. */
const laidOut = new WeakMap<ChartInput, Strip>();

function layOut(input: ChartInput): Strip {
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
    const places = new Map(scopes.map((scope, at) => [scope, isMerged ? 0 : at]));
    names.forEach((_, at) => {
      rows.push({ lane: at === 0 ? name : '' });
    });
    for (const each of inLane) {
      bars.push({ ...each, row: first + places.get(each.scope)!, isMerged });
    }
  }
  return { rows, bars: thinned(bars, input.horizonDays) };
}

/** More can't be told apart; those of a row that are nearest to one another become one, until there are no more. */
const BARS_MOST = 160;
const CELLS = 400;

function thinned(bars: readonly Bar[], horizonDays: number): readonly Bar[] {
  let merged = bars;
  for (let gapDays = horizonDays / CELLS; merged.length > BARS_MOST && gapDays < horizonDays; gapDays *= 2) {
    merged = withoutGaps(bars, gapDays);
  }
  return merged;
}

/** Bars of a row and a kind that lie no farther apart than the gap are one. */
function withoutGaps(bars: readonly Bar[], gapDays: number): readonly Bar[] {
  const byPlace = new Map<string, Bar[]>();
  for (const bar of bars) {
    const place = `${bar.row} ${bar.kind}`;
    const others = byPlace.get(place);
    if (others === undefined) byPlace.set(place, [bar]);
    else others.push(bar);
  }
  return [...byPlace.values()].flatMap((each) => {
    const merged: { bar: Bar; count: number }[] = [];
    for (const bar of each.sort((a, b) => a.startDays - b.startDays)) {
      const last = merged.at(-1);
      if (last === undefined || bar.startDays > last.bar.endDays + gapDays) {
        merged.push({ bar, count: 1 });
        continue;
      }
      last.count++;
      const scope = last.bar.scope === bar.scope ? bar.scope : 'several';
      last.bar = { ...last.bar, scope, endDays: Math.max(last.bar.endDays, bar.endDays) };
    }
    return merged.map(({ bar, count }) =>
      count === 1 ? bar : { ...bar, label: `${count} in a row, as ${bar.label}` },
    );
  });
}

/** The episodes of the run, with the names under which cohorts appear. */
export function episodesOf({ episodes, horizonDays, nameOf }: ChartInput): readonly Episode[] {
  return Array.from(records(episodes, ['kind', 'scope', 'startDays', 'endDays', 'label']), (episode) => ({
    kind: textOf(episode.kind),
    scope: nameOf.get(textOf(episode.scope)) ?? textOf(episode.scope),
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
