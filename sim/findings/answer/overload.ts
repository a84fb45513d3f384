import { toNumber, toPhrase } from '../../../reports/figure.js';
import { deadlineSeconds } from '../../model/columns/job-class.js';
import { secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { withClassDefaults } from '../../scenario/plan/workload-plan.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';
import { capacityOf, isMostAble, isOfAble } from './capacity.js';

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
 * way take.
 *
 * @param isFailing whether most attempts fail, so that the lines say nothing of what the machines could do
 */
export function overload(
  {
    jobClasses,
    unserved,
    capacity,
  }: { readonly jobClasses: Table; readonly unserved: Table; readonly capacity: Table },
  horizonSeconds: number,
  isFailing: boolean,
): readonly string[] {
  const rows = rowsOf(jobClasses);
  return rows.flatMap(({ name, numbers }) => {
    const ended = numbers.jobsFinalSinceHalfway!;
    const came = cameSinceHalfway(numbers);
    if (!isGrowing(numbers)) return [];
    const hours = (horizonSeconds - numbers.halfwayDays! * secondsPerDay) / secondsPerHour;
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
    return [
      `${cause}: in the second half of the run ${rates}${queued > numbers.jobsNotBegun! / 2 ? inLines : ''}${able}.`,
    ];
  });
}

/** The same of many runs, in one sentence: of those of which it holds for a class or more. */
export function overloadOfReplications(jobClasses: Table, replications: number): readonly string[] {
  const growing = new Set<number>();
  for (const { replication, ...cells } of records(jobClasses, ['replication', ...columns])) {
    const { jobClass: _, ...counts } = cells;
    const numbers = Object.fromEntries(Object.entries(counts).map(([name, cell]) => [name, numberOf(cell)]));
    if (isGrowing(numbers)) growing.add(numberOf(replication));
  }
  if (growing.size === 0) return [];
  const some = growing.size === replications ? 'all' : toNumber(growing.size);
  return [
    `In ${some} of ${toNumber(replications)} replications jobs came faster than they ended, so that those not begun ` +
      'with grow with the run’s length.',
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

/** A class whose work is so many times longer takes slots for longer than those behind it can wait. */
const muchLonger = 5;

/** What a job of a class asks for, the workloads of the class together. */
interface ClassDemand {
  /** The least and the most of the workloads' medians [s on the reference card]. */
  readonly shortest: number;
  readonly longest: number;
  /** How long the most patient of its ordinary jobs wait [s]. */
  readonly patience: number;
}

function demandsOf({ workload }: Scenario): ReadonlyMap<string, ClassDemand> {
  const demands = new Map<string, ClassDemand>();
  for (const written of Object.values(workload)) {
    const { class: name, work, deadline } = withClassDefaults(written);
    const median = work.quantile(0.5);
    const limit = deadline === 'none' ? null : { times: deadline.times, atLeastSeconds: deadline.atLeast };
    const patience = deadlineSeconds(limit, median, 1);
    const other = demands.get(name) ?? { shortest: median, longest: median, patience };
    demands.set(name, {
      shortest: Math.min(other.shortest, median),
      longest: Math.max(other.longest, median),
      patience: Math.max(other.patience, patience),
    });
  }
  return demands;
}

/**
 * A sentence where most of the jobs that got no node are of a class whose jobs can't wait for as long as those of
 * another take, which do most of the work: first come, first served, the short expire behind the long.
 */
export function expiringBehindLonger(
  { jobClasses, unserved }: { readonly jobClasses: Table; readonly unserved: Table },
  scenario: Scenario,
): readonly string[] {
  const lacking = new Map<string, number>();
  let all = 0;
  for (const { jobClass, reason, jobs } of records(unserved, ['jobClass', 'reason', 'jobs'])) {
    const [name, count] = [textOf(jobClass), numberOf(jobs)];
    all += count;
    if (reason === 'busy' || reason === 'tooLate') lacking.set(name, (lacking.get(name) ?? 0) + count);
  }
  const demands = demandsOf(scenario);
  const rows = new Map(rowsOf(jobClasses).map(({ name, numbers }) => [name, numbers]));
  const [short, expired] = [...lacking].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
  const demand = demands.get(short);
  if (demand === undefined || expired <= all / 2) return [];
  let work = 0;
  const works = [...demands].map(([name, { longest }]) => {
    const done = (rows.get(name)?.jobsCompleted ?? 0) * longest;
    work += done;
    return { name, longest, done };
  });
  const lackingShare = (name: string) => (lacking.get(name) ?? 0) / (rows.get(name)?.jobsFinal ?? Number.NaN);
  const long = works
    .filter(({ name, longest, done }) => {
      const isLonger = longest > demand.patience && longest > muchLonger * demand.longest;
      return isLonger && done > work / 2 && !(lackingShare(name) > lackingShare(short) / 2);
    })
    .sort((a, b) => b.done - a.done)[0];
  if (long === undefined) return [];
  const share = toPhrase(expired / all, 'fraction');
  return [
    `Short jobs expire behind long ones: ${share} of those that got no node are of the class ${short}, whose usual ` +
      `job waits ${toPhrase(demand.patience, 's')} at most, while slots are taken first come, first served by the ` +
      `class ${long.name} for ${toPhrase(long.longest, 's')} each (on the reference card).`,
  ];
}
