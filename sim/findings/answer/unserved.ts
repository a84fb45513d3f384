import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { ReportInput } from '../../../reports/page/html.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { capitalised } from '../words.js';

/** What a reason of `unserved.csv` says of jobs, after “as”, in the table's order. */
const reasons: Readonly<Record<string, string>> = {
  noHardware: 'no machine has what they need',
  noneOnline: 'nobody who could do them was online',
  lowStake: 'nobody online who could do them had the minimum stake',
  jailed: 'everybody with enough stake was in jail',
  noBond: 'no operator had the tokens for the bond',
  tried: 'everybody who could had tried already',
  tooSlow: 'nobody was fast or near enough for their deadline',
  noWeight: 'those who were free had a score or stake of 0',
  busy: 'nobody had a free slot',
  tooLate: 'slots were free only when too little time was left',
};

function inWords(reason: string): string {
  const words = reasons[reason];
  if (words === undefined) throw new Error(`expected a known reason, found ${reason}`);
  return words;
}

/** A smaller share of the jobs isn't worth a sentence. */
const toldFrom = 0.01;
/** Reasons are told until they explain this share of the jobs that got no node. */
const explained = 0.8;

/** A sentence with the main reasons why jobs got no node, if more than 1 % of those that ended did. */
export function unservedTold(unserved: Table, fractionOfFinal: number): readonly string[] {
  if (!(fractionOfFinal > toldFrom)) return [];
  const why = mainReasons(unserved, 'jobs');
  return [`${toPhrase(fractionOfFinal, 'fraction')} of the jobs that ended got no node, as ${why}.`];
}

/** A sentence with the main reasons why jobs wait for a first node at the end, if more than 1 % of all jobs do. */
export function waitingTold(unserved: Table, allJobs: number): readonly string[] {
  let waiting = 0;
  for (const { openJobs } of records(unserved, ['openJobs'])) waiting += numberOf(openJobs);
  if (!(waiting / allJobs > toldFrom)) return [];
  const why = mainReasons(unserved, 'openJobs');
  return [`${toPhrase(waiting / allJobs, 'fraction')} of all jobs wait for a node at the end, as ${why}.`];
}

/** Whether a free slot is what most of the jobs lack that got no node, or wait for one. */
export function isSlotMissing(unserved: Table): boolean {
  let [lacking, all] = [0, 0];
  for (const { reason, jobs, openJobs } of records(unserved, ['reason', 'jobs', 'openJobs'])) {
    const count = numberOf(jobs) + numberOf(openJobs);
    all += count;
    if (reason === 'busy' || reason === 'tooLate') lacking += count;
  }
  return lacking > all / 2;
}

/** The reasons of most of the jobs that the column counts, in words. */
function mainReasons(unserved: Table, column: 'jobs' | 'openJobs'): string {
  const counts = new Map<string, number>();
  let all = 0;
  for (const row of records(unserved, ['reason', column])) {
    const count = numberOf(row[column]);
    if (count === 0) continue;
    const reason = textOf(row.reason);
    counts.set(reason, (counts.get(reason) ?? 0) + count);
    all += count;
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const parts: string[] = [];
  let sum = 0;
  for (const [reason, count] of sorted) {
    if (sum >= explained) break;
    const share = count / all;
    sum += share;
    parts.push(sorted.length === 1 ? inWords(reason) : `${inWords(reason)} (${toPhrase(share, 'fraction')} of these)`);
  }
  const last = parts.pop();
  return parts.length === 0 ? last! : `${parts.join(', ')} or ${last}`;
}

/** The rows of the report's table, of jobs that ended, in the order of the run's. */
export function unservedRows(unserved: Table): ReportInput['unserved'] {
  const ended = [...records(unserved, ['jobClass', 'reason', 'jobs', 'jobsFraction'])].filter(
    ({ jobs }) => numberOf(jobs) > 0,
  );
  return ended.map((row) => {
    const words = inWords(textOf(row.reason));
    return {
      jobClass: textOf(row.jobClass),
      reason: capitalised(words),
      jobs: toNumber(numberOf(row.jobs)),
      share: toPhrase(numberOf(row.jobsFraction), 'fraction'),
    };
  });
}
