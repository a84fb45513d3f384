import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { cohortSummaries } from '../cohort-summaries.js';
import type { RunFacts, Said } from './facts.js';

/** Nodes in the network and their slots when jobs got no node, by what kept them: means over these jobs. */
export interface Capacity {
  readonly states: ReadonlyMap<string, Amount>;
  readonly all: Amount;
  /** Of those that nothing kept but being busy, or the job's own demands. */
  readonly able: Amount;
}

interface Amount {
  readonly nodes: number;
  readonly slots: number;
}

/** Reasons that are about nodes which could take jobs of the class. */
const reasonsOfAble: ReadonlySet<string> = new Set(['tried', 'tooSlow', 'noWeight', 'busy', 'tooLate']);

export function isOfAble(reason: string): boolean {
  return reasonsOfAble.has(reason);
}

/** Of jobs for which some node was able; null if there were none of them. */
export function capacityOf(
  capacity: Table,
  isCounted: (jobClass: string, reason: string) => boolean = () => true,
): Capacity | null {
  const sums = new Map<string, { nodes: number; slots: number }>();
  const counted = new Map<string, number>();
  const names = ['jobClass', 'reason', 'jobs', 'state', 'nodesMean', 'slotsMean'] as const;
  for (const row of records(capacity, names)) {
    const [jobClass, reason, state] = [textOf(row.jobClass), textOf(row.reason), textOf(row.state)];
    if (!isOfAble(reason) || !isCounted(jobClass, reason)) continue;
    const jobs = numberOf(row.jobs);
    if (state === 'able') counted.set(`${jobClass} ${reason}`, jobs + (counted.get(`${jobClass} ${reason}`) ?? 0));
    const sum = sums.get(state) ?? { nodes: 0, slots: 0 };
    sum.nodes += numberOf(row.nodesMean) * jobs;
    sum.slots += numberOf(row.slotsMean) * jobs;
    sums.set(state, sum);
  }
  let jobs = 0;
  for (const count of counted.values()) jobs += count;
  if (jobs === 0) return null;
  const all = { nodes: 0, slots: 0 };
  for (const sum of sums.values()) {
    sum.nodes /= jobs;
    sum.slots /= jobs;
    all.nodes += sum.nodes;
    all.slots += sum.slots;
  }
  return { states: sums, all, able: sums.get('able') ?? { nodes: 0, slots: 0 } };
}

/** Whether what lacks is time of those that can serve: they have most of the slots with the hardware for it. */
export function isMostAble({ states, all, able }: Capacity): boolean {
  return able.slots >= (all.slots - (states.get('noHardware')?.slots ?? 0)) / 2;
}

/** What is said of nodes in a state, after how many they are, and the samples' column that counts them. */
const states: Readonly<Record<string, { readonly words: string; readonly column?: SampleColumn }>> = {
  noHardware: { words: 'lacked the hardware or the public address' },
  lowStake: { words: 'were below the minimum stake', column: 'nodesLowStake' },
  jailed: { words: 'were in jail', column: 'nodesJailed' },
  offline: { words: 'were offline' },
  noBond: { words: 'were of operators who couldn’t lock the bond', column: 'nodesWithoutBond' },
};

/** What is said of those that could serve, by the reason of most of the jobs. */
const ofAble: Readonly<Record<string, string>> = {
  tried: 'had tried already',
  tooSlow: 'weren’t fast or near enough for their deadline',
  noWeight: 'had a score or stake of 0',
  busy: 'had no free slot',
  tooLate: 'had one only when too little time was left',
};

/** As many of the kept nodes as this are told of, in two parts at most. */
const [explained, partsMost] = [0.8, 2];

/**
 * Why jobs got no node where some could have served, such as `99 of 100 nodes were below the minimum stake and the one
 * that could serve them had no free slot`; null where nearly all could, so that the reason alone says it.
 */
export function shortageInWords(
  { states: kept, all, able }: Capacity,
  reason: string,
  timeseries: Table | null,
): string | null {
  const fewest = 0.005;
  if (able.slots >= (1 - fewest) * all.slots) return null;
  const isMean = [all, able, ...kept.values()].some(({ nodes }) => Math.abs(nodes - Math.round(nodes)) > fewest);
  const mean = isMean ? 'in the mean ' : '';
  const [whole, some] = [toNumber(all.nodes), toNumber(able.nodes)];
  if (able.slots >= all.slots / 2)
    return `${mean}the ${some} of ${whole} nodes that could serve them ${ofAble[reason]}`;
  const sorted = [...kept].filter(([state]) => state !== 'able').sort(([, a], [, b]) => b.slots - a.slots);
  const parts: string[] = [];
  let sum = 0;
  for (const [state, amount] of sorted) {
    if (parts.length === partsMost || sum >= explained * (all.slots - able.slots)) break;
    sum += amount.slots;
    const { words, column } = states[state]!;
    const since = timeseries === null || column === undefined ? null : mostSince(timeseries, column, ['all']);
    const count = parts.length === 0 ? `${toNumber(amount.nodes)} of ${whole} nodes` : toNumber(amount.nodes);
    parts.push(`${count} ${words}${since === null || since === 0 ? '' : ` (most from ${toPhrase(since, 's')} on)`}`);
  }
  const others = able.nodes === 1 ? 'the one' : `the ${some}`;
  return `${mean}${parts.join(', ')} and ${others} that could serve them ${ofAble[reason]}`;
}

type SampleColumn = 'nodesLowStake' | 'nodesJailed' | 'nodesWithoutBond';

/**
 * From when on [s] half or more of the cohorts' nodes were so at every sample until the end; 0 if always, null if not
 * at the end.
 */
function mostSince(timeseries: Table, column: SampleColumn, cohorts: readonly string[]): number | null {
  const names = new Set(cohorts);
  const samples = new Map<number, { present: number; counted: number }>();
  for (const row of records(timeseries, ['timeDays', 'cohort', 'nodesPresent', column])) {
    if (!names.has(textOf(row.cohort))) continue;
    const days = numberOf(row.timeDays);
    const sample = samples.get(days) ?? { present: 0, counted: 0 };
    sample.present += numberOf(row.nodesPresent);
    sample.counted += numberOf(row[column]);
    samples.set(days, sample);
  }
  let [since, isAlways]: [number | null, boolean] = [null, true];
  for (const [days, { present, counted }] of samples) {
    if (present === 0) continue;
    if (counted < present / 2) [since, isAlways] = [null, false];
    else since ??= days;
  }
  return since === null || isAlways ? (since === null ? null : 0) : since * secondsPerDay;
}

/** Fewer of the honest nodes than this share may be so by chance. */
const honestTold = 0.1;

const ofHonest = [
  ['nodesLowStake', 'below the minimum stake'],
  ['nodesWithoutBond', 'of operators who can’t lock the bond of any job'],
] as const;

/** How many honest nodes are there at the end and get no work, for want of stake or of tokens for bonds. */
export function honestKept({ table }: RunFacts, said: Said): readonly string[] {
  const cohorts = cohortSummaries(table('cohorts'));
  const honest = cohorts.filter(({ isAttacker }) => !isAttacker).map(({ cohort }) => cohort);
  const timeseries = table('timeseries');
  const names = ['timeDays', 'cohort', 'nodesPresent', ...ofHonest.map(([column]) => column)] as const;
  let last = { days: -1, present: 0, nodesLowStake: 0, nodesWithoutBond: 0 };
  for (const row of records(timeseries, names)) {
    if (!honest.includes(textOf(row.cohort))) continue;
    const days = numberOf(row.timeDays);
    if (days > last.days) last = { days, present: 0, nodesLowStake: 0, nodesWithoutBond: 0 };
    last.present += numberOf(row.nodesPresent);
    for (const [column] of ofHonest) last[column] += numberOf(row[column]);
  }
  return ofHonest.flatMap(([column, words]) => {
    const count = last[column];
    if (!(count > honestTold * last.present)) return [];
    // where nobody else is there, the reason of unserved jobs may have told it
    if (honest.length === cohorts.length && column === 'nodesLowStake' && said.words(states.lowStake!.words)) return [];
    const since = mostSince(timeseries, column, honest);
    const from =
      since === null ? '' : since === 0 ? ', most from the start on' : `, most from ${toPhrase(since, 's')} on`;
    const part = count === last.present ? 'all' : `${toNumber(count)} of`;
    const who = last.present === 1 ? 'the honest node' : `${part} ${toNumber(last.present)} honest nodes`;
    return [`At the end ${who} ${last.present === 1 ? 'is' : 'are'} ${words} and can get no work${from}.`];
  });
}
