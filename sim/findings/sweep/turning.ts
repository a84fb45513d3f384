import { listed } from '../../../reports/drawing/words.js';
import { toExactPhrase, toNumber } from '../../../reports/figure.js';
import type { SweepManifest } from '../../folder/sweep-manifest.js';
import type { SweepPoint } from './points.js';

/** What became of an expectation at a point: null where it can't be told, undefined where the point hasn't got it. */
export type Met = boolean | null | undefined;

type Axis = SweepManifest['axes'][number];

/** What is said of each verdict; of a question, a yes or a no. */
export interface Words {
  readonly holds: string;
  readonly fails: string;
  readonly untold: string;
}

const ofExpectation: Words = { holds: 'holds', fails: 'fails', untold: 'can’t be told' };
const ofQuestion: Words = { holds: 'yes', fails: 'no', untold: 'can’t be told' };

/** Lines that are told one by one where there are two axes; a heat map has them all. */
const rowsTold = 6;

/** The verdict on an expectation, or on the question (0), at a point. */
export function metAt({ held }: SweepPoint, expectation: number): Met {
  const parts = held.filter((one) => one.expectation === expectation);
  if (parts.length === 0) return undefined;
  if (parts.some(({ met }) => met === false)) return false;
  return parts.some(({ met }) => met === null) ? null : true;
}

/**
 * Where the verdict turns, such as `holds up to 300, fails from 600`: along the axis where there is one; along the
 * first for each value of the second where there are two; else how often.
 */
export function turningInWords(
  manifest: Pick<SweepManifest, 'axes' | 'design'>,
  points: readonly SweepPoint[],
  expectation: number,
): string {
  const words = expectation === 0 ? ofQuestion : ofExpectation;
  return turnsInWords(manifest, points, (point) => metAt(point, expectation), words);
}

/** The same of any verdict on points. */
export function turnsInWords(
  { axes, design }: Pick<SweepManifest, 'axes' | 'design'>,
  points: readonly SweepPoint[],
  metOf: (point: SweepPoint) => Met,
  words: Words,
): string {
  const cells = points.map((point) => ({ point, met: metOf(point) }));
  const told = cells.filter(({ met }) => met !== undefined);
  if (told.length === 0) return 'nothing is expected there';
  const [first, second] = axes as [Axis, Axis | undefined];
  const isOne = told.every(({ met }) => met === told[0]!.met) && told.length === cells.length;
  if (isOne && told.length > 1) return `${wordOf(told[0]!.met, words)} at all ${toNumber(told.length)} points`;
  if (design.kind !== 'grid' || axes.length > 2)
    return countsInWords(
      told.map(({ met }) => met),
      words,
    );
  if (second === undefined) return alongAxis(first, told, words);
  const rows = [...new Set(told.map(({ point }) => point.values[1]!))];
  const values = new Map<string, string[]>();
  for (const value of rows) {
    const own = told.filter(({ point }) => point.values[1] === value);
    const line = alongAxis(first, own, words);
    values.set(line, [...(values.get(line) ?? []), valueInWords(value, second)]);
  }
  if (values.size === 1) return `${[...values.keys()][0]}, whatever ${second.name} is`;
  const lines = Array.from(values, ([line, own]) => `with ${second.name} ${listed(own)}: ${line}`);
  const more = lines.length > rowsTold ? `; and so on for ${lines.length - rowsTold} more` : '';
  return `${lines.slice(0, rowsTold).join('; ')}${more}`;
}

function alongAxis(
  axis: Axis,
  cells: readonly { readonly point: SweepPoint; readonly met: Met }[],
  words: Words,
): string {
  const place = 0;
  const isNumeric = cells.every(({ point }) => typeof point.values[place] === 'number');
  if (!isNumeric) {
    const groups = [true, false, null].flatMap((met) => {
      const own = cells.filter((cell) => cell.met === met).map(({ point }) => String(point.values[place]));
      return own.length === 0 ? [] : [`${wordOf(met, words)} with ${listed(own)}`];
    });
    return groups.join(', ');
  }
  const sorted = cells.toSorted((a, b) => (a.point.values[place] as number) - (b.point.values[place] as number));
  const stretches: { readonly met: Met; readonly from: number; to: number }[] = [];
  for (const { point, met } of sorted) {
    const value = point.values[place] as number;
    const last = stretches.at(-1);
    if (last !== undefined && last.met === met) last.to = value;
    else stretches.push({ met, from: value, to: value });
  }
  if (stretches.length === 1) return `${wordOf(stretches[0]!.met, words)} at every value`;
  return stretches
    .map(({ met, from, to }, index) => {
      const word = wordOf(met, words);
      if (index === 0) return `${word} ${from === to ? 'at' : 'up to'} ${valueInWords(to, axis)}`;
      const start = valueInWords(from, axis);
      if (index === stretches.length - 1)
        return `${word} ${from === to ? 'at' : 'from'} ${start}${from === to ? '' : ' on'}`;
      return `${word} ${from === to ? `at ${start}` : `from ${start} to ${valueInWords(to, axis)}`}`;
    })
    .join(', ');
}

function countsInWords(met: readonly Met[], words: Words): string {
  const counts = [true, false, null].flatMap((verdict) => {
    const count = met.filter((one) => one === verdict).length;
    return count === 0 ? [] : [`${wordOf(verdict, words)} at ${toNumber(count)}`];
  });
  return `${listed(counts)} of ${toNumber(met.length)} points`;
}

function wordOf(met: Met, { holds, fails, untold }: Words): string {
  if (met === null || met === undefined) return untold;
  return met ? holds : fails;
}

/** A value of an axis as people read it. */
export function valueInWords(value: number | string, { paths, units, values }: Axis): string {
  if (typeof value === 'string') return value;
  // of tied paths one number doesn't say all
  const level = values.kind === 'levels' ? values.levels.find(({ number }) => number === value) : undefined;
  if (paths.length > 1 && level !== undefined) return level.label;
  return toExactPhrase(value, units[0] === 's' ? 's' : '1');
}
