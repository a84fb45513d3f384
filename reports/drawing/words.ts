import { toNumber, toPhrase } from '../figure.js';
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
