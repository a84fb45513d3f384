import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';

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
 */
export function overload(jobClasses: Table, unserved: Table, horizonSeconds: number): readonly string[] {
  const rows = rowsOf(jobClasses);
  return rows.flatMap(({ name, numbers }) => {
    const ended = numbers.jobsFinalSinceHalfway!;
    const grown = numbers.jobsNotBegun! - numbers.jobsNotBegunHalfway!;
    const came = ended + numbers.jobsOpen! - numbers.jobsOpenHalfway!;
    if (grown < leastGrowth || grown < leastShare * came) return [];
    const hours = (horizonSeconds - numbers.halfwayDays! * secondsPerDay) / secondsPerHour;
    const lacking = numbers.jobsQueued! + lackingSlots(unserved, name);
    const cause = lacking > numbers.jobsNotBegun! / 2 ? 'Demand exceeds capacity' : 'Jobs come faster than they end';
    const whose = rows.length === 1 ? '' : ` of the class ${name}`;
    const rates = `${toNumber(came / hours)} jobs an hour${whose} came and ${toNumber(ended / hours)} ended`;
    const queued = numbers.jobsQueued!;
    const inLines = `; ${toNumber(queued)} stand in lines at nodes, which times of waiting for a node leave out`;
    return [`${cause}: in the second half of the run ${rates}${queued > numbers.jobsNotBegun! / 2 ? inLines : ''}.`];
  });
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
