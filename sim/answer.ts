import { toNumber, toPhrase } from './figure.js';
import { checkExpectations } from './record/expectations.js';
import type { Metric } from './record/metric.js';
import { metrics } from './record/metrics.js';
import { columnIndex, type Table } from './record/table.js';
import type { Scenario } from './scenario/schema.js';

/** The metrics that a reader looks at first, in that order, in words; those that don't apply to a run are left out. */
const headlines: readonly (readonly [name: string, label: string])[] = [
  ['attackerWorkShare', 'Attackers’ share of the work'],
  ['attackerPeakWorkShare', 'Attackers’ highest share'],
  ['attackerProfitUsd', 'Attackers’ profit'],
  ['attackerReturnOnCapital', 'Attackers’ return on capital'],
  ['attackersEjectedFraction', 'Attackers ejected'],
  ['scoreAuc', 'Attackers scored below honest nodes'],
  ['jobsFinal', 'Jobs'],
  ['completedFraction', 'Jobs completed'],
  ['latencyP50Seconds', 'Latency, half of the jobs'],
  ['latencyP95Seconds', 'Latency, 95 % of the jobs'],
  ['waitingMeanSeconds', 'Mean wait for a node'],
  ['wrongAcceptedRate', 'Wrong results accepted'],
  ['redundancyFactor', 'Attempts for each completed job'],
  ['utilisation', 'Utilisation of the machines'],
  ['honestSlashedNodes', 'Honest nodes slashed'],
  ['honestStakeLostTokens', 'Honest stake slashed'],
  ['honestReturnOnCapital', 'Honest operators’ return on capital'],
  ['outageRecoveryMedianHours', 'Recovery from shared outages'],
  ['newcomerParityMedianDays', 'Newcomers earn like others after'],
  ['nodesOnline', 'Nodes online at the end'],
  ['slashedTokens', 'Stake slashed'],
];

/** A figure that comes first, and what to call it. */
export interface HeadlineFigure {
  readonly metric: Metric;
  readonly label: string;
  readonly value: number;
}

/** The figures of a run that come first; values are in the order of `metrics`. */
export function headlineFigures(values: readonly number[]): readonly HeadlineFigure[] {
  return headlines
    .map(([name, label]) => {
      const index = metrics.findIndex((metric) => metric.name === name);
      return { metric: metrics[index]!, label, value: values[index]! };
    })
    .filter(({ value }) => !Number.isNaN(value));
}

/** What the answer is made of. */
export interface RunFacts {
  /** In the order of `metrics`. */
  readonly values: readonly number[];
  /** The table `cohorts` of the run. */
  readonly cohorts: Table;
  readonly scenario: Scenario;
}

/** The run in a few plain sentences, the most important first. */
export function answerOf({ values, cohorts, scenario }: RunFacts): readonly string[] {
  const value = (name: string) => values[metrics.findIndex((metric) => metric.name === name)]!;
  return [
    ...attackSentences(value, scenario.protocol.epoch),
    ...harmSentences(value, cohorts),
    ...stressSentences(value),
    ...jobSentences(value),
    ...expectationSentences(scenario, values),
  ];
}

type ValueOf = (metric: string) => number;

function attackSentences(value: ValueOf, epochSeconds: number): readonly string[] {
  const sentences: string[] = [];
  const share = value('attackerWorkShare');
  if (!Number.isNaN(share)) {
    const peak = value('attackerPeakWorkShare');
    const span = epochSeconds === 86_400 ? 'day' : 'epoch';
    const most = Number.isNaN(peak) ? '' : ` (at most ${toPhrase(peak, 'fraction')} in any one ${span})`;
    sentences.push(`The attackers did ${toPhrase(share, 'fraction')} of the work${most}.`);
  }
  const profit = value('attackerProfitUsd');
  if (!Number.isNaN(profit)) {
    const earned = value('attackerReturnOnCapital');
    const rate = Number.isNaN(earned) ? '' : `, ${toPhrase(Math.abs(earned), 'fraction')} of the capital they put in`;
    sentences.push(`They ${profit < 0 ? 'lost' : 'gained'} ${toPhrase(Math.abs(profit), 'USD')}${rate}.`);
  }
  return sentences;
}

function harmSentences(value: ValueOf, cohorts: Table): readonly string[] {
  const [attackerAt, joinedAt] = [columnIndex(cohorts, 'isAttacker'), columnIndex(cohorts, 'nodesJoined')];
  let honest = 0;
  for (const row of cohorts.rows()) if (row[attackerAt] === false) honest += Number(row[joinedAt]);
  if (honest === 0) return [];
  const slashed = value('honestSlashedNodes');
  const of = `of ${toNumber(honest)} honest nodes`;
  const lost = slashed > 0 ? `, ${toPhrase(value('honestStakeLostTokens'), 'tokens')} in all` : '';
  return [`${slashed === 0 ? 'None' : toNumber(slashed)} ${of} ${slashed === 1 ? 'was' : 'were'} slashed${lost}.`];
}

/** What shared outages and coming and going did to incomes, where there were any. */
function stressSentences(value: ValueOf): readonly string[] {
  const sentences: string[] = [];
  const recovery = value('outageRecoveryMedianHours');
  if (!Number.isNaN(recovery)) {
    const when = recovery === 0 ? 'at once' : `within ${toPhrase(recovery, 'h')}`;
    sentences.push(`After half of the shared outages the honest nodes that were struck earned as before ${when}.`);
  }
  const parity = value('newcomerParityMedianDays');
  if (!Number.isNaN(parity)) {
    sentences.push(`Half of the newcomers earned like the others within ${toPhrase(parity, 'd')} of joining.`);
  }
  return sentences;
}

function jobSentences(value: ValueOf): readonly string[] {
  const completed = value('completedFraction');
  if (Number.isNaN(completed)) return ['No job became final after the warm-up.'];
  const median = value('latencyP50Seconds');
  const within = Number.isNaN(median) ? '' : `; half of them within ${toPhrase(median, 's')}`;
  const sentences = [`${toPhrase(completed, 'fraction')} of the jobs were completed${within}.`];
  const waited = value('waitedFraction');
  if (waited > 0) {
    const mean = toPhrase(value('waitingMeanSeconds'), 's');
    sentences.push(`${toPhrase(waited, 'fraction')} of the jobs found no free node; the mean wait of all was ${mean}.`);
  }
  const wrong = value('wrongAcceptedRate');
  if (wrong > 0) sentences.push(`${toPhrase(wrong, 'fraction')} of the completed jobs brought a wrong result.`);
  return sentences;
}

function expectationSentences({ expect }: Scenario, values: readonly number[]): readonly string[] {
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

/** What the causes of a slash are called in plain words. */
const causes: Readonly<Record<string, string>> = {
  timeout: 'No result in time',
  absence: 'Peers saw no participation',
  invalid: 'Wrong result found out',
  checkInMissed: 'Missed check-ins',
};

/** Slashings of a cause and a cohort, added up. */
export interface SlashingSum {
  readonly cause: string;
  readonly cohort: string;
  readonly count: number;
  readonly tokens: number;
}

/** Slashings added up by cause and cohort, in the order in which each first occurred. */
export function slashingsByCause(slashings: Table): readonly SlashingSum[] {
  const [causeAt, cohortAt, amountAt] = ['cause', 'cohort', 'amountTokens'].map((name) =>
    columnIndex(slashings, name),
  ) as [number, number, number];
  const sums = new Map<string, { cause: string; cohort: string; count: number; tokens: number }>();
  for (const row of slashings.rows()) {
    const [cause, cohort] = [String(row[causeAt]), String(row[cohortAt])];
    const key = JSON.stringify([cause, cohort]);
    const sum = sums.get(key) ?? { cause: causes[cause] ?? cause, cohort, count: 0, tokens: 0 };
    sum.count++;
    sum.tokens += Number(row[amountAt]);
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** A cohort as the report lists it. */
export interface CohortSummary {
  readonly cohort: string;
  readonly strategy: string;
  readonly isAttacker: boolean;
  readonly nodes: number;
  readonly ejected: number;
  /** NaN where nobody did any work. */
  readonly workFraction: number;
  readonly incomeUsd: number;
  readonly profitUsd: number;
}

/** Who the cohorts are and how they fared, in the order of the scenario. */
export function cohortSummaries(cohorts: Table): readonly CohortSummary[] {
  const at = (name: string) => columnIndex(cohorts, name);
  const number = (cell: unknown) => (typeof cell === 'number' ? cell : Number.NaN);
  return Array.from(cohorts.rows(), (row) => ({
    cohort: String(row[at('cohort')]),
    strategy: String(row[at('strategy')]),
    isAttacker: row[at('isAttacker')] === true,
    nodes: number(row[at('nodesJoined')]),
    ejected: number(row[at('nodesEjected')]),
    workFraction: number(row[at('workFraction')]),
    incomeUsd: number(row[at('incomeUsd')]),
    profitUsd: number(row[at('profitUsd')]),
  }));
}
