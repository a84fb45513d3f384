import { toNumber, toPhrase, toRange } from '../../../../reports/figure.js';
import { largest, smallest } from '../../../kernels/extent.js';
import { deadlineSeconds } from '../../../model/columns/job-class.js';
import { numberOf, records, type Table, textOf } from '../../../record/tables/table.js';
import { withClassDefaults } from '../../../scenario/plan/workload-plan.js';
import type { Scenario } from '../../../scenario/schema/scenario-schema.js';

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

/** What became of the jobs of a class, in all replications. */
class ClassCount {
  jobsFinal = 0;
  /** Completed, by the longest of its workloads' medians [s on the reference card]. */
  done = 0;
  /** That got no node for want of a free slot. */
  lacking = 0;

  get lackingShare(): number {
    return this.lacking / this.jobsFinal;
  }
}

function countsOf(jobClasses: Table, unserved: Table, demands: ReadonlyMap<string, ClassDemand>) {
  const counts = new Map(Array.from(demands.keys(), (name) => [name, new ClassCount()]));
  for (const row of records(jobClasses, ['jobClass', 'jobsFinal', 'jobsCompleted'])) {
    const name = textOf(row.jobClass);
    const count = counts.get(name);
    if (count === undefined) continue;
    count.jobsFinal += numberOf(row.jobsFinal);
    count.done += numberOf(row.jobsCompleted) * demands.get(name)!.longest;
  }
  let all = 0;
  for (const { jobClass, reason, jobs } of records(unserved, ['jobClass', 'reason', 'jobs'])) {
    all += numberOf(jobs);
    const count = counts.get(textOf(jobClass));
    if (count !== undefined && (reason === 'busy' || reason === 'tooLate')) count.lacking += numberOf(jobs);
  }
  return { counts, all };
}

/**
 * A sentence where most of the jobs that got no node are of classes whose jobs can't wait for as long as those of
 * others take, which together do most of the work: first come, first served, the short expire behind the long. Tables
 * of many runs are taken together.
 */
export function expiringBehindLonger(
  { jobClasses, unserved }: { readonly jobClasses: Table; readonly unserved: Table },
  scenario: Scenario,
  replications = 1,
): readonly string[] {
  const demands = demandsOf(scenario);
  const { counts, all } = countsOf(jobClasses, unserved, demands);
  let work = 0;
  for (const { done } of counts.values()) work += done;
  const longBefore = (short: string) => {
    const demand = demands.get(short)!;
    return [...demands.keys()].filter((name) => {
      const { longest } = demands.get(name)!;
      const isLonger = longest > demand.patience && longest > muchLonger * demand.longest;
      return isLonger && !(counts.get(name)!.lackingShare > counts.get(short)!.lackingShare / 2);
    });
  };
  const longs = new Set<string>();
  const shorts: string[] = [];
  let expired = 0;
  for (const [name, { lacking }] of counts) {
    const before = lacking > 0 ? longBefore(name) : [];
    const done = before.reduce((sum, one) => sum + counts.get(one)!.done, 0);
    if (!(done > work / 2)) continue;
    shorts.push(name);
    expired += lacking;
    for (const one of before) if (counts.get(one)!.done > 0) longs.add(one);
  }
  if (!(expired > all / 2)) return [];
  shorts.sort((a, b) => counts.get(b)!.lacking - counts.get(a)!.lacking);
  const byWork = [...longs].sort((a, b) => counts.get(b)!.done - counts.get(a)!.done);
  const share = toPhrase(expired / all, 'fraction');
  const job = shorts.length === 1 ? 'job waits' : 'jobs wait';
  const where = replications > 1 ? `, over all ${toNumber(replications)} replications,` : '';
  return [
    `Short jobs expire behind long ones: ${share} of those that got no node${where} are of ${classes(shorts)}, whose ` +
      `usual ${job} ${spread(shorts.map((name) => demands.get(name)!.patience))} at most, while slots are taken ` +
      `first come, first served by ${classes(byWork)} for ` +
      `${spread(byWork.map((name) => demands.get(name)!.longest))} each (on the reference card).`,
  ];
}

/** More names than these tire. */
const namesMost = 3;

/** Such as `the classes task, rendering and 2 others`. */
function classes(names: readonly string[]): string {
  if (names.length === 1) return `the class ${names[0]}`;
  const told = names.slice(0, names.length > namesMost ? namesMost : names.length - 1);
  const left = names.length - told.length;
  const last = left === 1 && names.length <= namesMost ? names.at(-1) : left === 1 ? 'one other' : `${left} others`;
  return `the classes ${told.join(', ')} and ${last}`;
}

/** One duration, or from the least to the most [s]. */
function spread(seconds: readonly number[]): string {
  const ends = { low: smallest(seconds), high: largest(seconds) };
  return ends.low === ends.high ? toPhrase(ends.low, 's') : toRange(ends, 's');
}
