import { toNumber, toPhrase, toRange } from '../../../reports/figure.js';
import { largest, smallest } from '../../kernels/extent.js';
import type { MetricSummary } from '../../record/tables/summary.js';
import { checkExpectations, checkQuestion } from '../checked-expectations.js';
import { headlineFigures } from '../headlines.js';
import { rangeInWords, summariesOf } from '../replications.js';
import { capitalised } from '../words.js';
import { attackersAbsent } from './attackers.js';
import type { Answer, RunFacts } from './facts.js';
import { limitsTold } from './limits.js';
import { neverHappenedInAny } from './never-happened.js';
import { overshadowingReplications } from './service.js';
import { besideQuestion, verdictOf } from './verdict.js';

const reasonsMost = 3;

/** Several runs in plain sentences, each figure with its interval: what is asked first, then the other headlines. */
export function answerOfReplications(facts: RunFacts): Answer {
  const { scenario, replications, table } = facts;
  const summaries = summariesOf(replications, scenario.registry.metrics);
  const question = checkQuestion(table('expectations'));
  const expected = checkExpectations(table('expectations'));
  const asked = new Set([...question, ...expected].map(({ metric }) => metric));
  const told = headlineFigures(facts.values, scenario).map(({ metric }) => ({
    isAsked: asked.has(metric.name),
    sentence: sentenceOf(summaries.get(metric.name)!, replications.length),
  }));
  const value = (name: string) => facts.values[name]!;
  const isAbsent = replications.every((values) => Number.isNaN(values.attackerWorkShare));
  const sentences = [
    // nodes are those of the first replication
    ...(isAbsent ? attackersAbsent(facts) : []),
    ...overshadowingReplications(facts, value),
    ...besideQuestion(question, expected, facts),
    ...told.filter(({ isAsked }) => isAsked).map(({ sentence }) => sentence),
    ...told.filter(({ isAsked }) => !isAsked).map(({ sentence }) => sentence),
  ];
  const reasons = sentences.slice(0, reasonsMost);
  return {
    verdict: verdictOf(question, expected, facts),
    reasons,
    more: [
      ...sentences.slice(reasonsMost),
      ...limitsTold(table('limits')),
      ...neverHappenedInAny(facts),
      intervalsLine(replications.length),
    ],
  };
}

/** Such as `Return of attackers: −1.65 to −0.6 %, 20 replications, on average −1.2 %.` */
function sentenceOf(summary: MetricSummary, replications: number): string {
  const { metric, mean, median, low, missing, values } = summary;
  const name = capitalised(metric.label);
  const many = `${toNumber(replications)} replications`;
  const untold = missing === 0 ? '' : `; it can’t be told of ${toNumber(missing)} of them`;
  if (Number.isNaN(low)) {
    const ends = { low: smallest(values), high: largest(values) };
    return `${name}: ${toRange(ends, metric.unit)} in all ${many}${untold}, too few for an interval.`;
  }
  const range = rangeInWords(summary);
  if (low === summary.high) return `${name}: ${range}, the same in all of ${many}${untold}.`;
  const middle = metric.isQuantile === true ? ['in the median', median] : ['on average', mean];
  return `${name}: ${range}, ${many}, ${middle[0]} ${toPhrase(Number(middle[1]), metric.unit)}${untold}.`;
}

function intervalsLine(replications: number): string {
  return (
    `Intervals are of 95 % over ${toNumber(replications)} replications: of the mean, and of the median for figures ` +
    'that are quantiles themselves. One run can lie far outside.'
  );
}
