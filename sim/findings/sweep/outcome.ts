import { listed } from '../../../reports/drawing/words.js';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { SweepManifest } from '../../folder/sweep-manifest.js';
import { isGain, isTold } from '../outcome/gain.js';
import { capitalised } from '../words.js';
import type { PointFigure, SweepPoint } from './points.js';
import { type Met, turnsInWords, valueInWords } from './turning.js';

type Manifest = Pick<SweepManifest, 'axes' | 'design'>;

/** What attackers' gain is measured by, the better measure first. */
const measures = [
  { metric: 'attackerProfitOverTwinUsd', words: 'Does attacking pay more than honest work?' },
  { metric: 'attackerProfitUsd', words: 'Does attacking bring a profit (no honest twin was run)?' },
] as const;

const words = { holds: 'it does', fails: 'it doesn’t', untold: 'it can’t be told' };

/**
 * Who wins where, at whose cost, and which single setting turns it: a paragraph for readers who know nothing of the
 * model; empty where no point has attackers.
 */
export function sweepOutcome(manifest: Manifest, points: readonly SweepPoint[]): string {
  const told = toldOf(manifest, points);
  if (told === null) return '';
  const { gainOf, cells, where, turned } = told;
  const most = cells
    .filter(({ won }) => won === true)
    .reduce<SweepPoint | null>((best, { point }) => {
      return best === null || gainOf(point).middle > gainOf(best).middle ? point : best;
    }, null);
  return [where, ...(most === null ? [] : [atMost(most, gainOf(most), manifest)]), turned].join(' ');
}

/** The same without whose cost it is at, for who reads of one of its runs. */
export function sweepTurning(manifest: Manifest, points: readonly SweepPoint[]): string {
  const told = toldOf(manifest, points);
  return told === null ? '' : `${told.where} ${told.turned}`;
}

/** Who wins at each point, by the better measure that points have; null where none has any. */
function toldOf(manifest: Manifest, points: readonly SweepPoint[]) {
  const measure = measures.find(({ metric }) => points.some((point) => !Number.isNaN(figureOf(point, metric).middle)));
  if (measure === undefined) return null;
  const gainOf = (point: SweepPoint) => figureOf(point, measure.metric);
  const cells = points.map((point) => ({ point, won: isGain(gainOf(point)) }));
  const where = turnsInWords(manifest, points, (point) => isGain(gainOf(point)), words);
  return {
    gainOf,
    cells,
    where: `${measure.words} ${capitalised(where)}.`,
    turned: turnedBy(manifest, cells, gainOf),
  };
}

const none: PointFigure = { middle: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 };

function figureOf(point: SweepPoint, metric: string): PointFigure {
  return point.metrics.get(metric) ?? none;
}

/** Where they gain most, and who pays for it there. */
function atMost(point: SweepPoint, gain: PointFigure, { axes }: Manifest): string {
  const place = axes.map((axis, at) => `${axis.name} ${valueInWords(point.values[at]!, axis)}`).join(', ');
  const honest = figureOf(point, 'honestProfitOverTwinUsd');
  const others = honest.middle;
  const wrong = figureOf(point, 'wrongAcceptedRate').middle;
  const paid = [
    ...(isTold(others) && isGain(honest) !== null
      ? [`honest operators ${others < 0 ? 'lose' : 'gain'} ${toPhrase(Math.abs(others), 'USD')} by it`]
      : []),
    ...(wrong > 0 ? [`${toPhrase(wrong, 'fraction')} of the results that clients accept are wrong`] : []),
  ];
  const cost = paid.length === 0 ? '' : `; there ${listed(paid)}`;
  return `Attackers gain most, ${toPhrase(gain.middle, 'USD')}, with ${place}${cost}.`;
}

interface Cell {
  readonly point: SweepPoint;
  readonly won: Met;
}

function turnedBy({ axes, design }: Manifest, cells: readonly Cell[], gainOf: (point: SweepPoint) => PointFigure) {
  const names = listed(axes.map(({ name }) => name));
  const isBoth = cells.some(({ won }) => won === true) && cells.some(({ won }) => won === false);
  const isOpen = cells.some(({ won }) => won === null);
  if (!isBoth) return `Nothing that was varied (${names}) turns it${isOpen ? ' for certain' : ''}.`;
  if (design.kind !== 'grid') return 'Points differ in several settings at once, so that no single one can be named.';
  if (axes.length === 1) return alongOne(axes[0]!, cells, gainOf);
  const lines = axes
    .map((axis, at) => ({ axis, ...turnedLines(cells, at) }))
    .filter(({ turned }) => turned > 0)
    .toSorted((a, b) => b.turned / b.lines - a.turned / a.lines);
  if (lines.length === 0) return 'No single setting turns it; only several together do.';
  const each = lines.map(({ axis, turned, lines: all }) => {
    const where = turned === all ? 'whatever the others are' : `in ${turned} of ${all} settings of the others`;
    return `${axis.name} by itself ${where}`;
  });
  return `What turns it: ${each.join('; ')}.`;
}

/** Lines of points that differ on one axis alone, and those of them on which the winner changes. */
function turnedLines(cells: readonly Cell[], axis: number): { readonly lines: number; readonly turned: number } {
  const lines = new Map<string, Set<Met>>();
  for (const { point, won } of cells) {
    const key = JSON.stringify(point.values.filter((_, at) => at !== axis));
    const seen = lines.get(key) ?? new Set();
    lines.set(key, seen);
    seen.add(won);
  }
  const turned = [...lines.values()].filter((seen) => seen.has(true) && seen.has(false)).length;
  return { lines: lines.size, turned };
}

/** Between which values the winner changes; where it does once, about where. */
function alongOne(axis: Manifest['axes'][number], cells: readonly Cell[], gainOf: (point: SweepPoint) => PointFigure) {
  const told = cells.filter(({ won }) => won === true || won === false);
  const name = capitalised(axis.name === 'variant' ? 'the variant' : axis.name);
  if (!told.every(({ point }) => typeof point.values[0] === 'number')) return `${name} alone turns it.`;
  const numberAt = ({ point }: Cell) => point.values[0] as number;
  const sorted = told.toSorted((a, b) => numberAt(a) - numberAt(b));
  const turns = sorted
    .slice(1)
    .flatMap((cell, at) => (cell.won === sorted[at]!.won ? [] : [[sorted[at]!, cell] as const]));
  const between = turns.map((ends) => listed(ends.map((end) => valueInWords(numberAt(end), axis))));
  if (turns.length > 1) return `${axis.name} alone turns it, between ${between.join(', between ')}.`;
  const [[from, to]] = turns as [(typeof turns)[number]];
  const [before, after] = [gainOf(from.point).middle, gainOf(to.point).middle];
  const about = numberAt(from) + ((numberAt(to) - numberAt(from)) * before) / (before - after);
  const middle = axis.units[0] === 's' ? toPhrase(about, 's') : toNumber(about);
  const where = `between ${between[0]}, by a straight line at about ${middle}`;
  return `${axis.name} alone turns it, ${where}.`;
}
