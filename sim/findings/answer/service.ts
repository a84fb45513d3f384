import { toNumber, toPhrase } from '../../../reports/figure.js';
import { metricTold } from '../../record/metrics/index.js';
import { numberOf, records, type Table } from '../../record/tables/table.js';
import { emptyNetwork } from './empty-network.js';
import type { RunFacts, Said, ValueOf } from './facts.js';
import { expiringBehindLonger } from './shortage/expiring.js';
import { hiddenFailures, overload, overloadOfReplications } from './shortage/overload.js';
import { isSlotMissing, type UnservedTables, unservedTold, waitingTold } from './shortage/unserved.js';

/** A smaller share isn't worth a sentence. */
const toldFrom = 0.01;

/** From here on [share of all jobs] those that are open may be what matters. */
const manyOpen = 0.05;

/** What figures of jobs that ended leave out, where such a figure is asked for and it is much. */
export function leftOpen(asked: readonly string[], value: ValueOf): readonly string[] {
  const isOfEnded = asked.some((name) => metricTold(name, '').leavesOutOpen === true);
  if (!(value('openFraction') > manyOpen) || !isOfEnded) return [];
  const share = toPhrase(value('openFraction'), 'fraction');
  return [`${share} of all jobs were still open at the end: what is said of those that ended leaves them out.`];
}

/** Bad ends of jobs; those that got no node have reasons of their own. */
const fates = [
  ['jobsUnfunded', 'were refused, as their clients couldn’t pay for them'],
  ['jobsTimedOut', 'brought no result in time'],
  ['jobsRejected', 'brought results of which none was accepted'],
] as const;

/** What became of most jobs, where that is nothing good: the first reason for everything else. */
export function overshadowing(facts: RunFacts, value: ValueOf): readonly string[] {
  const most = fatesOfMost(value);
  const expired = isMost('jobsUnserved', value) ? unserved(facts, value) : [];
  const jobClasses = facts.table('job-classes');
  const attempts = attemptsOf(facts.table('nodes'));
  const isFailing = isMostFailed(attempts);
  const tables = unservedTables(facts);
  const overloaded = overload(
    { ...tables, jobClasses, timeseries: facts.table('timeseries') },
    facts.scenario,
    isFailing,
  );
  const isForSlots = overloaded.length === 0 || isSlotMissing(tables);
  const isUnserved = value('jobsUnserved') > toldFrom * value('jobsFinal');
  const isInLine = isUnserved || overloaded.length > 0;
  return [
    ...emptyNetwork(facts),
    ...(isUnserved && isSlotMissing(tables) ? expiringBehindLonger({ ...tables, jobClasses }, facts.scenario) : []),
    ...(isFailing && isInLine ? [failingAttempts(attempts, tables, 'the whole run counted')] : []),
    ...most,
    ...expired,
    ...hiddenFailures(jobClasses, value('completedFraction')),
    ...overloaded,
    ...(isForSlots ? [] : waitingForNode(facts, value)),
  ];
}

/** The same of many runs: what their tables have of all of them. */
export function overshadowingReplications(facts: RunFacts, value: ValueOf): readonly string[] {
  const expired = isMost('jobsUnserved', value) ? unserved(facts, value) : [];
  const overloaded = overloadOfReplications(
    { jobClasses: facts.table('job-classes'), timeseries: facts.table('timeseries') },
    facts.scenario,
    facts.replications.length,
  );
  const attempts = attemptsOf(facts.table('nodes'));
  const failing =
    isMostFailed(attempts) && (expired.length > 0 || overloaded.length > 0)
      ? [failingAttempts(attempts, unservedTables(facts), 'those of the first replication counted')]
      : [];
  const tables = unservedTables(facts);
  const isUnserved = value('jobsUnserved') > toldFrom * value('jobsFinal');
  const behind =
    isUnserved && isSlotMissing(tables)
      ? expiringBehindLonger(
          { ...tables, jobClasses: facts.table('job-classes') },
          facts.scenario,
          facts.replications.length,
        )
      : [];
  return [...behind, ...failing, ...fatesOfMost(value), ...expired, ...overloaded];
}

function fatesOfMost(value: ValueOf): readonly string[] {
  return fates
    .filter(([metric]) => isMost(metric, value))
    .map(([metric, fate]) => {
      const share = toPhrase(value(metric) / value('jobsFinal'), 'fraction');
      return `Most jobs, ${share} of those that ended, ${fate}.`;
    });
}

/** Attempts at clients' jobs that ended, of all nodes and the whole run. */
interface AttemptCount {
  readonly ended: number;
  readonly failed: number;
}

function attemptsOf(nodes: Table): AttemptCount {
  let [ended, failed] = [0, 0];
  for (const row of records(nodes, ['attemptsAccepted', 'attemptsFailed'])) {
    failed += numberOf(row.attemptsFailed);
    ended += numberOf(row.attemptsAccepted) + numberOf(row.attemptsFailed);
  }
  return { ended, failed };
}

function isMostFailed({ ended, failed }: AttemptCount): boolean {
  return failed > ended / 2;
}

/** Why jobs find no node where attempts fail: machines that are busy in vain look like too few. */
function failingAttempts({ ended, failed }: AttemptCount, tables: UnservedTables, where: string): string {
  const all = ended === 1 ? 'The one attempt' : `All ${toNumber(ended)} attempts`;
  const part = `${toPhrase(failed / ended, 'fraction')} of the ${toNumber(ended)} attempts`;
  const some = `${failed < ended ? part : all} at jobs failed, ${where}`;
  return isSlotMissing(tables) ? `${some}, and kept slots busy in vain.` : `${some}.`;
}

/** Whether most of the jobs that ended, ended so. */
function isMost(metric: string, value: ValueOf): boolean {
  return value(metric) > value('jobsFinal') / 2;
}

/** What is said of jobs without a node is made of these. */
function unservedTables({ table }: Pick<RunFacts, 'table'>): UnservedTables {
  return { unserved: table('unserved'), capacity: table('capacity') };
}

function unserved(facts: RunFacts, value: ValueOf): readonly string[] {
  return unservedTold(unservedTables(facts), value('jobsUnserved') / value('jobsFinal'));
}

/** Why jobs that ended got no node, unless that was told first, and why others still wait for one. */
export function jobsWithoutNode(facts: RunFacts, value: ValueOf, said: Said): readonly string[] {
  const ended = isMost('jobsUnserved', value) ? [] : unserved(facts, value);
  const waits = waitingForNode(facts, value);
  return [...ended, ...waits.filter((sentence) => !said.words(sentence))];
}

function waitingForNode(facts: RunFacts, value: ValueOf): readonly string[] {
  return waitingTold(unservedTables(facts), value('jobsFinal') + value('jobsOpen'));
}

export function jobs(facts: RunFacts, value: ValueOf): readonly string[] {
  const completed = value('completedFraction');
  const open = value('jobsOpen');
  const still = `${open === 1 ? 'was' : 'were'} still open at the end`;
  if (Number.isNaN(completed)) {
    const some = open > 0 ? `; ${toNumber(open)} ${still}` : '';
    const earlier = open > 0 ? 0 : jobsOfAllTime(facts.table('timeseries'));
    const before = earlier === 0 ? '' : `; ${earlier === 1 ? 'the only one' : `all ${toNumber(earlier)}`} had before`;
    return [`No job became final after the warm-up${some}${before}.`];
  }
  const median = value('latencyP50Seconds');
  const within = Number.isNaN(median) ? '' : `, half of them within ${toPhrase(median, 's')}`;
  const some = open > 0 ? `; ${toNumber(open)} (${toPhrase(value('openFraction'), 'fraction')}) ${still}` : '';
  const done = `${toPhrase(completed, 'fraction')} of the jobs that ended were completed${within}${some}.`;
  return [done, ...ofAllJobs(value), ...otherFates(value)];
}

/** Those that ended, warm-up included. */
function jobsOfAllTime(samples: Table): number {
  let sum = 0;
  // rows of cohorts have no jobs
  for (const { jobsFinal } of records(samples, ['jobsFinal'])) sum += jobsFinal === null ? 0 : numberOf(jobsFinal);
  return sum;
}

/** How soon half of all jobs were completed, where those that ended otherwise, or not, are more than a few. */
function ofAllJobs(value: ValueOf): readonly string[] {
  const reached = value('completedFraction') * (1 - value('openFraction'));
  // of none completed nothing more is to be said
  if (!(reached > 0 && reached < 1 - toldFrom)) return [];
  const median = value('latencyWithOpenP50Seconds');
  if (Number.isNaN(median)) return ['Of all jobs, failed and open ones counted, fewer than half were completed.'];
  return [`Of all jobs, failed and open ones counted, half were completed within ${toPhrase(median, 's')}.`];
}

/** What became of more than a few jobs, where it isn't told first nor by its reasons. */
function otherFates(value: ValueOf): readonly string[] {
  return fates
    .filter(([metric]) => value(metric) > toldFrom * value('jobsFinal') && !isMost(metric, value))
    .map(
      ([metric, fate]) => `${toPhrase(value(metric) / value('jobsFinal'), 'fraction')} of the jobs that ended ${fate}.`,
    );
}

export function waiting(_: RunFacts, value: ValueOf): readonly string[] {
  const waited = value('waitedFraction');
  if (!(waited > 0)) return [];
  const mean = value('waitingMeanSeconds');
  const share = toPhrase(waited, 'fraction');
  const unserved = value('jobsUnserved') / value('jobsFinal');
  const all = unserved > toldFrom ? `the ${toPhrase(1 - unserved, 'fraction')} that got one` : 'all that got one';
  const got = Number.isNaN(mean) ? 'none got one' : `the mean wait of ${all} was ${toPhrase(mean, 's')}`;
  return [`${share} of the jobs that ended had to wait for a first node; ${got}.`];
}
