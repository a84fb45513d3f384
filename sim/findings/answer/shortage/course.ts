import { toNumber, toPhrase } from '../../../../reports/figure.js';
import { secondsPerDay } from '../../../model/contract/units.js';
import { numberOf, records, type Table } from '../../../record/tables/table.js';
import { surgesOf } from '../../../scenario/plan/stress/stress-plan.js';
import type { Scenario } from '../../../scenario/schema/scenario-schema.js';

/** Jobs of all classes that were open at a sample. */
interface OpenAt {
  readonly days: number;
  readonly jobs: number;
}

/** The most jobs that were open in the second half of a run, where they became fewer since, and how many are left. */
export interface Draining {
  readonly most: OpenAt;
  readonly left: number;
}

/** Fewer than this is no draining, nor less than this share of what the jobs had grown by, or of the second half. */
const [leastDrained, leastShare] = [10, 0.1];
/** So long after a surge's end the most may be open [d]: what it brought waits. */
const justOverDays = 0.25;

/** How many jobs were open at each sample of a run, from half its time on; by replication, in their order. */
export function coursesSince(timeseries: Table, halfwayDays: number): ReadonlyMap<number, readonly OpenAt[]> {
  const courses = new Map<number, OpenAt[]>();
  for (const row of records(timeseries, ['replication', 'timeDays', 'cohort', 'jobsOpen'])) {
    const days = numberOf(row.timeDays);
    if (row.cohort !== 'all' || days < halfwayDays) continue;
    const replication = numberOf(row.replication);
    const course = courses.get(replication) ?? [];
    course.push({ days, jobs: numberOf(row.jobsOpen) });
    courses.set(replication, course);
  }
  return courses;
}

/**
 * Whether more jobs came than ended for a time alone, and fewer since; null where they are most near the end.
 *
 * @param course in the second half of the run
 * @param came jobs that came in it
 */
export function drainingIn(course: readonly OpenAt[], came: number, scenario: Scenario): Draining | null {
  const [first, last] = [course[0], course.at(-1)];
  if (first === undefined || last === undefined) return null;
  let most = first;
  for (const sample of course) if (sample.jobs > most.jobs) most = sample;
  // by chance as many jobs more or fewer may have come since
  const since = came * ((last.days - most.days) / Math.max(last.days - first.days, Number.MIN_VALUE));
  const drained = most.jobs - last.jobs;
  if (drained < Math.max(leastDrained, 2 * Math.sqrt(since))) return null;
  // that a surge is over is known, and needs no time to be seen
  if (endsSurge(scenario, most.days, last.days)) return { most, left: last.jobs };
  if (drained < leastShare * (most.jobs - first.jobs)) return null;
  // over a night lines grow shorter that the next day grows longer again
  const hasWave = Object.values(scenario.workload).some(({ arrivals }) => (arrivals?.diurnal ?? 0) > 0);
  const leastDays = Math.max(hasWave ? 1 : 0, leastShare * (last.days - first.days));
  return last.days - most.days >= leastDays ? { most, left: last.jobs } : null;
}

/** Whether a surge that was under way, or just over, at that time ended before the last sample [d]. */
function endsSurge(scenario: Scenario, mostDays: number, lastDays: number): boolean {
  const surges = Object.keys(scenario.workload).flatMap((name) => surgesOf(scenario, name));
  return surges.some(({ spans, factor }) => {
    for (let number = 0; spans.start(number) < mostDays * secondsPerDay; number++) {
      const end = spans.end(number) / secondsPerDay;
      if (factor > 1 && end < lastDays && end > mostDays - justOverDays) return true;
    }
    return false;
  });
}

/** Whether what drains may be of the class: one with a surge, if any has one. */
export function mayDrain(jobClass: string, scenario: Scenario): boolean {
  const surged = Object.entries(scenario.workload).filter(([name]) => surgesOf(scenario, name).length > 0);
  return surged.length === 0 || surged.some(([, one]) => one.class === jobClass);
}

/** Such as `most jobs, 3,850, were open at 6 d, and fewer since, 1,360 at the end`. */
export function drainingInWords({ most, left }: Draining, isOneClass: boolean): string {
  const which = isOneClass ? '' : ' of all classes';
  const when = toPhrase(most.days * secondsPerDay, 's');
  const many = `most jobs${which}, ${toNumber(most.jobs)}`;
  return `${many}, were open at ${when}, and fewer since, ${toNumber(left)} at the end`;
}
