import { toNumber, toPhrase } from '../../../../reports/figure.js';
import type { ReportInput } from '../../../../reports/page/html.js';
import { numberOf, records, type Table, textOf } from '../../../record/tables/table.js';
import { capitalised } from '../../words.js';
import { bare, capacityOf, isAnyAble, isMostAble, isOfAble, mostlyIn, shortageInWords, withCause } from './capacity.js';

/** What a reason of `unserved.csv` says of jobs, after “as”, in the table's order. */
const reasons: Readonly<Record<string, string>> = {
  noHardware: 'no machine has what they need',
  noneOnline: 'nobody who could do them was online',
  lowStake: 'nobody online who could do them had the minimum stake',
  noResourceToken: 'nobody with enough stake held a resource token',
  jailed: 'everybody with enough stake was in jail or suspended',
  lowScore: 'nobody had the score that they ask for',
  lowTier: 'nobody was granted their tier',
  noBond: 'no operator had the tokens for the bond',
  tried: 'everybody who could had tried already',
  tooSlow: 'nobody was fast or near enough for their deadline',
  noWeight: 'the assignment policy gave them to none of those who could',
  'noWeight/score': 'the score of everybody who could was too low for the assignment policy',
  'noWeight/stake': 'nobody who could had any stake, which the assignment policy goes by',
  'noWeight/seat': 'nobody who could was elected',
  'noWeight/risk': 'more is at risk in them than the score of anybody who could covers',
  'noWeight/fee': 'everybody who could was on probation, and their fees too high for that',
  'noWeight/latency': 'everybody who could was too slow for the assignment policy',
  'noWeight/quality': 'everybody who could is known to do them wrong',
  'noWeight/other': 'the assignment policy gave them to none of those who could',
  busy: 'nobody had a free slot',
  resting: 'those with a free slot had to rest after their last job',
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
  const there = capacityOf(capacity, (_, reason) => isOfAble(reason));
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
  const counts = new Map<string, ReasonCount>();
  let all = 0;
  for (const row of reasonsIn(unserved)) {
    const { [column]: count, jobClass, reason } = row;
    if (count === 0) continue;
    const before = counts.get(keyOf(jobClass, reason))?.jobs ?? 0;
    counts.set(keyOf(jobClass, reason), { jobClass, reason, jobs: before + count });
    all += count;
  }
  const sorted = withShortage([...counts.values()], capacity).sort((a, b) => b.jobs - a.jobs);
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

/** Jobs of a class without a node for a reason: a row of `unserved.csv`. */
interface ReasonRow {
  readonly jobClass: string;
  /** With the cause beside it. */
  readonly reason: string;
  readonly jobs: number;
  readonly openJobs: number;
  readonly share: number;
}

/** Its rows; a run can have been written before it had causes. */
function* reasonsIn(unserved: Table): Generator<ReasonRow> {
  const names = ['jobClass', 'reason', 'cause', 'jobs', 'jobsFraction', 'openJobs'] as const;
  const held = names.filter((name) => unserved.columns.some((column) => column.name === name));
  for (const { jobClass, reason, cause = null, jobs, jobsFraction, openJobs } of records(unserved, held)) {
    yield {
      jobClass: textOf(jobClass),
      reason: withCause(textOf(reason), textOf(cause)),
      jobs: numberOf(jobs),
      openJobs: numberOf(openJobs),
      share: numberOf(jobsFraction),
    };
  }
}

const keyOf = (jobClass: string, reason: string) => `${reason} ${jobClass}`;

/** Jobs of a class that got no node for a reason. */
interface ReasonCount {
  readonly jobClass: string;
  readonly reason: string;
  readonly jobs: number;
}

interface ReasonInWords {
  readonly words: string;
  readonly jobs: number;
}

/**
 * What a job's own reason says is what the last nodes lacked: where something else kept most of the capacity, that is
 * the one reason of all jobs of which it holds.
 */
function withShortage(counts: readonly ReasonCount[], capacity: Table): ReasonInWords[] {
  const groups = new Map<string, ReasonCount[]>();
  for (const count of counts) {
    const { jobClass, reason } = count;
    const there = capacityOf(capacity, (name, why) => name === jobClass && why === bare(reason));
    const state = there === null ? 'unknown' : mostlyIn(there);
    const group = groups.get(state);
    if (group === undefined) groups.set(state, [count]);
    else group.push(count);
  }
  return [...groups].flatMap(([state, group]) => {
    const byReason = sumsByReason(group);
    const keys = new Set(group.map(({ jobClass, reason }) => keyOf(jobClass, bare(reason))));
    const there = state === 'unknown' ? null : capacityOf(capacity, (name, why) => keys.has(keyOf(name, why)));
    // however few they were, those who could serve are told of
    const ofAble = there !== null && isAnyAble(there) ? byReason.find(([reason]) => isOfAble(reason)) : undefined;
    const shortage = there === null ? null : shortageInWords(there, (ofAble ?? byReason[0]!)[0]);
    if (shortage === null) return byReason.map(([reason, jobs]) => ({ words: inWords(reason), jobs }));
    return [{ words: shortage, jobs: byReason.reduce((sum, [, jobs]) => sum + jobs, 0) }];
  });
}

/** The most frequent first. */
function sumsByReason(counts: readonly ReasonCount[]): readonly (readonly [reason: string, jobs: number])[] {
  const sums = new Map<string, number>();
  for (const { reason, jobs } of counts) sums.set(reason, (sums.get(reason) ?? 0) + jobs);
  return [...sums].sort(([, a], [, b]) => b - a);
}

/** The rows of the report's table, of jobs that ended, in the order of the run's. */
export function unservedRows({ unserved, capacity }: UnservedTables): ReportInput['unserved'] {
  const ended = [...reasonsIn(unserved)].filter(({ jobs }) => jobs > 0);
  return ended.map(({ jobClass, jobs, reason, share }) => {
    const there = capacityOf(capacity, (name, why) => name === jobClass && why === bare(reason));
    const words = (there === null ? null : shortageInWords(there, reason)) ?? inWords(reason);
    return {
      jobClass,
      reason: capitalised(words),
      jobs: toNumber(jobs),
      share: toPhrase(share, 'fraction'),
    };
  });
}
