import { cohortSummaries } from './cohort-summaries.js';
import { toNumber, toPhrase } from './figure.js';
import { honestStake } from './honest-stake.js';
import { checkExpectations } from './record/expectations.js';
import { metrics } from './record/metrics.js';
import { columnIndex, type Table } from './record/table.js';
import { type Scenario, warmUpSeconds } from './scenario/schema.js';

const secondsPerDay = 86_400;

/** What the answer is made of. */
export interface RunFacts {
  /** In the order of `metrics`. */
  readonly values: readonly number[];
  /** The tables of these names of the run. */
  readonly cohorts: Table;
  readonly nodes: Table;
  readonly slashings: Table;
  readonly scenario: Scenario;
}

/** Something that a run can be asked: the metrics that ask it, and the sentences that answer, none if it can't be. */
interface Topic {
  readonly asks: readonly string[];
  says(facts: RunFacts, value: ValueOf): readonly string[];
}

type ValueOf = (metric: string) => number;

/** In the order in which they are told where a scenario doesn't expect anything. */
const topics: readonly Topic[] = [
  { asks: ['attackerWorkShare', 'attackerPeakWorkShare'], says: attackersWork },
  { asks: ['attackerReturnOnCapital', 'attackerProfitUsd'], says: attackersProfit },
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
    says: ({ cohorts, slashings, scenario }) =>
      honestStake(cohortSummaries(cohorts), slashings, warmUpSeconds(scenario)),
  },
  { asks: ['honestReturnOnCapital'], says: honestReturn },
  { asks: ['outageRecoveryMedianHours'], says: recovery },
  { asks: ['newcomerParityMedianDays'], says: parity },
  { asks: ['completedFraction', 'latencyP50Seconds'], says: jobs },
  { asks: ['waitedFraction', 'waitingMeanSeconds'], says: waiting },
];

/** The run in a few plain sentences: first what the scenario's expectations ask, in their order, then the rest. */
export function answerOf(facts: RunFacts): readonly string[] {
  const value = (name: string) => facts.values[metrics.findIndex((metric) => metric.name === name)]!;
  const asked = facts.scenario.expect.map(({ metric }) => metric);
  const rank = ({ asks }: Topic) => {
    const places = asks.map((metric) => asked.indexOf(metric)).filter((place) => place >= 0);
    return places.length === 0 ? asked.length : Math.min(...places);
  };
  const sentences = [...topics].sort((a, b) => rank(a) - rank(b)).flatMap(({ says }) => says(facts, value));
  return [...sentences, ...windows(facts), ...expectations(facts)];
}

/** What part of the run the figures are about, where it isn't all of it. */
function windows({ scenario }: RunFacts): readonly string[] {
  if (warmUpSeconds(scenario) === 0) return [];
  return ['Gains, returns and stolen values are of the whole run, shares and rates of the time after the warm-up.'];
}

function attackersWork({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackerWorkShare');
  if (Number.isNaN(share)) return [];
  const peak = value('attackerPeakWorkShare');
  const span = scenario.protocol.epoch === secondsPerDay ? 'day' : 'epoch';
  const most = Number.isNaN(peak) ? '' : ` (at most ${toPhrase(peak, 'fraction')} in any one ${span})`;
  const after = warmUpSeconds(scenario) === 0 ? 'The' : 'After the warm-up the';
  return [`${after} attackers did ${toPhrase(share, 'fraction')} of the work${most}.`];
}

function attackersProfit({ cohorts }: RunFacts, value: ValueOf): readonly string[] {
  const profit = value('attackerProfitUsd');
  if (Number.isNaN(profit)) return [];
  const earned = value('attackerReturnOnCapital');
  const rate = Number.isNaN(earned)
    ? ''
    : `, ${toPhrase(Math.abs(earned), 'fraction')} of the stake and outlay they put in`;
  const amount = `${toPhrase(Math.abs(profit), 'USD')}${rate}`;
  const stolen = cohortSummaries(cohorts).reduce((sum, each) => sum + (each.isAttacker ? each.stolenUsd : 0), 0);
  const source =
    stolen > 0
      ? [`Wrong results that nobody found out were worth ${toPhrase(stolen, 'USD')} to them over the whole run.`]
      : [];
  return [
    profit > 0 ? `It paid: the attackers gained ${amount}.` : `It didn’t pay: the attackers lost ${amount}.`,
    ...source,
  ];
}

function attackersEjected({ cohorts, nodes }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackersEjectedFraction');
  if (Number.isNaN(share)) return [];
  const attackers = cohortSummaries(cohorts).filter(({ isAttacker }) => isAttacker);
  const joined = attackers.reduce((sum, each) => sum + each.nodes, 0);
  const ejected = attackers.reduce((sum, each) => sum + each.ejected, 0);
  const were = ejected === 1 ? 'was' : 'were';
  const some = ejected === 0 ? 'None' : toNumber(ejected);
  const told = `${some} of the attackers’ ${toNumber(joined)} identities ${were} ejected`;
  const barred = barredOf(nodes, new Set(attackers.map(({ cohort }) => cohort)));
  const others = barred === 0 ? '' : `; at the end ${toNumber(barred)} got no work, jailed or with too little stake`;
  return [`${told}${others}.`];
}

/** Nodes of the cohorts that can be reached when the run ends, but not given work. */
function barredOf(nodes: Table, cohorts: ReadonlySet<string>): number {
  const [cohortAt, onlineAt, activeAt] = ['cohort', 'online', 'active'].map((name) => columnIndex(nodes, name)) as [
    number,
    number,
    number,
  ];
  let barred = 0;
  for (const row of nodes.rows()) {
    if (cohorts.has(String(row[cohortAt])) && row[onlineAt] === true && row[activeAt] === false) barred++;
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
  const days = value('newcomerParityMedianDays');
  if (Number.isNaN(days)) return [];
  return [`Half of the newcomers earned like the others within ${toPhrase(days, 'd')} of joining.`];
}

function jobs(_: RunFacts, value: ValueOf): readonly string[] {
  const completed = value('completedFraction');
  if (Number.isNaN(completed)) return ['No job became final after the warm-up.'];
  const median = value('latencyP50Seconds');
  const within = Number.isNaN(median) ? '' : `; half of them within ${toPhrase(median, 's')}`;
  return [`${toPhrase(completed, 'fraction')} of the jobs were completed${within}.`];
}

function waiting(_: RunFacts, value: ValueOf): readonly string[] {
  const waited = value('waitedFraction');
  if (!(waited > 0)) return [];
  const mean = toPhrase(value('waitingMeanSeconds'), 's');
  const share = toPhrase(waited, 'fraction');
  return [`${share} of the jobs had to wait for a node; the mean wait of all that got one was ${mean}.`];
}

function expectations({ scenario: { expect }, values }: RunFacts): readonly string[] {
  if (expect.length === 0) return [];
  const verdicts = checkExpectations(expect, values).map(({ met }) => met);
  const met = verdicts.filter((verdict) => verdict === true).length;
  const unmet = verdicts.filter((verdict) => verdict === false).length;
  const unknown = verdicts.length - met - unmet;
  if (met === verdicts.length) {
    if (met === 1) return ['The scenario’s expectation is met.'];
    return [`${met === 2 ? 'Both' : `All ${met}`} expectations of the scenario are met.`];
  }
  const parts = [`${met} of ${verdicts.length} expectations of the scenario ${met === 1 ? 'is' : 'are'} met`];
  if (unmet > 0) parts.push(`${unmet} ${unmet === 1 ? 'is' : 'are'} not`);
  if (unknown > 0) parts.push(`${unknown} can’t be told from this run`);
  return [`${parts.join(', ')}.`];
}
