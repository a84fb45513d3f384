import { meanInterval } from '../../sim/kernels/intervals.js';
import { toNumber, toPhrase, toRange } from '../figure.js';
import type { Cast } from './cast.js';
import { timeUnit } from './frame.js';

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** A point of the run's time, such as `day 12.5`, in the unit of the time axis. */
export function atTime(days: number, horizonDays: number): string {
  const { name, perDay } = timeUnit(horizonDays);
  return `${name.slice(0, -1)} ${toNumber(days * perDay)}`;
}

/** A stretch of the run's time, such as `day 10 to 12`; a moment where it has no length. */
export function fromTo(startDays: number, endDays: number, horizonDays: number): string {
  const [start, end] = [atTime(startDays, horizonDays), atTime(endDays, horizonDays)];
  return start === end ? start : `${start} to ${end.slice(end.indexOf(' ') + 1)}`;
}

/** The same behind a verb: `from day 10 to 12`, or `at day 10`. */
export function during(startDays: number, endDays: number, horizonDays: number): string {
  const when = fromTo(startDays, endDays, horizonDays);
  return `${when.includes(' to ') ? 'from' : 'at'} ${when}`;
}

/** Percent of a share: `3.1 %`; what isn't all is never rounded up to it. */
export function percent(share: number): string {
  return toPhrase(share, 'fraction');
}

/** The lowest and the highest that figures of charts can be, scores apart. */
const limitsOf = (unit: string) => [0, unit === 'fraction' ? 1 : Number.POSITIVE_INFINITY] as const;
const unlimited = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/**
 * A figure as sentences tell it: that of one replication as it is, and of several the 95 % interval of their mean, such
 * as `0.6 to 1.7 %`; a dash where none has it.
 *
 * @param values one a replication, null where it has none
 * @param unit '1' for plain numbers, which can be below 0
 */
export function told(values: readonly (number | null)[], unit: string): string {
  const known = values.filter((value) => value !== null);
  if (known.length <= 1) return toPhrase(known[0] ?? Number.NaN, unit);
  const { low, high } = meanInterval(known);
  const [least, most] = unit === '1' ? unlimited : limitsOf(unit);
  return toRange({ low: Math.max(low, least), high: Math.min(high, most) }, unit, unit === 'fraction' ? [1] : []);
}

/** Ends a sentence whose figures are told so: `, 20 replications`; empty for one. */
export function overReplications(replicationCount: number): string {
  return replicationCount <= 1 ? '' : `, ${toNumber(replicationCount)} replications`;
}

/** What a sentence about nodes says where they are kept of the first replication alone; empty for one. */
export function inFirst(replicationCount: number): string {
  return replicationCount <= 1 ? '' : `, in the first of ${toNumber(replicationCount)} replications`;
}

/** Sentences name at most so many cohorts; a reader of more looks at the tables. */
const COHORTS_NAMED_MAX = 6;

/** One clause a cohort, by its name and place; of many the first few, attackers before others, and how many more. */
export function perCohort(
  cohorts: readonly string[],
  clause: (cohort: string, index: number) => string,
  attackers: readonly string[],
): string {
  const places = cohorts.map((_, place) => place);
  const isHonest = (place: number) => Number(!attackers.includes(cohorts[place]!));
  if (cohorts.length > COHORTS_NAMED_MAX) places.sort((a, b) => isHonest(a) - isHonest(b) || a - b);
  const clauses = places.slice(0, COHORTS_NAMED_MAX).map((place) => clause(cohorts[place]!, place));
  const more = cohorts.length - COHORTS_NAMED_MAX;
  if (more > 0) clauses.push(`and so on for ${more} more ${more === 1 ? 'cohort' : 'cohorts'}`);
  return clauses.join('; ');
}

/** The name of a cohort where it heads a panel or stands in a legend: attackers are marked in words. */
export function castName({ attackers }: Pick<Cast, 'attackers'>, cohort: string): string {
  return attackers.includes(cohort) ? `${cohort} (attackers)` : cohort;
}

/** Lines of at most so many code points where words allow, broken between them. */
export function wrapped(text: string, most: number): readonly string[] {
  const lengthOf = (line: string) => [...line].length;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
