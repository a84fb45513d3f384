import { cohortSummaries } from './cohort-summaries.js';
import { toNumber, toPhrase } from './figure.js';
import { checkExpectations } from './record/expectations.js';
import { metrics } from './record/metrics.js';
import type { Table } from './record/table.js';
import { type Scenario, warmUpSeconds } from './scenario/schema.js';
import { type Slashing, slashingSums, slashingsOf } from './slashing-sums.js';

const secondsPerDay = 86_400;

/** What the answer is made of. */
export interface RunFacts {
  /** In the order of `metrics`. */
  readonly values: readonly number[];
  /** The tables `cohorts` and `slashings` of the run. */
  readonly cohorts: Table;
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
    says: honestStake,
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
  return [...sentences, ...expectations(facts)];
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
    stolen > 0 ? [`Wrong results that nobody found out were worth ${toPhrase(stolen, 'USD')} to them.`] : [];
  return [
    profit > 0 ? `It paid: the attackers gained ${amount}.` : `It didn’t pay: the attackers lost ${amount}.`,
    ...source,
  ];
}

function attackersEjected({ cohorts }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackersEjectedFraction');
  if (Number.isNaN(share)) return [];
  let [joined, ejected] = [0, 0];
  for (const { isAttacker, nodes, ejected: expelled } of cohortSummaries(cohorts)) {
    if (isAttacker) [joined, ejected] = [joined + nodes, ejected + expelled];
  }
  const were = ejected === 1 ? 'was' : 'were';
  return [
    `${ejected === 0 ? 'None' : toNumber(ejected)} of the attackers’ ${toNumber(joined)} identities ${were} ejected.`,
  ];
}

function wrongResults({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const rate = value('wrongAcceptedRate');
  if (rate > 0) return [`${toPhrase(rate, 'fraction')} of the completed jobs brought a wrong result.`];
  const isAsked = scenario.expect.some(({ metric }) => metric === 'wrongAcceptedRate');
  return rate === 0 && isAsked ? ['No completed job brought a wrong result.'] : [];
}

/** Who of the honest was slashed, how much and for what: after the warm-up, as metrics count, and during it. */
function honestStake({ cohorts, slashings, scenario }: RunFacts): readonly string[] {
  const honest = cohortSummaries(cohorts).filter(({ isAttacker }) => !isAttacker);
  const joined = honest.reduce((sum, { nodes }) => sum + nodes, 0);
  if (joined === 0) return [];
  const warmUp = warmUpSeconds(scenario);
  const names = new Set(honest.map(({ cohort }) => cohort));
  const [during, after]: [Slashing[], Slashing[]] = [[], []];
  for (const slashing of slashingsOf(slashings)) {
    if (!names.has(slashing.cohort)) continue;
    (slashing.timeDays * secondsPerDay >= warmUp ? after : during).push(slashing);
  }
  const all = (some: readonly Slashing[]) => slashingSums(some, () => '').get('') ?? { nodes: 0, count: 0, tokens: 0 };
  const [early, late] = [all(during), all(after)];
  const were = late.nodes === 1 ? 'was' : 'were';
  const since = warmUp === 0 ? '' : ' after the warm-up';
  const who = `${late.nodes === 0 ? 'None' : toNumber(late.nodes)} of ${toNumber(joined)} honest nodes ${were} slashed`;
  const lost = late.nodes === 0 ? '' : `, ${toPhrase(late.tokens, 'tokens')} in all`;
  const earlier = early.nodes === 0 ? '' : ` (during it ${toNumber(early.nodes)}, ${toPhrase(early.tokens, 'tokens')})`;
  return [`${who}${since}${earlier}${lost}.`, ...(late.nodes === 0 ? [] : [largestPart(after, names.size)])];
}

/** What most of the tokens were slashed for, and from whom, where there are several cohorts. */
function largestPart(slashings: readonly Slashing[], cohortCount: number): string {
  const total = slashings.reduce((sum, { tokens }) => sum + tokens, 0);
  const largest = (keyOf: (slashing: Slashing) => string) => {
    const [first] = [...slashingSums(slashings, keyOf)].sort(([, a], [, b]) => b.tokens - a.tokens);
    const [key, { tokens }] = first!;
    return { key, share: tokens === total ? 'all of it' : `${toPhrase(tokens / total, 'fraction')} of it` };
  };
  const cause = largest((slashing) => slashing.cause);
  const cohort = largest((slashing) => slashing.cohort);
  const text =
    cohortCount > 1
      ? `${cohort.share} was the stake of ${cohort.key}, ${cause.share} for ${cause.key}`
      : `${cause.share} was for ${cause.key}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
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
  return [`${toPhrase(waited, 'fraction')} of the jobs found no free node; the mean wait of all was ${mean}.`];
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
