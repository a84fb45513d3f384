import { metricNamed } from '../../record/metrics/index.js';
import { isAttackers } from '../../scenario/schema/registry.js';
import type { Scenario } from '../../scenario/schema/scenario-schema.js';
import type { HeldExpectation } from '../expectations.js';
import { capitalised } from '../words.js';

/** Unmet expectations that are named in one sentence; the list has all. */
const namedMost = 2;

/**
 * The first sentence of an answer: yes, no, or that it can't be told, by what the scenario says a yes depends on; where
 * it says nothing of it, whether all is as it expects. Empty without either.
 */
export function verdictOf(
  question: readonly HeldExpectation[],
  expected: readonly HeldExpectation[],
  scenario: Scenario,
): string {
  if (question.length === 0) return verdictOnExpectations(expected, scenario);
  const failing = question.filter(({ met }) => met === false);
  if (failing.length > 0) return `No. ${inWords(failing)}.`;
  const unknown = question.filter(({ met }) => met === null);
  if (unknown.length > 0) return `That can’t be told from this run: ${whyUntold(unknown[0]!, scenario)}.`;
  return `Yes. ${inWords(question)}.`;
}

/** A sentence for the expectations beside a question that has its own answer; none where all are met. */
export function besideQuestion(
  question: readonly HeldExpectation[],
  expected: readonly HeldExpectation[],
  scenario: Scenario,
): string[] {
  const isFine = question.length === 0 || expected.every(({ met }) => met === true);
  return isFine ? [] : [verdictOnExpectations(expected, scenario)];
}

function verdictOnExpectations(expected: readonly HeldExpectation[], scenario: Scenario): string {
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
    return `Whether it is as expected can’t be told from this run: ${whyUntold(unknown[0]!, scenario)}.`;
  }
  const total = numbersOf(expected).length;
  if (total === 1) return 'As expected: the scenario’s expectation is met.';
  return `As expected: ${total === 2 ? 'both' : `all ${total}`} expectations of the scenario are met.`;
}

/** Why there is no figure: nobody whom it is about, or nothing happened that it counts. */
function whyUntold({ metric, subject, comparedTo, comparedValue }: HeldExpectation, { fleet }: Scenario): string {
  const { about, label } = metricNamed(metric);
  const isThere = Object.values(fleet).some(({ strategy }) => isAttackers(strategy) === (about === 'attackers'));
  const isOthers = comparedTo !== null && Number.isNaN(comparedValue);
  if (isOthers && (about === undefined || isThere)) return `${comparedTo} has no figure of ${label}`;
  if (about === undefined || isThere) return `nothing happened in it that would tell ${subject}`;
  return about === 'attackers' ? 'nobody attacks in it' : 'nobody in it is honest';
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
