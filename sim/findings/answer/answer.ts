import { toNumber, toPhrase } from '../../../reports/figure.js';
import { smallest } from '../../kernels/extent.js';
import { secondsPerDay } from '../../model/contract/units.js';
import type { MetricValues } from '../../record/metrics/metric.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { type Scenario, statedExpectations, warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import { cohortSummaries } from '../cohort-summaries.js';
import { checkExpectations, checkQuestion } from '../expectations.js';
import { honestStake } from './honest-stake.js';
import { limitsTold } from './limits.js';
import { neverHappenedTold } from './never-happened.js';
import { overload } from './overload.js';
import { unservedTold, waitingTold } from './unserved.js';
import { besideQuestion, verdictOf } from './verdict.js';

/** What the answer is made of. */
export interface RunFacts {
  readonly values: MetricValues;
  readonly scenario: Scenario;
  /** A table of the run by its name. */
  table(name: string): Table;
}

/** Something that a run can be asked: the metrics that ask it, and the sentences that answer, none if it can't be. */
interface Topic {
  readonly asks: readonly string[];
  /** Whether it tells gains, returns or stolen values, which leave out no part of the run. */
  readonly isOfWholeRun?: true;
  says(facts: RunFacts, value: ValueOf): readonly string[];
}

type ValueOf = (metric: string) => number;

/** In the order in which they are told where a scenario doesn't expect anything. */
const topics: readonly Topic[] = [
  { asks: ['attackerWorkShare', 'attackerPeakWorkShare'], says: attackersWork },
  { asks: ['attackerReturnOnCapital', 'attackerProfitUsd'], isOfWholeRun: true, says: attackersProfit },
  { asks: ['attackersEjectedFraction'], says: attackersEjected },
  { asks: ['wrongAcceptedRate'], says: wrongResults },
  { asks: ['inconclusiveFraction'], says: unchecked },
  {
    asks: [
      'honestSlashedNodes',
      'honestStakeLostTokens',
      'honestStakeLostToTimeoutsTokens',
      'honestStakeLostToAbsencesTokens',
      'honestStakeLostToInvalidTokens',
      'honestStakeLostToCheckInsTokens',
    ],
    says: ({ scenario, table }) =>
      honestStake(cohortSummaries(table('cohorts')), table('nodes'), table('slashings'), warmUpSeconds(scenario)),
  },
  { asks: ['honestReturnOnCapital'], isOfWholeRun: true, says: honestReturn },
  { asks: ['outageRecoveryMedianHours'], says: recovery },
  { asks: ['newcomerParityMedianDays', 'newcomersAtParityFraction'], says: parity },
  { asks: ['completedFraction', 'latencyP50Seconds'], says: jobs },
  { asks: ['jobsUnserved'], says: jobsWithoutNode },
  { asks: ['waitedFraction', 'waitingMeanSeconds'], says: waiting },
];

/** What a run says to its scenario's question. */
export interface Answer {
  /** Yes, no, or that it can't be told, with the figure that decides; empty where nothing is asked or expected. */
  readonly verdict: string;
  /** Why, in at most three sentences. */
  readonly reasons: readonly string[];
  /** What else there is to say, a sentence each. */
  readonly more: readonly string[];
}

/** Sentences that a reader takes in before looking at anything else. */
const reasonsMost = 3;

/**
 * The run in plain sentences: the verdict, then what overshadows everything else, what the question and the
 * expectations ask, in their order, and the rest.
 */
export function answerOf(facts: RunFacts): Answer {
  const value = (name: string) => facts.values[name]!;
  const question = checkQuestion(facts.table('expectations'));
  const expected = checkExpectations(facts.table('expectations'));
  const asked = [...question, ...expected].map(({ metric }) => metric);
  const rank = ({ asks }: Pick<Topic, 'asks'>) => {
    const places = asks.map((metric) => asked.indexOf(metric)).filter((place) => place >= 0);
    return places.length === 0 ? asked.length : smallest(places);
  };
  const told = [...topics]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ isOfWholeRun = false, says, ...topic }) => {
      return { isOfWholeRun, isAsked: rank(topic) < asked.length, sentences: says(facts, value) };
    });
  const isMixed = told.some(({ isOfWholeRun, sentences }) => isOfWholeRun && sentences.length > 0);
  const windows = isMixed && warmUpSeconds(facts.scenario) > 0 ? [windowsLine] : [];
  const bound = limitsTold(facts.table('limits'));
  const lacking = neverHappenedTold(facts);
  const sentences = [
    ...overshadowing(facts, value),
    ...besideQuestion(question, expected, facts.scenario),
    ...leftOpen(asked, value),
    ...told.flatMap(({ sentences }) => sentences),
  ];
  const askedMost = sentences.length - told.reduce((sum, one) => sum + (one.isAsked ? 0 : one.sentences.length), 0);
  const reasons = sentences.slice(0, asked.length === 0 ? reasonsMost : Math.min(reasonsMost, askedMost));
  return {
    verdict: verdictOf(question, expected, facts.scenario),
    reasons,
    more: [...sentences.slice(reasons.length), ...bound, ...lacking, ...windows],
  };
}

/** From here on [share of all jobs] those that are open may be what matters. */
const manyOpen = 0.05;

/** What figures of jobs that ended leave out, where such a figure is asked for and it is much. */
function leftOpen(asked: readonly string[], value: ValueOf): readonly string[] {
  const isOfEnded = (metric: string) => /^(completed|waited|latency(Mean|P\d)|waiting)/.test(metric);
  if (!(value('openFraction') > manyOpen) || !asked.some(isOfEnded)) return [];
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
function overshadowing(facts: RunFacts, value: ValueOf): readonly string[] {
  const most = fates
    .filter(([metric]) => isMost(metric, value))
    .map(([metric, fate]) => {
      const share = toPhrase(value(metric) / value('jobsFinal'), 'fraction');
      return `Most jobs, ${share} of those that ended, ${fate}.`;
    });
  const expired = isMost('jobsUnserved', value) ? unserved(facts, value) : [];
  return [...most, ...expired, ...overload(facts.table('timeseries'), value('utilisation'))];
}

/** What part of the run the figures are about, where it isn't the same for all of them. */
const windowsLine =
  'Gains, returns and stolen values are of the whole run, shares and rates of the time after the warm-up.';

/** Whether most of the jobs that ended, ended so. */
function isMost(metric: string, value: ValueOf): boolean {
  return value(metric) > value('jobsFinal') / 2;
}

function unserved({ table }: RunFacts, value: ValueOf): readonly string[] {
  return unservedTold(table('unserved'), value('jobsUnserved') / value('jobsFinal'));
}

/** Why jobs that ended got no node, unless that was told first, and why others still wait for one. */
function jobsWithoutNode(facts: RunFacts, value: ValueOf): readonly string[] {
  const ended = isMost('jobsUnserved', value) ? [] : unserved(facts, value);
  return [...ended, ...waitingTold(facts.table('unserved'), value('jobsFinal') + value('jobsOpen'))];
}

function attackersWork({ scenario, table }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackerWorkShare');
  if (Number.isNaN(share)) return [];
  const peak = value('attackerPeakWorkShare');
  const span = scenario.protocol.epoch === secondsPerDay ? 'day' : 'epoch';
  const most = Number.isNaN(peak) ? '' : ` (at most ${toPhrase(peak, 'fraction')} in any one ${span})`;
  const entryDays = firstAttacker(table);
  const since = entryDays * secondsPerDay > warmUpSeconds(scenario) ? entryDays : Number.NaN;
  const start = warmUpSeconds(scenario) === 0 ? 'The' : 'After the warm-up the';
  const after = Number.isNaN(since) ? start : `Since they first joined, at ${toPhrase(since, 'd')}, the`;
  return [`${after} attackers did ${toPhrase(share, 'fraction')} of the work${most}.`];
}

/** When the first attacker joined [d]; Infinity if none did. */
function firstAttacker(table: RunFacts['table']): number {
  const cohorts = cohortSummaries(table('cohorts')).filter(({ isAttacker }) => isAttacker);
  const names = new Set(cohorts.map(({ cohort }) => cohort));
  let first = Number.POSITIVE_INFINITY;
  for (const { cohort, joinedDays } of records(table('nodes'), ['cohort', 'joinedDays'])) {
    const joined = numberOf(joinedDays);
    if (joined < first && names.has(textOf(cohort))) first = joined;
  }
  return first;
}

const honestyUnknown = '(what honesty would have earned isn’t known from this run)';

function attackersProfit({ table }: RunFacts, value: ValueOf): readonly string[] {
  const profit = value('attackerProfitUsd');
  if (Number.isNaN(profit)) return [];
  const earned = value('attackerReturnOnCapital');
  const rate = Number.isNaN(earned)
    ? ''
    : `, ${toPhrase(Math.abs(earned), 'fraction')} of the stake and outlay they put in`;
  const amount = `${toPhrase(Math.abs(profit), 'USD')}${rate}`;
  const stolen = cohortSummaries(table('cohorts')).reduce(
    (sum, each) => sum + (each.isAttacker ? each.stolenUsd : 0),
    0,
  );
  const source =
    stolen > 0
      ? [`Wrong results that nobody found out were worth ${toPhrase(stolen, 'USD')} to them over the whole run.`]
      : [];
  return [`The attackers ${profit > 0 ? 'gained' : 'lost'} ${amount} ${honestyUnknown}.`, ...source];
}

function attackersEjected({ table }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackersEjectedFraction');
  if (Number.isNaN(share)) return [];
  const attackers = cohortSummaries(table('cohorts')).filter(({ isAttacker }) => isAttacker);
  const joined = attackers.reduce((sum, each) => sum + each.nodes, 0);
  const ejected = attackers.reduce((sum, each) => sum + each.ejected, 0);
  const were = ejected === 1 || joined === 1 ? 'was' : 'were';
  const some = ejected === 0 ? 'None' : toNumber(ejected);
  const identities = joined === 1 ? 'identity' : 'identities';
  const told = `${some} of the attackers’ ${toNumber(joined)} ${identities} ${were} ejected`;
  const barred = barredOf(table('nodes'), new Set(attackers.map(({ cohort }) => cohort)));
  const others = barred === 0 ? '' : `; at the end ${toNumber(barred)} got no work, jailed or with too little stake`;
  return [`${told}${others}.`];
}

/** Nodes of the cohorts that can be reached when the run ends, but not given work. */
function barredOf(nodes: Table, cohorts: ReadonlySet<string>): number {
  let barred = 0;
  for (const { cohort, online, active } of records(nodes, ['cohort', 'online', 'active'])) {
    if (cohorts.has(textOf(cohort)) && online === true && active === false) barred++;
  }
  return barred;
}

function wrongResults({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const rate = value('wrongAcceptedRate');
  if (rate > 0) return [`${toPhrase(rate, 'fraction')} of the completed jobs brought a wrong result.`];
  const isAsked = asks(scenario, 'wrongAcceptedRate');
  return rate === 0 && isAsked ? ['No completed job brought a wrong result.'] : [];
}

/** Few may be by chance, as when an observer fails; more tell of a network too small for its rule. */
const uncheckedTold = 0.01;

function unchecked({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('inconclusiveFraction');
  const isAsked = asks(scenario, 'inconclusiveFraction');
  if (share === 0 && isAsked) return ['No completed job was accepted unchecked.'];
  if (!(share > uncheckedTold || (share > 0 && isAsked))) return [];
  const some = toPhrase(share, 'fraction');
  return [`${some} of the completed jobs couldn’t be checked: fewer witnesses replied than the rule needs.`];
}

function honestReturn({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const earned = value('honestReturnOnCapital');
  const isAsked = asks(scenario, 'honestReturnOnCapital');
  if (Number.isNaN(earned) || !isAsked) return [];
  const rate = toPhrase(Math.abs(earned), 'fraction');
  return [`Honest operators ${earned < 0 ? 'lost' : 'gained'} ${rate} of the stake and outlay that they put in.`];
}

function recovery(_: RunFacts, value: ValueOf): readonly string[] {
  const [share, hours] = [value('outagesRecoveredFraction'), value('outageRecoveryMedianHours')];
  if (Number.isNaN(share)) return [];
  if (share === 0) return ['After no shared outage the honest nodes that it struck were seen to earn as before.'];
  const which = share === 1 ? 'every shared outage' : `${toPhrase(share, 'fraction')} of the shared outages`;
  const when = hours === 0 ? 'already over the day after it' : `from ${toPhrase(hours, 'h')} after its end on`;
  const median = Number.isNaN(hours) ? '' : `, in the median ${when}`;
  return [`After ${which} the honest nodes that were struck earned as before${median}.`];
}

function parity(_: RunFacts, value: ValueOf): readonly string[] {
  const [days, share] = [value('newcomerParityMedianDays'), value('newcomersAtParityFraction')];
  const some = share === 0 ? 'none' : toPhrase(share, 'fraction');
  const seen = `of those watched for a week ${share === 0 ? 'was' : 'were'} seen to`;
  if (Number.isNaN(days)) {
    // Too few got there for a median.
    if (!(share < 1)) return [];
    return [`Fewer than half of the newcomers came to earn like the others: ${some} ${seen}.`];
  }
  const rest = share < 1 ? `; ${some} ${seen}` : '';
  return [`Half of the newcomers earned like the others within ${toPhrase(days, 'd')} of joining${rest}.`];
}

function jobs(_: RunFacts, value: ValueOf): readonly string[] {
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

/** A smaller share isn't worth a sentence. */
const toldFrom = 0.01;

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

function waiting(_: RunFacts, value: ValueOf): readonly string[] {
  const waited = value('waitedFraction');
  if (!(waited > 0)) return [];
  const mean = value('waitingMeanSeconds');
  const share = toPhrase(waited, 'fraction');
  const unserved = value('jobsUnserved') / value('jobsFinal');
  const all = unserved > toldFrom ? `the ${toPhrase(1 - unserved, 'fraction')} that got one` : 'all that got one';
  const got = Number.isNaN(mean) ? 'none got one' : `the mean wait of ${all} was ${toPhrase(mean, 's')}`;
  return [`${share} of the jobs that ended had to wait for a first node; ${got}.`];
}

/** Whether the scenario's question or expectations are about the metric. */
function asks(scenario: Scenario, name: string): boolean {
  return statedExpectations(scenario).some(({ expectation: { metric } }) => metric === name);
}
