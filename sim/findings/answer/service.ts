import { toNumber, toPhrase } from '../../../reports/figure.js';
import { metricNamed } from '../../record/metrics/index.js';
import type { RunFacts, ValueOf } from './facts.js';
import { hiddenFailures, overload } from './overload.js';
import { unservedTold, waitingTold } from './unserved.js';

/** A smaller share isn't worth a sentence. */
const toldFrom = 0.01;

/** From here on [share of all jobs] those that are open may be what matters. */
const manyOpen = 0.05;

/** What figures of jobs that ended leave out, where such a figure is asked for and it is much. */
export function leftOpen(asked: readonly string[], value: ValueOf): readonly string[] {
  const isOfEnded = asked.some((name) => metricNamed(name).leavesOutOpen === true);
  if (!(value('openFraction') > manyOpen) || !isOfEnded) return [];
  const share = toPhrase(value('openFraction'), 'fraction');
  return [`${share} of all jobs were still open at the end: what is said of those that ended leaves them out.`];
}

/** Bad ends of jobs; those that got no node have reasons of their own. */
const fates = [
  ['jobsUnfunded', 'were refused, as their clients had no money left'],
  ['jobsTimedOut', 'brought no result in time'],
  ['jobsRejected', 'brought results of which none was accepted'],
] as const;

/** What became of most jobs, where that is nothing good: the first reason for everything else. */
export function overshadowing(facts: RunFacts, value: ValueOf): readonly string[] {
  const most = fates
    .filter(([metric]) => isMost(metric, value))
    .map(([metric, fate]) => {
      const share = toPhrase(value(metric) / value('jobsFinal'), 'fraction');
      return `Most jobs, ${share} of those that ended, ${fate}.`;
    });
  const expired = isMost('jobsUnserved', value) ? unserved(facts, value) : [];
  const [classes, { horizon }] = [facts.table('job-classes'), facts.scenario];
  return [
    ...most,
    ...expired,
    ...hiddenFailures(classes, value('completedFraction')),
    ...overload(classes, facts.table('unserved'), horizon),
  ];
}

/** Whether most of the jobs that ended, ended so. */
function isMost(metric: string, value: ValueOf): boolean {
  return value(metric) > value('jobsFinal') / 2;
}

function unserved({ table }: RunFacts, value: ValueOf): readonly string[] {
  return unservedTold(table('unserved'), value('jobsUnserved') / value('jobsFinal'));
}

/** Why jobs that ended got no node, unless that was told first, and why others still wait for one. */
export function jobsWithoutNode(facts: RunFacts, value: ValueOf): readonly string[] {
  const ended = isMost('jobsUnserved', value) ? [] : unserved(facts, value);
  return [...ended, ...waitingTold(facts.table('unserved'), value('jobsFinal') + value('jobsOpen'))];
}

export function jobs(_: RunFacts, value: ValueOf): readonly string[] {
  const completed = value('completedFraction');
  const open = value('jobsOpen');
  const still = `${open === 1 ? 'was' : 'were'} still open at the end`;
  if (Number.isNaN(completed)) {
    const some = open > 0 ? `; ${toNumber(open)} ${still}` : '';
    return [`No job became final after the warm-up${some}.`];
  }
  const median = value('latencyP50Seconds');
  const within = Number.isNaN(median) ? '' : `, half of them within ${toPhrase(median, 's')}`;
  const some = open > 0 ? `; ${toNumber(open)} (${toPhrase(value('openFraction'), 'fraction')}) ${still}` : '';
  const done = `${toPhrase(completed, 'fraction')} of the jobs that ended were completed${within}${some}.`;
  return [done, ...ofAllJobs(value), ...otherFates(value)];
}

/** How soon half of all jobs were completed, where those that ended otherwise, or not, are more than a few. */
function ofAllJobs(value: ValueOf): readonly string[] {
  const reached = value('completedFraction') * (1 - value('openFraction'));
  if (!(reached < 1 - toldFrom)) return [];
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
