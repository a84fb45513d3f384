import { toNumber, toPhrase } from '../../../../reports/figure.js';
import { secondsPerDay, secondsPerHour } from '../../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../../record/tables/table.js';
import type { Scenario } from '../../../scenario/schema/scenario-schema.js';
import { capacityOf, isMostAble, isOfAble } from './capacity.js';
import { coursesSince, drainingIn, drainingInWords, mayDrain } from './course.js';

/** Fewer jobs than this, and less of those that came than this share, more or less may be in line by chance. */
const leastGrowth = 10;
const leastShare = 0.05;

const columns = [
  ...['jobClass', 'jobsFinal', 'jobsCompleted', 'halfwayDays', 'jobsOpenHalfway', 'jobsNotBegunHalfway'],
  ...['jobsFinalSinceHalfway', 'jobsOpen', 'jobsNotBegun', 'jobsQueued'],
] as const;

/** What became of the jobs of a class. */
interface ClassRow {
  readonly name: string;
  readonly numbers: Readonly<Record<string, number>>;
}

function rowsOf(jobClasses: Table): readonly ClassRow[] {
  return Array.from(records(jobClasses, columns), ({ jobClass, ...cells }) => ({
    name: textOf(jobClass!),
    numbers: Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, numberOf(cell)])),
  }));
}

/**
 * A sentence for each class of which more jobs came than could be begun with all through the second half of the run, so
 * that those in line, before the network or at nodes, grow with its length; none otherwise, however long those under
 * way take. Where jobs became fewer again, as after a surge, it says that the demand was too much for a time.
 *
 * @param isFailing whether most attempts fail, so that the lines say nothing of what the machines could do
 */
export function overload(
  {
    jobClasses,
    unserved,
    capacity,
    timeseries,
  }: {
    readonly jobClasses: Table;
    readonly unserved: Table;
    readonly capacity: Table;
    readonly timeseries: Table;
  },
  scenario: Scenario,
  isFailing: boolean,
): readonly string[] {
  const rows = rowsOf(jobClasses);
  const growing = rows.filter(({ numbers }) => isGrowing(numbers));
  if (growing.length === 0) return [];
  const [course] = coursesSince(timeseries, growing[0]!.numbers.halfwayDays!).values();
  const allCame = rows.reduce((sum, { numbers }) => sum + cameSinceHalfway(numbers), 0);
  const draining = drainingIn(course ?? [], allCame, scenario);
  return growing.map(({ name, numbers }) => {
    const ended = numbers.jobsFinalSinceHalfway!;
    const came = cameSinceHalfway(numbers);
    const hours = (scenario.horizon - numbers.halfwayDays! * secondsPerDay) / secondsPerHour;
    const lacking = numbers.jobsQueued! + lackingSlots(unserved, name);
    const there = capacityOf(capacity, (jobClass, reason) => jobClass === name && isOfAble(reason));
    const isCapacity = !isFailing && lacking > numbers.jobsNotBegun! / 2 && (there === null || isMostAble(there));
    const able =
      !isCapacity || there === null || there.able.nodes > 0.99 * there.all.nodes
        ? ''
        : `; ${toNumber(there.able.nodes)} of ${toNumber(there.all.nodes)} nodes could serve them`;
    const cause = isCapacity ? 'Demand exceeds capacity' : 'Jobs come faster than they end';
    const whose = rows.length === 1 ? '' : ` of the class ${name}`;
    const rates = `${toNumber(came / hours)} jobs an hour${whose} came and ${toNumber(ended / hours)} ended`;
    const queued = numbers.jobsQueued!;
    const inLines = `; ${toNumber(queued)} stand in lines at nodes, which times of waiting for a node leave out`;
    const rest = `in the second half of the run ${rates}${queued > numbers.jobsNotBegun! / 2 ? inLines : ''}${able}.`;
    if (draining === null || !mayDrain(name, scenario)) return `${cause}: ${rest}`;
    const before = isCapacity ? 'Demand exceeded capacity' : 'Jobs came faster than they ended';
    return `${before} for a time: ${drainingInWords(draining, rows.length === 1)}; ${rest}`;
  });
}

/** The same of many runs: of those of which it holds for a class or more, to the end, and for a time. */
export function overloadOfReplications(
  { jobClasses, timeseries }: { readonly jobClasses: Table; readonly timeseries: Table },
  scenario: Scenario,
  replications: number,
): readonly string[] {
  const growing = new Map<number, Set<string>>();
  const came = new Map<number, number>();
  let halfwayDays = Number.NaN;
  for (const { replication, jobClass, ...counts } of records(jobClasses, ['replication', ...columns])) {
    const numbers = Object.fromEntries(Object.entries(counts).map(([name, cell]) => [name, numberOf(cell)]));
    const run = numberOf(replication);
    halfwayDays = numbers.halfwayDays!;
    came.set(run, (came.get(run) ?? 0) + cameSinceHalfway(numbers));
    if (isGrowing(numbers)) growing.set(run, (growing.get(run) ?? new Set()).add(textOf(jobClass!)));
  }
  if (growing.size === 0) return [];
  const courses = coursesSince(timeseries, halfwayDays);
  let draining = 0;
  for (const [run, classes] of growing) {
    const isDraining = drainingIn(courses.get(run) ?? [], came.get(run)!, scenario) !== null;
    if (isDraining && [...classes].every((name) => mayDrain(name, scenario))) draining++;
  }
  const lasting = growing.size - draining;
  const runs = (count: number) =>
    `In ${count === replications ? 'all' : toNumber(count)} of ${toNumber(replications)} replications`;
  const toTheEnd = 'jobs came faster than they ended, so that those not begun with grow with the run’s length';
  const forATime = 'jobs came faster than they ended for a time, and those open have become fewer since';
  return [
    ...(lasting > 0 ? [`${runs(lasting)} ${toTheEnd}.`] : []),
    ...(draining > 0 ? [`${runs(draining)} ${forATime}.`] : []),
  ];
}

function isGrowing(numbers: ClassRow['numbers']): boolean {
  const grown = numbers.jobsNotBegun! - numbers.jobsNotBegunHalfway!;
  return grown >= leastGrowth && grown >= leastShare * cameSinceHalfway(numbers);
}

function cameSinceHalfway(numbers: ClassRow['numbers']): number {
  return numbers.jobsFinalSinceHalfway! + numbers.jobsOpen! - numbers.jobsOpenHalfway!;
}

/** Jobs of a class that wait for a first node at the end because those who can do them have no free slot. */
function lackingSlots(unserved: Table, jobClass: string): number {
  let lacking = 0;
  for (const { jobClass: name, reason, openJobs } of records(unserved, ['jobClass', 'reason', 'openJobs'])) {
    if (name === jobClass && (reason === 'busy' || reason === 'tooLate')) lacking += numberOf(openJobs);
  }
  return lacking;
}

/** A class whose jobs mostly end without a result hides among others that do well. */
export function hiddenFailures(jobClasses: Table, completedFraction: number): readonly string[] {
  const rows = rowsOf(jobClasses);
  if (rows.length === 1 || !(completedFraction > 0.5)) return [];
  return rows.flatMap(({ name, numbers }) => {
    const [ended, completed] = [numbers.jobsFinal!, numbers.jobsCompleted!];
    if (ended < leastGrowth || completed >= ended / 2) return [];
    const share = toPhrase(completed / ended, 'fraction');
    return [`Of the jobs of the class ${name} that ended only ${share} were completed.`];
  });
}
