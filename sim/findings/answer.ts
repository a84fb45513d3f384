import { toNumber, toPhrase } from '../../reports/figure.js';
import { smallest } from '../kernels/extent.js';
import { secondsPerDay } from '../model/contract/units.js';
import type { MetricValues } from '../record/metrics/metric.js';
import { records, type Table, textOf } from '../record/tables/table.js';
import { type Scenario, warmUpSeconds } from '../scenario/schema/scenario-schema.js';
import { cohortSummaries } from './cohort-summaries.js';
import { checkExpectations } from './expectations.js';
import { honestStake } from './honest-stake.js';
import { limitsTold } from './limits.js';
import { neverHappenedTold } from './never-happened.js';
import { overload } from './overload.js';
import { unservedTold } from './unserved.js';

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
  {
    asks: ['jobsUnserved'],
    says: ({ table }, value) => unservedTold(table('unserved'), value('jobsUnserved') / value('jobsFinal')),
  },
  { asks: ['waitedFraction', 'waitingMeanSeconds'], says: waiting },
];

/** The run in a few plain sentences: first what the scenario's expectations ask, in their order, then the rest. */
export function answerOf(facts: RunFacts): readonly string[] {
  const value = (name: string) => facts.values[name]!;
  const asked = facts.scenario.expect.map(({ metric }) => metric);
  const rank = ({ asks }: Topic) => {
    const places = asks.map((metric) => asked.indexOf(metric)).filter((place) => place >= 0);
    return places.length === 0 ? asked.length : smallest(places);
  };
  const told = [...topics]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ isOfWholeRun = false, says }) => ({ isOfWholeRun, sentences: says(facts, value) }));
  const isMixed = told.some(({ isOfWholeRun, sentences }) => isOfWholeRun && sentences.length > 0);
  const windows = isMixed && warmUpSeconds(facts.scenario) > 0 ? [windowsLine] : [];
  const bound = limitsTold(facts.table('limits'));
  const lacking = neverHappenedTold(facts);
  return [...told.flatMap(({ sentences }) => sentences), ...bound, ...lacking, ...windows, ...expectations(facts)];
}

/** What part of the run the figures are about, where it isn't the same for all of them. */
const windowsLine =
  'Gains, returns and stolen values are of the whole run, shares and rates of the time after the warm-up.';

function attackersWork({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackerWorkShare');
  if (Number.isNaN(share)) return [];
  const peak = value('attackerPeakWorkShare');
  const span = scenario.protocol.epoch === secondsPerDay ? 'day' : 'epoch';
  const most = Number.isNaN(peak) ? '' : ` (at most ${toPhrase(peak, 'fraction')} in any one ${span})`;
  const after = warmUpSeconds(scenario) === 0 ? 'The' : 'After the warm-up the';
  return [`${after} attackers did ${toPhrase(share, 'fraction')} of the work${most}.`];
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
  const were = ejected === 1 ? 'was' : 'were';
  const some = ejected === 0 ? 'None' : toNumber(ejected);
  const told = `${some} of the attackers’ ${toNumber(joined)} identities ${were} ejected`;
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
  const isAsked = scenario.expect.some(({ metric }) => metric === 'wrongAcceptedRate');
  return rate === 0 && isAsked ? ['No completed job brought a wrong result.'] : [];
}

function honestReturn({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const earned = value('honestReturnOnCapital');
  const isAsked = scenario.expect.some(({ metric }) => metric === 'honestReturnOnCapital');
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

function jobs({ table }: RunFacts, value: ValueOf): readonly string[] {
  const completed = value('completedFraction');
  const open = value('jobsOpen');
  const still = `${open === 1 ? 'was' : 'were'} still open at the end`;
  const growing = overload(table('timeseries'), value('utilisation'));
  if (Number.isNaN(completed)) {
    const some = open > 0 ? `; ${toNumber(open)} ${still}` : '';
    return [`No job became final after the warm-up${some}.`, ...growing];
  }
  const median = value('latencyP50Seconds');
  const within = Number.isNaN(median) ? '' : `, half of them within ${toPhrase(median, 's')}`;
  const some = open > 0 ? `; ${toNumber(open)} (${toPhrase(value('openFraction'), 'fraction')}) ${still}` : '';
  return [`${toPhrase(completed, 'fraction')} of the jobs that ended were completed${within}${some}.`, ...growing];
}

function waiting(_: RunFacts, value: ValueOf): readonly string[] {
  const waited = value('waitedFraction');
  if (!(waited > 0)) return [];
  const mean = value('waitingMeanSeconds');
  const share = toPhrase(waited, 'fraction');
  const got = Number.isNaN(mean) ? 'none got one' : `the mean wait of all that got one was ${toPhrase(mean, 's')}`;
  return [`${share} of the jobs that ended had to wait for a first node; ${got}.`];
}

function expectations({ scenario: { expect }, values }: RunFacts): readonly string[] {
  if (expect.length === 0) return [];
  const held = checkExpectations(expect, values);
  const total = held.length;
  const met = held.filter((one) => one.met === true).length;
  const unmet = held.filter((one) => one.met === false).length;
  const unknown = total - met - unmet;
  if (total === 1) {
    if (unknown === 1) return ['Whether the scenario’s expectation is met can’t be told from this run.'];
    return [`The scenario’s expectation ${met === 1 ? 'is' : 'isn’t'} met.`];
  }
  if (met === total) return [`${total === 2 ? 'Both' : `All ${total}`} expectations of the scenario are met.`];
  if (unmet === total) return [`${total === 2 ? 'Neither' : 'None'} of the scenario’s ${total} expectations is met.`];
  const are = (count: number) => (count === 1 ? 'is' : 'are');
  const parts = [
    ...(met > 0 ? [`${met} ${are(met)} met`] : []),
    ...(unmet > 0 ? [`${unmet} ${are(unmet)} not${met > 0 ? '' : ' met'}`] : []),
    ...(unknown > 0 ? [`${unknown} can’t be told from this run`] : []),
  ];
  const last = parts.pop();
  return [`Of the scenario’s ${total} expectations ${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last}.`];
}
