import { z } from 'zod';
import { AttemptKind } from '../model/columns/attempts.js';
import type { AttemptIndex, NodeIndex } from '../model/columns/nodes.js';
import { heldBy } from '../model/contract/cohorts/cohort-plan.js';
import type { StrategyContext } from '../model/contract/context.js';
import { defineStrategy, type Remark } from '../model/contract/definition.js';
import { Purpose } from '../model/contract/purposes.js';
import { Attestation, type Strategy } from '../model/contract/roles.js';
import { count, flag, fraction, probability, tokens } from '../model/contract/settings.js';
import { toMicroTokens } from '../model/contract/units.js';

/** What an honest computation yields. */
export function honestAnswer({ truth }: StrategyContext, attempt: AttemptIndex): number {
  return truth.honestAnswer(attempt);
}

/** What whoever cheats in one thing does in all others: takes jobs, does them, and says what it saw. */
export function honestService(context: StrategyContext): Strategy {
  return {
    accepts: () => true,
    workFraction: () => 1,
    answer: (_node, attempt) => honestAnswer(context, attempt),
    attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
    votes: (_juror, _subject, shown) => shown,
  };
}

/**
 * Disputes what it found to be wrong, but never a result of those that it vouches for: who stands by them as a witness
 * does so where it is called upon to look, too.
 */
export function sparing(
  { attempts }: StrategyContext,
  vouches: (node: NodeIndex, subject: NodeIndex) => boolean,
): Pick<Strategy, 'challenges'> {
  return { challenges: (node, subject, foundOther) => foundOther && !vouches(node, attempts.node[subject]!) };
}

/** How somebody lies who is honest in all else. */
interface Lying {
  /** How far a lie is off where answers are numeric, as a share of what it computed. */
  readonly shift: number;
  /** Whether it spends the work on an answer that it then falsifies. */
  readonly computes: boolean;
}

/**
 * Honest but for the attempts that it resolves to lie in as it takes them up: what it goes by can change while it is at
 * work. It looks honestly at the work of others.
 */
export function lyingService(
  context: StrategyContext,
  { shift, computes }: Lying,
  resolves: (node: NodeIndex, attempt: AttemptIndex) => boolean,
): Strategy {
  const { attempts, truth } = context;
  const service = honestService(context);
  const lying = new Map<AttemptIndex, boolean>();
  return {
    ...service,
    workFraction: (node, attempt) => {
      const isLie = attempts.kind[attempt] !== AttemptKind.check && resolves(node, attempt);
      lying.set(attempt, isLie);
      return isLie && !computes ? 0 : 1;
    },
    answer: (node, attempt) =>
      lying.get(attempt) === true ? truth.loneLie(attempt, shift) : service.answer(node, attempt),
  };
}

/** Witnesses of so many cohorts, and so many attempts at a job, draw each for themselves. */
const cohortsApart = 16;
const attemptsApart = 64;

/** A draw of its own for each witness and attempt, 0 to 1. */
export function witnessLuck(context: StrategyContext, observer: NodeIndex, attempt: AttemptIndex): number {
  const { attempts, ownership } = context;
  const place = ownership.ordinal[observer]! * cohortsApart + ownership.cohort[observer]!;
  const number = place * attemptsApart + attempts.number[attempt]!;
  return context.uniform(attempts.job[attempt]!, number, Purpose.signing);
}

/** Computes, answers what came out, and signs what it saw; errs with its hardware's fault probability. */
export const honest = defineStrategy({
  kind: 'honest',
  meaning: 'Computes, answers what came out, signs what it saw; errs with its hardware’s fault probability.',
  formula: 'P(right) = 1 − fault probability of its hardware, or the cohort’s quality',
  source: 'This project: what all others are compared with',
  isAttacker: false,
  settings: z.strictObject({
    kind: z.literal('honest'),
    noticesFaults: probability({
      meaning:
        'Probability that it notices a fault of its own hardware, and says so; a bug of its client shows nowhere',
    }).default(0),
    identitiesPerMachine: count({
      least: 1,
      most: 1_000,
      unit: 'identities',
      meaning: 'Identities of an operator on each machine, which share its slots out',
    }).default(1),
    machinesPerOperator: count({
      least: 1,
      most: 1_000_000,
      unit: 'machines',
      meaning: 'Machines of each operator; the last one may have fewer',
    }).default(1),
    signsUnseen: probability({
      meaning: 'Probability that it signs as a witness without looking, whatever there was to see',
    }).default(0),
    takesBribes: fraction({
      meaning: 'Share of its nodes that say as witnesses and jurors what they are bribed to, if that is enough',
    }).default(0),
    bribeLeast: tokens({ meaning: 'The least bribe that these take' }).default(0.01),
    statesConfidence: flag({
      meaning: 'Whether it states with each answer how likely its hardware makes that right',
    }).default(false),
  }),
  plan: (settings, identities) => heldBy(settings, identities),
  takesBribes: ({ takesBribes }) => takesBribes > 0,
  remarks: ({ signsUnseen, takesBribes, bribeLeast }, { jurors, witnesses }) => {
    const found: Remark[] = [];
    if (signsUnseen > 0 && witnesses === 0) {
      const expected = 'a verification scheme that asks witnesses beside it';
      const why = 'so that it is never asked to look';
      found.push({ setting: 'signsUnseen', expected, found: `${signsUnseen}`, why });
    }
    if (takesBribes > 0) {
      if (witnesses + jurors > 0) return found;
      const expected = 'a verification scheme that asks witnesses or jurors beside it';
      const why = 'so that nobody is offered a bribe';
      return [...found, { setting: 'takesBribes', expected, found: `${takesBribes}`, why }];
    }
    const why = 'so that nobody takes a bribe';
    return [...found, { setting: 'bribeLeast', expected: 'a takesBribes above 0', found: `${bribeLeast}`, why }];
  },
  create: (settings, context): Strategy => {
    const bribeLeast = toMicroTokens(settings.bribeLeast);
    const takes = (node: NodeIndex, bribe: number) =>
      bribe > 0 && bribe >= bribeLeast && context.uniformOf(node, 0, Purpose.fickle) < settings.takesBribes;
    const signsUnseen = (observer: NodeIndex, attempt: AttemptIndex) =>
      settings.signsUnseen > 0 && witnessLuck(context, observer, attempt) < settings.signsUnseen;
    return {
      accepts: () => true,
      workFraction: () => 1,
      answer: (_node, attempt) => honestAnswer(context, attempt),
      admitsFault: (_node, attempt) =>
        context.truth.isFaulty(attempt) &&
        context.uniform(context.attempts.job[attempt]!, context.attempts.number[attempt]!, Purpose.selfTest) <
          settings.noticesFaults,
      attests: (observer, attempt, observed, bribe) => {
        if (takes(observer, bribe)) return observed ? Attestation.refuses : Attestation.signs;
        return observed || signsUnseen(observer, attempt) ? Attestation.signs : Attestation.refuses;
      },
      votes: (juror, _subject, shown, bribe) => shown !== takes(juror, bribe),
      // asked only of those who state any
      ...(settings.statesConfidence ? { confidence: (node) => context.truth.quality[node]! } : {}),
    };
  },
});
