import { countReplications } from '../series/sample-columns.js';
import type { ChartInput } from './chart.js';
import { episodesOf, ROW_GAP, ROW_HEIGHT, stripRows } from './episodes.js';
import { timeChannel, timeUnit } from './frame.js';
import { shownOnly } from './interaction.js';
import { INK, STRIP_COLORS } from './theme.js';
import { fromTo, inFirst, listed } from './words.js';

/** Of a bar [px]. */
const BAR_HEIGHT = 7;
/** Episodes that the sentence tells; the strip and the table `episodes` have them all. */
const EPISODES_TOLD_MAX = 24;
/** Shorter bars would be too thin to see, as a part of the time axis. */
const SHORTEST = 1 / 250;

/** The strip's bars and, left of them, the names of its lanes; below a plot of this height [px]. */
export function stripLayers(input: ChartInput, plotHeight: number, tickCount?: number, isNamed = true) {
  const { rows, bars } = stripRows(input);
  if (rows.length === 0) return [];
  const { perDay } = timeUnit(input.horizonDays);
  const end = input.horizonDays * perDay;
  const values = bars.map(({ kind, scope, startDays, endDays, label, row, isMerged }) => {
    const shown = Math.max(endDays * perDay, startDays * perDay + end * SHORTEST);
    const colorAt = isMerged ? -1 : input.cohorts.indexOf(scope);
    return {
      start: Math.min(startDays * perDay, end * (1 - SHORTEST)),
      end: Math.min(shown, end),
      top: plotHeight + ROW_GAP + row * ROW_HEIGHT,
      bottom: plotHeight + ROW_GAP + row * ROW_HEIGHT + BAR_HEIGHT,
      color: colorAt >= 0 ? input.colors[colorAt] : (STRIP_COLORS[kind] ?? INK.plain),
      opacity: kind === 'attack' ? 0.4 : 1,
      cohort: scope,
      tip: [
        [scope === 'all' ? 'Whole network' : scope, label],
        ['Time', fromTo(startDays, endDays, input.horizonDays)],
      ],
    };
  });
  const x = timeChannel(input, tickCount);
  const names = rows.flatMap(({ lane }, row) => {
    if (lane === '' || !isNamed) return [];
    return [
      {
        data: { values: [{}] },
        mark: {
          type: 'text' as const,
          text: lane,
          align: 'right' as const,
          baseline: 'middle' as const,
          color: INK.plain,
          fontSize: 11,
        },
        encoding: { x: { value: -6 }, y: { value: plotHeight + ROW_GAP + row * ROW_HEIGHT + BAR_HEIGHT / 2 } },
      },
    ];
  });
  const bar = {
    data: { values },
    transform: [shownOnly],
    mark: {
      type: 'rect' as const,
      fill: { expr: 'datum.color' },
      fillOpacity: { expr: 'datum.opacity' },
      tooltip: { expr: 'datum.tip' },
    },
    encoding: {
      x: { ...x, field: 'start' },
      x2: { field: 'end' },
      y: { field: 'top', type: 'quantitative' as const, scale: null },
      y2: { field: 'bottom' },
    },
  };
  return [bar, ...names];
}

/** What the strips of a run show, in a sentence; empty where there are none. */
export function stripSays(input: ChartInput): string {
  const episodes = episodesOf(input).toSorted((a, b) => a.startDays - b.startDays);
  if (episodes.length === 0) return '';
  const clauses = episodes.slice(0, EPISODES_TOLD_MAX).map(({ kind, scope, label, startDays, endDays }) => {
    const when = fromTo(startDays, endDays, input.horizonDays);
    if (scope === 'all') return `${label} (${when})`;
    const isOfCohort = kind === 'attack' || kind === 'attackEntry';
    return isOfCohort ? `${scope} ${label} (${when})` : `${label} (${scope}, ${when})`;
  });
  const more = episodes.length - EPISODES_TOLD_MAX;
  const rest = `${more} more, in ${input.episodes.name}.csv`;
  const told = more > 0 ? [...clauses, rest] : clauses;
  return `Marked under every time axis${inFirst(countReplications(input))}: ${listed(told)}.`;
}
