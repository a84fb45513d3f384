import { listed } from '../../../reports/drawing/words.js';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { SweepManifest } from '../../folder/sweep-manifest.js';
import { largest } from '../../kernels/extent.js';
import type { ShownFigure } from './figures.js';
import type { PointFigure, SweepPoint } from './points.js';

/** A figure of which one way is better for the network, and how variants do by it. */
export interface RankedFigure {
  readonly figure: ShownFigure;
  /**
   * For each point how many do better: 0 for the best; NaN where it can't be told. Over replications those whose
   * intervals meet do alike.
   */
  readonly ranks: readonly number[];
}

/** How the points of a sweep compare where it names variants, by what is shown of them. */
export function rankedFigures(
  { axes }: Pick<SweepManifest, 'axes'>,
  points: readonly SweepPoint[],
  figures: readonly ShownFigure[],
): readonly RankedFigure[] {
  const isOfVariants = axes.length === 1 && points.some(({ values }) => typeof values[0] === 'string');
  if (!isOfVariants || points.length < 2) return [];
  const ranked = figures
    .filter(({ better }) => better !== undefined)
    .map((figure) => {
      const own = points.map((point) => figure.of(point));
      const ranks = own.map((one) => {
        return Number.isNaN(one.middle) ? Number.NaN : own.filter((other) => isBetter(figure, other, one)).length;
      });
      return { figure, ranks };
    });
  return ranked.length < 2 ? [] : ranked;
}

/** Which variants are best at what, and which of them at most; empty where nothing is ranked. */
export function rankingInWords(ranked: readonly RankedFigure[], points: readonly SweepPoint[]): readonly string[] {
  const nameOf = (place: number) => String(points[place]!.values[0]);
  const wins = points.map(() => 0);
  const clauses = ranked.flatMap(({ figure, ranks }) => {
    const best = ranks.flatMap((rank, place) => (rank === 0 ? [place] : []));
    if (best.length === 0) return [];
    const label = figure.label.charAt(0).toLowerCase() + figure.label.slice(1);
    // where all do alike, nobody wins
    if (best.length === points.length) return [`${label}: all alike`];
    for (const place of best) wins[place]! += 1;
    const values = [...new Set(best.map((place) => toPhrase(figure.of(points[place]!).middle, figure.unit)))];
    const said = values.length === 1 ? ` (${values[0]})` : '';
    return [`${label}: ${listed(best.map(nameOf))}${said}`];
  });
  const most = largest(wins);
  if (most === 0) return clauses.length === 0 ? [] : [`Best at each: ${clauses.join('; ')}.`];
  const leaders = wins.flatMap((count, place) => (count === most ? [nameOf(place)] : []));
  const leads = `Best at most of these: ${listed(leaders)}, at ${toNumber(most)} of ${toNumber(ranked.length)}.`;
  const all = leaders.length === 1 && most === ranked.length ? `${leaders[0]} is best at all of these.` : leads;
  return [`Best at each: ${clauses.join('; ')}.`, all];
}

/** Whether one does better than another, as far as their intervals tell; by their middles where there are none. */
function isBetter({ better, unit }: ShownFigure, one: PointFigure, other: PointFigure): boolean {
  if (Number.isNaN(one.middle)) return false;
  // what reads the same is told as the same
  if (toPhrase(one.middle, unit) === toPhrase(other.middle, unit)) return false;
  const low = (figure: PointFigure) => (Number.isNaN(figure.low) ? figure.middle : figure.low);
  const high = (figure: PointFigure) => (Number.isNaN(figure.high) ? figure.middle : figure.high);
  return better === 'higher' ? low(one) > high(other) : high(one) < low(other);
}
