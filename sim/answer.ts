import { toNumber, toPhrase } from './figure.js';
import { checkExpectations } from './record/expectations.js';
import type { Metric } from './record/metric.js';
import { metrics } from './record/metrics.js';
import { columnIndex, type Table } from './record/table.js';
import type { Scenario } from './scenario/schema.js';

/** The metrics that a reader looks at first, in that order; those that don't apply to a run are left out. */
const headlineNames: readonly string[] = [
  'attackerWorkShare',
  'attackerPeakWorkShare',
  'attackerProfitUsd',
  'attackerReturnOnCapital',
  'attackersEjectedFraction',
  'scoreAuc',
  'jobsFinal',
  'completedFraction',
  'latencyP50Seconds',
  'latencyP95Seconds',
  'waitingMeanSeconds',
  'wrongAcceptedRate',
  'redundancyFactor',
  'utilisation',
  'honestSlashedNodes',
  'honestReturnOnCapital',
  'nodesOnline',
  'slashedTokens',
];

/** The figures of a run that come first. */
export function headlineFigures(
  values: readonly number[],
): readonly { readonly metric: Metric; readonly value: number }[] {
  return headlineNames
    .map((name) => {
      const index = metrics.findIndex((metric) => metric.name === name);
      return { metric: metrics[index]!, value: values[index]! };
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
    const rate = Number.isNaN(earned) ? '' : `: ${toPhrase(earned, 'fraction')} of the capital they put in`;
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
  return [`${slashed === 0 ? 'None' : toNumber(slashed)} ${of} ${slashed === 1 ? 'was' : 'were'} slashed.`];
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
    return [met === 1 ? 'The scenario’s expectation is met.' : `All ${met} expectations of the scenario are met.`];
  }
  const parts = [`${met} of ${verdicts.length} expectations of the scenario ${met === 1 ? 'is' : 'are'} met`];
  if (unmet > 0) parts.push(`${unmet} ${unmet === 1 ? 'is' : 'are'} not`);
  if (unknown > 0) parts.push(`${unknown} can’t be told from this run`);
  return [`${parts.join(', ')}.`];
}

/** Slashings added up by cause and cohort, in the order in which each first occurred. */
export function slashingsByCause(
  slashings: Table,
): readonly { readonly cause: string; readonly cohort: string; readonly count: number; readonly tokens: number }[] {
  const [cause, cohort, amount] = ['cause', 'cohort', 'amountTokens'].map((name) => columnIndex(slashings, name));
  const sums = new Map<string, { cause: string; cohort: string; count: number; tokens: number }>();
  for (const row of slashings.rows()) {
    const key = `${row[cause!]} ${row[cohort!]}`;
    const sum = sums.get(key) ?? { cause: String(row[cause!]), cohort: String(row[cohort!]), count: 0, tokens: 0 };
    sum.count++;
    sum.tokens += Number(row[amount!]);
    sums.set(key, sum);
  }
  return [...sums.values()];
}
