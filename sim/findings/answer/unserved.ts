import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { ReportInput } from '../../../reports/page/html.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { capitalised } from '../words.js';
import { capacityOf, isMostAble, isOfAble, shortageInWords } from './capacity.js';

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

/** What a run's tables say of jobs without a node. */
export interface UnservedTables {
  readonly unserved: Table;
  readonly capacity: Table;
}

/** A sentence with the main reasons why jobs got no node, if more than 1 % of those that ended did. */
export function unservedTold(tables: UnservedTables, fractionOfFinal: number): readonly string[] {
  if (!(fractionOfFinal > toldFrom)) return [];
  const why = mainReasons(tables, 'jobs');
  return [`${toPhrase(fractionOfFinal, 'fraction')} of the jobs that ended got no node, as ${why}.`];
}

/** A sentence with the main reasons why jobs wait for a first node at the end, if more than 1 % of all jobs do. */
export function waitingTold(tables: UnservedTables, allJobs: number): readonly string[] {
  let waiting = 0;
  for (const { openJobs } of records(tables.unserved, ['openJobs'])) waiting += numberOf(openJobs);
  if (!(waiting / allJobs > toldFrom)) return [];
  const why = mainReasons(tables, 'openJobs');
  return [`${toPhrase(waiting / allJobs, 'fraction')} of all jobs wait for a node at the end, as ${why}.`];
}

/** Whether a free slot, of nodes most of which could serve, is what most jobs lack that got none, or wait for one. */
export function isSlotMissing({ unserved, capacity }: UnservedTables): boolean {
  const there = capacityOf(capacity);
  if (there !== null && !isMostAble(there)) return false;
  let [lacking, all] = [0, 0];
  for (const { reason, jobs, openJobs } of records(unserved, ['reason', 'jobs', 'openJobs'])) {
    const count = numberOf(jobs) + numberOf(openJobs);
    all += count;
    if (reason === 'busy' || reason === 'tooLate') lacking += count;
  }
  return lacking > all / 2;
}

/** The reasons of most of the jobs that the column counts, in words. */
function mainReasons({ unserved, capacity }: UnservedTables, column: 'jobs' | 'openJobs'): string {
  const counts = new Map<string, number>();
  let all = 0;
  for (const row of records(unserved, ['reason', column])) {
    const count = numberOf(row[column]);
    if (count === 0) continue;
    const reason = textOf(row.reason);
    counts.set(reason, (counts.get(reason) ?? 0) + count);
    all += count;
  }
  const sorted = withShortage([...counts], capacity).sort((a, b) => b.jobs - a.jobs);
  const parts: string[] = [];
  let sum = 0;
  for (const { words, jobs } of sorted) {
    if (sum >= explained) break;
    const share = jobs / all;
    sum += share;
    parts.push(sorted.length === 1 ? words : `${words} (${toPhrase(share, 'fraction')} of these)`);
  }
  const last = parts.pop();
  return parts.length === 0 ? last! : `${parts.join(', ')} or ${last}`;
}

interface ReasonInWords {
  readonly words: string;
  readonly jobs: number;
}

/** Where most of the capacity was kept, what kept it is the one reason of all jobs that somebody could have served. */
function withShortage(counts: readonly (readonly [reason: string, jobs: number])[], capacity: Table): ReasonInWords[] {
  const each = counts.map(([reason, jobs]) => ({ words: inWords(reason), jobs }));
  const ofAble = counts.filter(([reason]) => isOfAble(reason)).sort(([, a], [, b]) => b - a);
  const there = capacityOf(capacity);
  if (ofAble.length === 0 || there === null) return each;
  const shortage = shortageInWords(there, ofAble[0]![0]);
  if (shortage === null) return each;
  const others = counts.filter(([reason]) => !isOfAble(reason));
  const jobs = ofAble.reduce((sum, [, count]) => sum + count, 0);
  return [{ words: shortage, jobs }, ...others.map(([reason, count]) => ({ words: inWords(reason), jobs: count }))];
}

/** The rows of the report's table, of jobs that ended, in the order of the run's. */
export function unservedRows({ unserved, capacity }: UnservedTables): ReportInput['unserved'] {
  const ended = [...records(unserved, ['jobClass', 'reason', 'jobs', 'jobsFraction'])].filter(
    ({ jobs }) => numberOf(jobs) > 0,
  );
  return ended.map((row) => {
    const [jobClass, reason] = [textOf(row.jobClass), textOf(row.reason)];
    const there = capacityOf(capacity, (name, why) => name === jobClass && why === reason);
    const words = (there === null ? null : shortageInWords(there, reason)) ?? inWords(reason);
    return {
      jobClass,
      reason: capitalised(words),
      jobs: toNumber(numberOf(row.jobs)),
      share: toPhrase(numberOf(row.jobsFraction), 'fraction'),
    };
  });
}
