import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import type { Spans } from '../../model/outside/spans.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { stressName } from '../../scenario/plan/expected-windows.js';
import { machinesFor } from '../../scenario/plan/lacking.js';
import { bugPlans, outagePlans, partitionPlans, surgesOf } from '../../scenario/plan/stress/stress-plan.js';
import { marksMost, type StressSpan } from '../../scenario/plan/stress/stress-spans.js';
import type { CohortSettings, Scenario } from '../../scenario/schema/scenario-schema.js';
import { toPath } from '../../scenario/text/faults.js';
import { valueAt } from '../changed-settings.js';

/** A scenario and the tables of its run. */
interface Run {
  readonly scenario: Scenario;
  /** Without defaults. */
  readonly written: unknown;
  table(name: string): Table;
}

/** Something that a scenario sets and its run didn't come to. */
interface NeverHappened {
  /** Of the setting. */
  readonly path: string;
  readonly what: string;
  /** For the answer: a whole cohort that did nothing, or a scheduled stress that didn't come. */
  readonly sentence?: string;
}

/** More sentences than these tire. */
const sentencesMost = 3;

/**
 * What was set and never happened, by what the tables and the scenario's own times say for certain: nothing is listed
 * that could have happened unseen.
 */
export function neverHappened(run: Run): readonly NeverHappened[] {
  return [...ofFleet(run), ...ofStress(run), ...ofProtocol(run), ...ofVotes(run)];
}

/** A sentence each for a whole cohort and a scheduled stress, up to three. */
export function neverHappenedTold(run: Run): readonly string[] {
  return someOf([...neverHappened(run)]);
}

/** The same of many runs: stress that came to nothing in all of them, as cohorts' nodes are those of the first. */
export function neverHappenedInAny(run: Run): readonly string[] {
  return someOf([...ofStress(run)]);
}

function someOf(never: readonly NeverHappened[]): readonly string[] {
  const sentences = never.flatMap(({ sentence }) => sentence ?? []);
  const more = sentences.length - sentencesMost;
  if (more <= 0) return sentences;
  const others = more === 1 ? 'One more such setting' : `${toNumber(more)} more such settings`;
  return [...sentences.slice(0, sentencesMost), `${others} came to nothing.`];
}

/** What became of a cohort's nodes. */
class CohortCount {
  /** Rows so far: those that it declares, its newcomers, then later identities. */
  rows = 0;
  joined = 0;
  /** Declared ones that never joined, and newcomers that did. */
  declaredAbsent = 0;
  newcomersJoined = 0;
  departed = 0;
  /** Accepted or failed. */
  attempts = 0;
  recomputations = 0;
  firstJoinedDays = Number.POSITIVE_INFINITY;
}

function* ofFleet({ scenario, table }: Run): Generator<NeverHappened> {
  const counts = countCohorts(scenario, table);
  const ejected = new Map(
    Array.from(records(table('cohorts'), ['cohort', 'nodesEjected']), (row) => [
      textOf(row.cohort),
      numberOf(row.nodesEjected),
    ]),
  );
  const isAnyWork = [...counts.values()].some(({ attempts }) => attempts > 0);
  for (const [name, settings] of Object.entries(scenario.fleet)) {
    const count = counts.get(name) ?? new CohortCount();
    const path = toPath(['fleet', name]);
    if (count.joined === 0) {
      yield { path, what: 'None of its nodes joined', sentence: `Nobody of the cohort ${name} ever joined.` };
      continue;
    }
    yield* ofEntries(path, settings, count);
    if (settings.leaves !== undefined && count.departed === ejected.get(name)) {
      yield { path: `${path}.leaves`, what: 'Nobody left' };
    }
    if (count.attempts === 0 && count.recomputations > 0) {
      yield { path, what: 'Its nodes did recomputations alone, and no client’s job' };
    } else if (isAnyWork && count.attempts === 0) {
      const why = whyIdle(name, scenario, table('cohorts'));
      const sentence = `No attempt by a node of the cohort ${name} was accepted or failed${why}.`;
      yield { path, what: `No attempt of its nodes was accepted or failed${why}`, sentence };
    }
    const { maintenance, wear } = settings;
    if (maintenance !== undefined && maintenance.at > scenario.horizon) {
      yield { path: `${path}.maintenance`, what: 'No window began' };
    }
    if (wear !== undefined && !mayHaveWorn(wear.every, scenario.horizon, count)) {
      yield { path: `${path}.wear`, what: 'No interval ended while its machines were there' };
    }
  }
}

/** What keeps most of the cohort's nodes, after a colon; empty if nothing that is known here. */
function whyIdle(name: string, scenario: Scenario, cohorts: Table): string {
  const alone = { ...scenario, fleet: { [name]: scenario.fleet[name]! } };
  const lacking = Object.values(scenario.workload).map((one) => machinesFor(alone, one.class).lacking);
  if (lacking.every((lack) => lack !== undefined)) return `: its machines lack ${lacking[0]}`;
  const names = ['cohort', 'nodesPresent', 'nodesOnline', 'nodesLowStake', 'nodesWithoutBond', 'nodesJailed'] as const;
  for (const row of records(cohorts, names)) {
    if (row.cohort !== name) continue;
    const most = numberOf(row.nodesPresent) / 2;
    if (numberOf(row.nodesLowStake) > most) return ': most of its nodes were below the minimum stake at the end';
    if (numberOf(row.nodesJailed) > most) return ': most of its nodes were in jail at the end';
    if (numberOf(row.nodesWithoutBond) > most) return ': most of its operators couldn’t lock the bond of any job';
    if (numberOf(row.nodesOnline) < most) return ': most of its nodes were offline at the end';
  }
  return '';
}

function* ofEntries(path: string, { joins, nodes }: CohortSettings, count: CohortCount): Generator<NeverHappened> {
  if (count.declaredAbsent > 0) {
    const whose = `${toNumber(count.declaredAbsent)} of its ${toNumber(nodes!)} nodes`;
    yield { path: `${path}.joins`, what: `${whose} never joined` };
  }
  if (joins.newcomers !== undefined && nodes !== undefined && count.newcomersJoined === 0) {
    yield { path: `${path}.joins.newcomers`, what: 'No newcomer joined' };
  }
}

/** Machines wear at multiples of the interval, those that are there by then. */
function mayHaveWorn(everySeconds: number, horizonSeconds: number, { firstJoinedDays }: CohortCount): boolean {
  const last = Math.floor(horizonSeconds / everySeconds) * everySeconds;
  return last > 0 && firstJoinedDays * secondsPerDay <= last;
}

const nodeColumns = [
  'cohort',
  'joinedDays',
  'leftDays',
  'attemptsAccepted',
  'attemptsFailed',
  'recomputations',
] as const;

function countCohorts({ fleet }: Scenario, table: Run['table']): ReadonlyMap<string, CohortCount> {
  const counts = new Map(Object.keys(fleet).map((name) => [name, new CohortCount()]));
  for (const node of records(table('nodes'), nodeColumns)) {
    const name = textOf(node.cohort);
    const count = counts.get(name)!;
    // replayed cohorts declare as many as their records have
    const declared = fleet[name]!.nodes ?? 0;
    const isDeclared = count.rows++ < declared;
    if (node.joinedDays === null) {
      if (isDeclared) count.declaredAbsent++;
      continue;
    }
    count.joined++;
    if (!isDeclared) count.newcomersJoined++;
    if (node.leftDays !== null) count.departed++;
    count.attempts += numberOf(node.attemptsAccepted) + numberOf(node.attemptsFailed);
    count.recomputations += numberOf(node.recomputations);
    count.firstJoinedDays = Math.min(count.firstJoinedDays, numberOf(node.joinedDays));
  }
  return counts;
}

function* ofStress({ scenario, table }: Run): Generator<NeverHappened> {
  const isLate = (startSeconds: number) => startSeconds > scenario.horizon;
  const never = (path: readonly string[], kind: string, name: string): NeverHappened => {
    return { path: toPath([...path, name]), what: 'It never began', sentence: `The ${kind} ${name} never began.` };
  };
  const felt = new Set<string>();
  for (const { kind, scope, label } of records(table('episodes'), ['kind', 'scope', 'label'])) {
    felt.add(`${kind} ${scope} ${label}`);
  }
  /** Whether any of its spans is among the episodes, of whichever replication. */
  const isFelt = (kind: StressSpan['kind'], name: string, scope: string) =>
    felt.has(`${kind} ${scope} ${stressName({ kind, name })}`);
  /** Whether all of its spans are known, so that those among the episodes are all that were felt. */
  const isKnown = (spans: Spans) => spans.start(marksMost) > scenario.horizon;
  const causes = [
    ...outagePlans(scenario).map((plan) => ({ block: 'outages', kind: 'outage', plan }) as const),
    ...bugPlans(scenario).map((plan) => ({ block: 'bugs', kind: 'bug', plan }) as const),
  ];
  for (const { block, kind, plan } of causes) {
    const [path, name] = [['stress', block], lastOf(plan.name)];
    if (isFelt(kind, name, plan.scope)) continue;
    if (isLate(plan.spans.start(0))) yield never(path, kind, name);
    else if (isKnown(plan.spans)) {
      const sentence = `The ${kind} ${name} struck no machine in the network (${plan.scope}).`;
      yield { path: toPath([...path, name]), what: 'It struck no machine', sentence };
    }
  }
  for (const { name, scope, spans } of partitionPlans(scenario)) {
    if (isFelt('partition', lastOf(name), scope)) continue;
    const path = ['stress', 'partitions'];
    if (isLate(spans.start(0))) yield never(path, 'partition', lastOf(name));
    else if (isKnown(spans)) {
      const sentence = `The partition ${lastOf(name)} parted nobody (${scope}).`;
      yield { path: toPath([...path, lastOf(name)]), what: 'It parted nobody', sentence };
    }
  }
  for (const [workload, { jobs }] of Object.entries(scenario.workload)) {
    const path = ['workload', workload, 'arrivals', 'surges'];
    for (const { name, factor, spans } of surgesOf(scenario, workload)) {
      if (isFelt('surge', name, `workload ${workload}`)) continue;
      if (isLate(spans.start(0))) yield never(path, 'surge', name);
      else if (isKnown(spans)) {
        const what = factor > 1 ? 'brought no job' : 'kept no job from coming';
        const why = jobs === undefined ? '' : ` (${toNumber(jobs)} come in all)`;
        const sentence = `The surge ${name} of the workload ${workload} ${what}${why}.`;
        yield { path: toPath([...path, name]), what: `It ${what}`, sentence };
      }
    }
  }
}

/** `outages.blackout` is named `blackout` in its block. */
function lastOf(path: string): string {
  return path.slice(path.indexOf('.') + 1);
}

/** What the scenario or the protocol that it names sets; nobody has set a default. */
function* ofProtocol({ scenario, written, table }: Run): Generator<NeverHappened> {
  const { horizon, protocol } = scenario;
  const unlessDefault = (path: string, what: string): readonly NeverHappened[] => {
    return (valueAt(written, ['protocol', ...path.split('.')]) ?? null) === null
      ? []
      : [{ path: `protocol.${path}`, what }];
  };
  const late = (path: string, everySeconds: number, what: string) =>
    everySeconds <= horizon ? [] : unlessDefault(path, `${what}: the run lasts ${toPhrase(horizon, 's')}`);
  yield* late('epoch', protocol.epoch, 'No epoch ended');
  yield* late('publish.every', protocol.publish.every, 'No score was published again');
  if (protocol.checkIn !== 'none') yield* late('checkIn.every', protocol.checkIn.every, 'Nobody checked in');
  if (table('slashings').rowCount === 0) yield* unlessDefault('slashing', 'Nobody was slashed');
}

/** Proposals that nobody of their cohort put forward, by the ballots that would have been counted by then. */
function* ofVotes({ scenario, table }: Run): Generator<NeverHappened> {
  const counted = new Set(Array.from(records(table('votes'), ['vote']), ({ vote }) => numberOf(vote)));
  for (const [number, { by, proposed, open }] of scenario.votes.entries()) {
    if (by === undefined || counted.has(number) || proposed + open >= scenario.horizon) continue;
    const what = `Nobody of the cohort ${by} put it forward`;
    yield { path: `votes.${number}`, what, sentence: `Nobody of the cohort ${by} put its proposal to the vote.` };
  }
}
