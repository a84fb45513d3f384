import { toPhrase } from '../../../reports/figure.js';
import { metricNamed } from '../../record/metrics/index.js';
import { type Metric, sideOf } from '../../record/metrics/metric.js';
import type { HeldExpectation } from '../expectations.js';
import { capitalised } from '../words.js';
import type { RunFacts, Said, ValueOf } from './facts.js';
import { isWithinWarmUp, stayInWords, stayOf, withinWarmUpInWords } from './stay.js';

/** What says who was there, and when. */
type StayFacts = Pick<RunFacts, 'scenario' | 'table' | 'replications'>;

/** Unmet expectations that are named in one sentence; the list has all. */
const namedMost = 2;

/**
 * The first sentence of an answer: yes, no, or that it can't be told, by what the scenario says a yes depends on; where
 * it says nothing of it, whether all is as it expects. Empty without either.
 */
export function verdictOf(
  question: readonly HeldExpectation[],
  expected: readonly HeldExpectation[],
  facts: StayFacts,
): string {
  if (question.length === 0) return verdictOnExpectations(expected, facts);
  const failing = question.filter(({ met }) => met === false);
  if (failing.length > 0) return `No. ${inWords(failing)}.`;
  const unknown = question.filter(({ met }) => met === null);
  if (unknown.length > 0) return `That can’t be told from ${theseRuns(facts)}: ${whyUntold(unknown[0]!, facts)}.`;
  return `Yes. ${inWords(question)}.`;
}

/** What sentences say, for those that come after them. */
export function saidIn(sentences: readonly string[], value: ValueOf): Said {
  const text = sentences.join(' ').toLowerCase();
  return {
    figure: (name) => {
      const { label, unit } = metricNamed(name);
      return text.includes(`${label}: ${toPhrase(value(name), unit)}, `.toLowerCase());
    },
    words: (words) => text.includes(words.toLowerCase()),
  };
}

/** A sentence for the expectations beside a question that has its own answer; none where all are met. */
export function besideQuestion(
  question: readonly HeldExpectation[],
  expected: readonly HeldExpectation[],
  facts: StayFacts,
): string[] {
  const isFine = question.length === 0 || expected.every(({ met }) => met === true);
  if (isFine) return [];
  const isUntold = [question, expected].every((held) => {
    return held.every(({ met }) => met !== false) && held.some(({ met }) => met === null);
  });
  if (isUntold && whyFirstUntold(question, facts) === whyFirstUntold(expected, facts)) {
    return ['Nor can it be told whether it is as expected, for the same reason.'];
  }
  return [verdictOnExpectations(expected, facts)];
}

function whyFirstUntold(held: readonly HeldExpectation[], facts: StayFacts): string {
  return whyUntold(held.find(({ met }) => met === null)!, facts);
}

function verdictOnExpectations(expected: readonly HeldExpectation[], facts: StayFacts): string {
  if (expected.length === 0) return '';
  const failing = expected.filter(({ met }) => met === false);
  const unknown = expected.filter(({ met }) => met === null);
  if (failing.length > 0) {
    const named = inWords(failing.slice(0, namedMost));
    const others = numbersOf(failing.slice(namedMost)).length;
    const untold = unknown.length === 0 ? '' : `; ${numbersOf(unknown).length} can’t be told`;
    return `Not as expected. ${named}${others > 0 ? `; and ${others} more` : ''}${untold}.`;
  }
  if (unknown.length > 0) {
    return `Whether it is as expected can’t be told from ${theseRuns(facts)}: ${whyUntold(unknown[0]!, facts)}.`;
  }
  const total = numbersOf(expected).length;
  if (total === 1) return 'As expected: the scenario’s expectation is met.';
  return `As expected: ${total === 2 ? 'both' : `all ${total}`} expectations of the scenario are met.`;
}

function theseRuns({ replications }: StayFacts): string {
  return replications.length > 1 ? `these ${replications.length} runs` : 'this run';
}

/** Why there is no figure: nobody whom it is about is there, or nothing happened that it counts. */
function whyUntold(held: HeldExpectation, facts: StayFacts): string {
  const { subject, bounds, comparedTo, comparedValue, found, value, isTooFew = false } = held;
  if (isTooFew) return `${subject}: ${found}, too few for an interval`;
  // only an interval can be told and yet not decide
  if (!Number.isNaN(value)) return `${subject}: ${found}, of which a part is ${bounds} and a part isn’t`;
  const metric = facts.scenario.registry.metricNamed(held.metric);
  const side = sideOf(metric);
  const cohorts = Object.entries(facts.scenario.fleet)
    .filter(([, settings]) => facts.scenario.registry.isAttackers(settings) === (side === 'attackers'))
    .map(([name]) => name);
  const isThere = side === undefined || cohorts.length > 0;
  if (isThere && comparedTo !== null && Number.isNaN(comparedValue))
    return `${comparedTo} has no figure of ${metric.label}`;
  if (!isThere) return side === 'attackers' ? 'nobody attacks in it' : 'nobody in it is honest';
  // such as `in the worst whole day`
  const whole = /\bwhole \w+/.exec(held.window ?? '');
  if (whole !== null) return `no ${whole[0]} lies in the part of the run that is counted`;
  return whyNobody(held, side, cohorts, facts) ?? `nothing happened in it that would tell ${subject}`;
}

/** Where none of those whom it is about were there in the part of the run that it is of; undefined if some were. */
function whyNobody(
  { metric, cohort, fromDays, toDays }: HeldExpectation,
  side: Metric['about'],
  cohorts: readonly string[],
  facts: StayFacts,
): string | undefined {
  if (side === undefined) return undefined;
  const who = cohort === null ? (side === 'attackers' ? 'the attackers' : 'the honest') : `the nodes of ${cohort}`;
  const stay = stayOf(facts, new Set(cohort === null ? cohorts : [cohort]));
  if (stay === null) return `none of ${who} ever joined`;
  if (facts.scenario.registry.metricNamed(metric).window === 'after the warm-up' && isWithinWarmUp(stay, facts)) {
    return `${withinWarmUpInWords(who, stay)}, and that isn’t counted`;
  }
  if (stay.lastLeftDays <= fromDays) return `${who} were there before alone, ${stayInWords(stay)}`;
  return stay.firstJoinedDays >= toDays ? `${who} came later, at ${toPhrase(stay.firstJoinedDays, 'd')}` : undefined;
}

/** Such as `Attackers’ share of the work, in the worst day: 14 %, not below 10 %`. */
function inWords(held: readonly HeldExpectation[]): string {
  const words = held.map(({ subject, found, bounds, met }) => `${subject}: ${found}, ${met ? '' : 'not '}${bounds}`);
  return capitalised(words.join('; '));
}

/** Numbers of the expectations; one whose sides are told apart is one. */
function numbersOf(held: readonly HeldExpectation[]): readonly number[] {
  return [...new Set(held.map(({ expectation }) => expectation))];
}
