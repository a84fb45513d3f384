import { toNumber, toPhrase } from '../../../../reports/figure.js';
import { largest } from '../../../kernels/extent.js';
import { secondsPerDay } from '../../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../../record/tables/table.js';
import type { RunFacts, Said } from '../facts.js';

/** Nodes in the network and their slots when jobs got no node, by what kept them: means over these jobs. */
export interface Capacity {
  readonly states: ReadonlyMap<string, Amount & { readonly sinceDays: number }>;
  readonly all: Amount;
  /** Of those that nothing kept but being busy, or the job's own demands. */
  readonly able: Amount;
}

interface Amount {
  readonly nodes: number;
  readonly slots: number;
}

/** Reasons that are about nodes which could take jobs of the class. */
const reasonsOfAble: ReadonlySet<string> = new Set([...['tried', 'tooSlow', 'noWeight', 'busy', 'resting', 'tooLate']]);

export function isOfAble(reason: string): boolean {
  return reasonsOfAble.has(bare(reason));
}

/** What is between a reason of `unserved.csv` and the cause beside it, where the two are one text. */
const mark = '/';

/** A reason with its cause, if it has one. */
export function withCause(reason: string, cause: string): string {
  return cause === '' ? reason : `${reason}${mark}${cause}`;
}

/** A reason without its cause, as in `capacity.csv`. */
export function bare(reason: string): string {
  return reason.split(mark, 1)[0]!;
}

/** Of jobs that got no node for the reasons counted; null if the table has none of them. */
export function capacityOf(
  capacity: Table,
  isCounted: (jobClass: string, reason: string) => boolean = () => true,
): Capacity | null {
  const sums = new Map<string, { nodes: number; slots: number; sinceDays: number }>();
  const counted = new Map<string, number>();
  const names = ['jobClass', 'reason', 'jobs', 'state', 'nodesMean', 'slotsMean', 'sinceDays'] as const;
  const hasReplications = capacity.columns.some(({ name }) => name === 'replication');
  const read: readonly ((typeof names)[number] | 'replication')[] = hasReplications ? ['replication', ...names] : names;
  for (const row of records(capacity, read)) {
    const [jobClass, reason, state] = [textOf(row.jobClass), textOf(row.reason), textOf(row.state)];
    if (!isCounted(jobClass, reason)) continue;
    const jobs = numberOf(row.jobs);
    // each state's row has the same jobs
    counted.set(`${hasReplications ? numberOf(row.replication) : 1} ${jobClass} ${reason}`, jobs);
    const sum = sums.get(state) ?? { nodes: 0, slots: 0, sinceDays: numberOf(row.sinceDays) };
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

/** Fewer able nodes than this, a mean, are as good as none. */
const ableLeast = 0.01;

export function isAnyAble({ able }: Capacity): boolean {
  return able.nodes >= ableLeast;
}

/** The state of most of the slots. */
export function mostlyIn({ states }: Capacity): string {
  return [...states].sort(([, a], [, b]) => b.slots - a.slots)[0]![0];
}

/** Whether what lacks is time of those that can serve: they have most of the slots with the hardware for it. */
export function isMostAble({ states, all, able }: Capacity): boolean {
  return able.slots >= (all.slots - (states.get('noHardware')?.slots ?? 0)) / 2;
}

/** What is said of nodes in a state, after how many they are: of several, and of one. */
const states: Readonly<Record<string, readonly [several: string, one: string]>> = {
  noHardware: ['lacked the hardware or the public address', 'lacked the hardware or the public address'],
  lowStake: ['were below the minimum stake', 'was below the minimum stake'],
  noResourceToken: ['held no resource token', 'held no resource token'],
  jailed: ['were in jail or suspended', 'was in jail or suspended'],
  lowScore: ['were below the score that was asked for', 'was below the score that was asked for'],
  lowTier: ['weren’t granted the tier', 'wasn’t granted the tier'],
  offline: ['were offline', 'was offline'],
  noBond: ['were of operators who couldn’t lock the bond', 'was of an operator who couldn’t lock the bond'],
};

/** The state in which all nodes are that have what the reasons before ask, by a reason that no node was able. */
const stateOfReason: Readonly<Record<string, string>> = {
  noHardware: 'noHardware',
  noneOnline: 'offline',
  lowStake: 'lowStake',
  noResourceToken: 'noResourceToken',
  jailed: 'jailed',
  lowScore: 'lowScore',
  lowTier: 'lowTier',
  noBond: 'noBond',
};

/** What is said of those that could serve, by the reason of most of the jobs. */
const ofAble: Readonly<Record<string, string>> = {
  tried: 'had tried already',
  tooSlow: 'weren’t fast or near enough for their deadline',
  noWeight: 'weren’t taken by the assignment policy',
  'noWeight/score': 'had too low a score for the assignment policy',
  'noWeight/stake': 'had no stake, which the assignment policy goes by',
  'noWeight/seat': 'weren’t elected',
  'noWeight/risk': 'had scores that don’t cover what is at risk',
  'noWeight/fee': 'were on probation, and the fees too high for that',
  'noWeight/latency': 'were too slow for the assignment policy',
  'noWeight/quality': 'are known to do them wrong',
  'noWeight/other': 'weren’t taken by the assignment policy',
  busy: 'had no free slot',
  resting: 'had to rest after their last job',
  tooLate: 'had one only when too little time was left',
};

/** As many of the kept nodes as this are told of, in two parts at most, or three where nobody else is left. */
const [explained, partsMost] = [0.8, 2];

/** A smaller share of the slots is as good as none. */
const fewest = 0.005;

/**
 * Why jobs got no node, such as `99 of 100 nodes were below the minimum stake and the one that could serve them had no
 * free slot`; null where the reason alone says it of nearly all nodes.
 */
export function shortageInWords({ states: kept, all, able }: Capacity, reason: string): string | null {
  const told = isOfAble(reason) ? able : kept.get(stateOfReason[reason]!);
  if (told !== undefined && told.slots >= (1 - fewest) * all.slots) return null;
  const isMean = [all, able, ...kept.values()].some(({ nodes }) => Math.abs(nodes - Math.round(nodes)) > fewest);
  const mean = isMean ? 'in the mean ' : '';
  const [whole, some] = [toNumber(all.nodes), toNumber(able.nodes)];
  if (isOfAble(reason) && able.slots >= all.slots / 2)
    return `${mean}the ${some} of ${whole} nodes that could serve them ${ofAble[reason]}`;
  const isSome = isOfAble(reason) && isAnyAble({ states: kept, all, able });
  const [enough, most] = isSome ? [explained, partsMost] : [1 - fewest, partsMost + 1];
  const sorted = [...kept].filter(([state]) => state !== 'able').sort(([, a], [, b]) => b.slots - a.slots);
  const parts: string[] = [];
  let sum = 0;
  for (const [state, amount] of sorted) {
    if (parts.length === most || sum >= enough * (all.slots - able.slots)) break;
    sum += amount.slots;
    // from the first sample on is no news; a mean is of jobs that found now more, now fewer of them
    const since =
      !isMean && amount.sinceDays > 0 ? ` (most from ${toPhrase(amount.sinceDays * secondsPerDay, 's')} on)` : '';
    const count = parts.length === 0 ? `${toNumber(amount.nodes)} of ${whole} nodes` : toNumber(amount.nodes);
    parts.push(`${count} ${states[state]![amount.nodes === 1 ? 1 : 0]}${since}`);
  }
  const others = able.nodes === 1 ? 'the one' : `the ${some}`;
  const last = isSome ? `${others} that could serve them ${ofAble[reason]}` : parts.pop()!;
  return `${mean}${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last}`;
}

/** Fewer of the honest nodes than this share may be so by chance. */
const honestTold = 0.1;

const ofHonest = [
  ['nodesLowStake', 'lowStakeSinceDays', 'below the minimum stake'],
  ['nodesWithoutBond', 'withoutBondSinceDays', 'of operators who can’t lock the bond of any job'],
] as const;

/** How many honest nodes are there at the end and get no work, for want of stake or of tokens for bonds. */
export function honestKept({ table }: RunFacts, said: Said): readonly string[] {
  const columns = ofHonest.flatMap((one) => one.slice(0, 2) as (typeof one)[0 | 1][]);
  const cohorts = [...records(table('cohorts'), ['isAttacker', 'nodesPresent', ...columns])];
  const honest = cohorts.filter(({ isAttacker }) => isAttacker !== true);
  const sumOf = (name: 'nodesPresent' | 'nodesLowStake' | 'nodesWithoutBond') =>
    honest.reduce((sum, row) => sum + numberOf(row[name]!), 0);
  const present = sumOf('nodesPresent');
  return ofHonest.flatMap(([column, since, words]) => {
    const count = sumOf(column);
    if (!(count > honestTold * present)) return [];
    // where nobody else is there, the reason of unserved jobs may have told it
    if (honest.length === cohorts.length && column === 'nodesLowStake' && said.words(states.lowStake![0])) return [];
    const days = largest(honest.map((row) => (row[since] === null ? -1 : numberOf(row[since]!))));
    const time = days > 0 ? `, most from ${toPhrase(days * secondsPerDay, 's')} on` : ', most from the start on';
    const part = count === present ? 'all' : `${toNumber(count)} of`;
    const who = present === 1 ? 'the honest node' : `${part} ${toNumber(present)} honest nodes`;
    return [`At the end ${who} ${present === 1 ? 'is' : 'are'} ${words} and can get no work${days < 0 ? '' : time}.`];
  });
}
