import { toNumber } from '../../../reports/figure.js';
import { numberOf, records, type Table } from '../../record/tables/table.js';

const hoursPerDay = 24;
/** Fewer jobs than this, and less of those that came than this share, more or less may be open by chance. */
const leastGrowth = 10;
const leastShare = 0.05;
/** From this utilisation on it is machines that are lacking. */
const fullUtilisation = 0.9;

/**
 * A sentence if more jobs came than ended all through the second half of the run, so that open ones grow with its
 * length; none otherwise.
 */
export function overload(timeseries: Table, utilisation: number): readonly string[] {
  const samples = [...records(timeseries, ['timeDays', 'cohort', 'jobsFinal', 'jobsOpen'])]
    .filter(({ cohort }) => cohort === 'all')
    .map(({ timeDays, jobsFinal, jobsOpen }) => {
      return { days: numberOf(timeDays), ended: numberOf(jobsFinal), open: numberOf(jobsOpen) };
    });
  const end = samples.at(-1);
  if (end === undefined) return [];
  const half = samples.findLast(({ days }) => days <= end.days / 2);
  if (half === undefined) return [];
  const ended = samples.reduce((sum, { days, ended }) => sum + (days > half.days ? ended : 0), 0);
  const grown = end.open - half.open;
  const came = ended + grown;
  if (grown < leastGrowth || grown < leastShare * came) return [];
  const hours = (end.days - half.days) * hoursPerDay;
  const cause = utilisation >= fullUtilisation ? 'Demand exceeds capacity' : 'Jobs come faster than they end';
  const rates = `${toNumber(came / hours)} jobs an hour came and ${toNumber(ended / hours)} ended`;
  return [`${cause}: in the second half of the run ${rates}.`];
}
