import { toNumber } from '../../../reports/figure.js';
import { numberOf, records, type Table } from '../../record/tables/table.js';

const hoursPerDay = 24;
/** Fewer jobs than this, and less of those that came than this share, more or less may be in line by chance. */
const leastGrowth = 10;
const leastShare = 0.05;
/** From this utilisation on it is machines that are lacking. */
const fullUtilisation = 0.9;

/**
 * A sentence if more jobs came than could be begun with all through the second half of the run, so that those in line
 * grow with its length; none otherwise, however long those under way take.
 */
export function overload(timeseries: Table, utilisation: number): readonly string[] {
  const samples = [...records(timeseries, ['timeDays', 'cohort', 'jobsFinal', 'jobsOpen', 'jobsWaiting'])]
    .filter(({ cohort }) => cohort === 'all')
    .map(({ timeDays, jobsFinal, jobsOpen, jobsWaiting }) => {
      const [open, waiting] = [numberOf(jobsOpen), numberOf(jobsWaiting)];
      return { days: numberOf(timeDays), ended: numberOf(jobsFinal), open, waiting };
    });
  const end = samples.at(-1);
  if (end === undefined) return [];
  const half = samples.findLast(({ days }) => days <= end.days / 2);
  if (half === undefined) return [];
  const ended = samples.reduce((sum, { days, ended }) => sum + (days > half.days ? ended : 0), 0);
  const grown = end.waiting - half.waiting;
  const came = ended + end.open - half.open;
  if (grown < leastGrowth || grown < leastShare * came) return [];
  const hours = (end.days - half.days) * hoursPerDay;
  const cause = utilisation >= fullUtilisation ? 'Demand exceeds capacity' : 'Jobs come faster than they end';
  const rates = `${toNumber(came / hours)} jobs an hour came and ${toNumber(ended / hours)} ended`;
  return [`${cause}: in the second half of the run ${rates}.`];
}
