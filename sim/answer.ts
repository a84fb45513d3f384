import { toNumber, toPhrase } from './figure.js';
import { NodeState } from './model/nodes.js';
import type { Metric } from './record/metric.js';
import { metrics } from './record/metrics.js';
import { columnIndex, type Table } from './record/table.js';
import type { RunResult } from './run.js';

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

/** The run in a few plain sentences, the most important first. */
export function answerOf(result: RunResult): readonly string[] {
  const value = (name: string) => result.row.values[metrics.findIndex((metric) => metric.name === name)]!;
  return [
    ...attackSentences(value, result.loaded.scenario.protocol.epoch),
    ...harmSentences(result, value),
    ...jobSentences(value),
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

function harmSentences({ finished }: RunResult, value: ValueOf): readonly string[] {
  const { nodes, ownership, cohorts } = finished.world;
  let honest = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.absent) continue;
    if (!cohorts[ownership.cohort[node]!]!.strategy.isAttacker) honest++;
  }
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
