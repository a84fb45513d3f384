import { nodesMost } from '../../../model/columns/nodes.js';
import type { Penalty } from '../../../model/contract/findings/penalty.js';
import type { Payouts } from '../../../model/contract/roles.js';
import { type Metric, rangeOf } from '../../../record/metrics/metric.js';
import { InvalidInput, nearest } from '../../text/faults.js';
import {
  type AskedRole,
  type Expected,
  expectedAnswers,
  expectedOfClassScores,
  isPromise,
  needed,
  type Seen,
} from './expected-answers.js';

/** Whose code is asked, as faults tell it: `./streak.js: reputation streak`. */
export interface Owner {
  /** The plugin’s file, as the scenario names it; undefined for a kind that a program gave. */
  readonly file: string | undefined;
  /** The setting that names it, or `metric`. */
  readonly role: string;
  readonly kind: string;
}

/** Throws InvalidInput that names file, role, kind and question. */
function fail({ file, role, kind }: Owner, question: string, expected: string, found: string, why?: string): never {
  const whose = file === undefined ? '' : `plugin ${file}: `;
  throw new InvalidInput([
    { path: `${whose}${role} ${kind}: ${question}`, expected, found, ...(why === undefined ? {} : { why }) },
  ]);
}

/** What the code of somebody else answers; throws InvalidInput in place of what it throws. */
function asked<T>(owner: Owner, question: string, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    // what it called of the package has said what is wrong
    if (error instanceof InvalidInput) throw error;
    fail(owner, question, 'an answer', 'an exception', saidBy(error));
  }
}

/** An error in a line, with the place in its module where there is one. */
export function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const place = /\bat (?:.*\()?(?:file:\/\/)?(\/[^\s)]+:\d+:\d+)\)?/.exec(error.stack ?? '')?.[1];
  return `${error.name}: ${error.message.replaceAll('\n', ' ')}${place === undefined ? '' : ` at ${place}`}`;
}

function wordsOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (isPromise(value)) {
    // what becomes of it is nobody's business any more, and must not end the process
    value.then(undefined, () => {});
    return 'a promise';
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

interface Definition {
  readonly kind: string;
}

/** Questions of a definition itself, which a scenario is read with. */
const questionsOfDefinitions = [
  ...['members', 'memberNames', 'holdsList', 'remarks', 'scores', 'ignoresScores', 'unbondingSeconds', 'locksBonds'],
  ...['attemptsMost', 'witnesses', 'jurors', 'revealSeconds', 'files', 'bids', 'takesBribes', 'plan'],
  ...['foundProbability', 'slashedFraction', 'payFraction', 'leastBond', 'contribution'],
];

type Questions = Readonly<Record<string, (...given: unknown[]) => unknown>>;

/**
 * The definition with each of its answers, and each of what it makes, looked at: one that can’t be, or an exception, is
 * an InvalidInput that names whose it is. What the package has itself isn’t looked at, and costs nothing.
 */
export function guarded<D extends Definition>(definition: D, role: AskedRole, file: string | undefined): D {
  const owner: Owner = { file, role, kind: definition.kind };
  const own = definition as unknown as Questions;
  const wrapped: Record<string, unknown> = {};
  for (const name of questionsOfDefinitions) {
    if (typeof own[name] !== 'function') continue;
    wrapped[name] = (...given: unknown[]) => asked(owner, name, () => own[name]!(...given));
  }
  if (typeof own.plan === 'function') {
    const plan = wrapped.plan as (settings: unknown, identities: number) => unknown;
    wrapped.plan = (settings: unknown, identities: number) => planned(plan(settings, identities), identities, owner);
  }
  wrapped.create = (settings: unknown, context: Seen, ...rest: unknown[]) => {
    const made = asked(owner, 'create', () => own.create!(settings, context, ...rest));
    if (typeof made !== 'object' || made === null || isPromise(made)) fail(owner, 'create', 'an object', wordsOf(made));
    return guardedRole(made as Questions, owner, role, context);
  };
  // whatever else it says is its own still
  return Object.assign(Object.create(definition), wrapped) as D;
}

/** The plan of a cohort, which says of each identity on which machine it is and whose. */
function planned(plan: unknown, identities: number, owner: Owner): unknown {
  if (typeof plan !== 'object' || plan === null || isPromise(plan)) fail(owner, 'plan', 'an object', wordsOf(plan));
  const told = plan as Readonly<Record<string, unknown>>;
  const needs = (name: string, expected: string, isSo: boolean) => {
    if (!isSo) fail(owner, `plan: ${name}`, expected, wordsOf(told[name]));
  };
  const isWithin = (name: string, least: number, most: number) => {
    const value = told[name];
    needs(name, `a whole number from ${least} to ${most}`, Number.isInteger(value) && Number(value) >= least);
    needs(name, `a whole number from ${least} to ${most}`, Number(value) <= most);
  };
  isWithin('identities', identities, identities);
  isWithin('identitiesMost', identities, nodesMost);
  isWithin('machines', 1, identities);
  isWithin('operators', 1, identities);
  for (const name of ['machineOf', 'operatorOf']) needs(name, 'a function', typeof told[name] === 'function');
  return plan;
}

type Guard = (a: unknown, b: unknown, c: unknown, d: unknown) => unknown;

function guardedRole(made: Questions, owner: Owner, role: AskedRole, seen: Seen): object {
  for (const question of needed[role]) if (made[question] === undefined) fail(owner, question, 'a function', 'nothing');
  const looked = lookedAt(made, expectedAnswers[role], owner, seen);
  const { classScores } = made as { classScores?: unknown };
  if (role === 'reputation' && classScores !== undefined) {
    looked.classScores = lookedAt(classScores as Questions, expectedOfClassScores, owner, seen);
  }
  if (role === 'slashing') guardPenalties(looked, owner);
  if (role === 'rewards' && looked.settle !== undefined) guardPayouts(looked, owner);
  return looked;
}

function lookedAt(
  made: Questions,
  answers: Readonly<Record<string, Expected | 'data'>>,
  owner: Owner,
  seen: Seen,
): Record<string, unknown> {
  // what helps it may be called anything but nearly a question
  for (const [name, value] of Object.entries(made)) {
    if (typeof value !== 'function' || name in answers) continue;
    const meant = nearest(name, Object.keys(answers));
    if (meant !== undefined) fail(owner, name, `a question of its role, such as ${meant}`, 'a function');
  }
  const looked: Record<string, unknown> = {};
  for (const [question, expected] of Object.entries(answers)) {
    const value = made[question] as unknown;
    if (value === undefined) continue;
    if (expected === 'data') looked[question] = value;
    else if (typeof value !== 'function') fail(owner, question, 'a function', wordsOf(value));
    else looked[question] = guard(made, question, expected, owner, seen);
  }
  return looked;
}

function guard(made: Questions, question: string, { words, isSo }: Expected, owner: Owner, seen: Seen): Guard {
  return (a, b, c, d) => {
    let answer: unknown;
    try {
      answer = made[question]!(a, b, c, d);
    } catch (error) {
      if (error instanceof InvalidInput) throw error;
      fail(owner, question, 'an answer', 'an exception', saidBy(error));
    }
    if (!isSo(answer, seen)) fail(owner, question, words, wordsOf(answer));
    return answer;
  };
}

const shares = ['stakeFraction', 'bondFraction', 'clawBackFraction'] as const;
const amounts = ['stakeAmount', 'jailEpochs', 'delayEpochs'] as const;

/** A slashing rule answers by what it fills in. */
function guardPenalties(looked: Record<string, unknown>, owner: Owner): void {
  const check = (question: string, penalty: Penalty) => {
    for (const name of shares) {
      const value = penalty[name];
      if (!(value >= 0 && value <= 1)) fail(owner, `${question}: ${name}`, 'a number from 0 to 1', wordsOf(value));
    }
    for (const name of amounts) {
      const value = penalty[name];
      const isWhole = Number.isInteger(value) || value === Number.POSITIVE_INFINITY;
      if (!(isWhole && value >= 0)) {
        fail(owner, `${question}: ${name}`, 'a whole number of at least 0', wordsOf(value));
      }
    }
    if (!Number.isFinite(penalty.scoreChange)) {
      fail(owner, `${question}: scoreChange`, 'a finite number', wordsOf(penalty.scoreChange));
    }
    const before = penalty.scoreChangeBefore;
    if (!(Number.isFinite(before) && before <= 0)) {
      fail(owner, `${question}: scoreChangeBefore`, 'a finite number of at most 0', wordsOf(before));
    }
  };
  const { penalize, assess } = looked as Readonly<Record<string, Guard | undefined>>;
  if (penalize !== undefined) {
    looked.penalize = (evidence: unknown, score: unknown, penalty: Penalty) => {
      penalize(evidence, score, penalty, undefined);
      check('penalize', penalty);
    };
  }
  if (assess !== undefined) {
    looked.assess = (node: unknown, penalty: Penalty) => {
      assess(node, penalty, undefined, undefined);
      check('assess', penalty);
    };
  }
}

/** A reward rule answers by whom it names. */
function guardPayouts(looked: Record<string, unknown>, owner: Owner): void {
  const settle = looked.settle as Guard;
  let payouts: Payouts;
  const isAmount = (amount: number) => Number.isInteger(amount) && amount >= 0;
  const refuse = (question: string, amount: unknown) =>
    fail(owner, `settle: ${question}`, 'a whole number of micro-tokens of at least 0', wordsOf(amount));
  // one for all jobs, as settling one never settles another
  const looking: Payouts = {
    payWorker: (attempt, amount, holdEpochs) => {
      if (!isAmount(amount)) refuse('payWorker', amount);
      if (!isAmount(holdEpochs)) refuse('payWorker: holdEpochs', holdEpochs);
      payouts.payWorker(attempt, amount, holdEpochs);
    },
    payObserver: (node, amount) => {
      if (!isAmount(amount)) refuse('payObserver', amount);
      payouts.payObserver(node, amount);
    },
  };
  looked.settle = (job: unknown, isAccepted: unknown, given: Payouts) => {
    payouts = given;
    settle(job, isAccepted, looking, undefined);
  };
}

/** A metric with its values looked at: a number within what its unit allows, or NaN where it doesn’t apply. */
export function guardedMetric(metric: Metric, file: string | undefined): Metric {
  const owner: Owner = { file, role: 'metric', kind: metric.name };
  const [least, most] = rangeOf(metric);
  const look = (question: string, ask: () => unknown): number => {
    const value = asked(owner, question, ask);
    if (Number.isNaN(value)) return Number.NaN;
    if (typeof value !== 'number') fail(owner, question, 'a number, or NaN where it doesn’t apply', wordsOf(value));
    if (value < least || value > most) {
      fail(owner, question, `a number from ${least} to ${most} [${metric.unit}]`, wordsOf(value));
    }
    return value;
  };
  if ('of' in metric) {
    const { of, whole } = metric;
    return {
      ...metric,
      of: (counts, who) => look('of', () => of.call(metric, counts, who)),
      ...(whole === undefined ? {} : { whole: (run) => look('whole', () => whole.call(metric, run)) }),
    };
  }
  const { value } = metric;
  return { ...metric, value: (run, who) => look('value', () => value.call(metric, run, who)) };
}
