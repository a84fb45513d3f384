import { z } from 'zod';
import { AttemptKind } from '../../model/columns/attempts.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsBids } from '../../model/contract/cohorts/preconditions.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { flag, fraction, probability } from '../../model/contract/settings.js';
import { honestAnswer } from '../honest.js';

/** Sabotage: answers wrong with a fixed probability on every job, each time with another wrong answer. */
export const alwaysWrong = defineStrategy({
  kind: 'always-wrong',
  meaning: 'Answers wrong with a fixed probability on every job.',
  formula: 'P(wrong) = wrongProbability; a numeric answer is then off by shift',
  source:
    'EigenTrust’s threat model A (Kamvar, Schlosser and Garcia-Molina 2003, The EigenTrust algorithm); the ' +
    'sabotage rate of Sarmenta 2002, Sabotage-tolerance mechanisms for volunteer computing systems',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('always-wrong'),
    wrongProbability: probability({ meaning: 'Probability that it answers wrong' }).default(1),
    shift: shiftSetting(),
    reveals: flag({ meaning: 'Whether it reveals an answer that it committed to' }).default(true),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(true),
    confidence: probability({
      meaning: 'How likely it states with each answer that this is right; default: it states nothing',
    }).optional(),
    bid: fraction({ meaning: 'Share of the fee that it asks for' }).default(1),
  }),
  remarks: ({ bid, confidence, reveals, wrongProbability, shift }, outline) => {
    const { filed, seals } = outline;
    if (!reveals && !seals) {
      const expected = 'a verification scheme with commitReveal beside it';
      return [{ setting: 'reveals', expected, found: 'false', why: 'so that there is nothing to withhold' }];
    }
    if (confidence !== undefined && !filed.includes('confidenceGap')) {
      const expected = 'a verification scheme that compares confidence (comparesConfidence)';
      return [{ setting: 'confidence', expected, found: `${confidence}`, why: 'so that nobody heeds what it states' }];
    }
    if (wrongProbability === 0) {
      const why = 'so that it never cheats';
      return [{ setting: 'wrongProbability', expected: 'a probability above 0', found: '0', why }];
    }
    const ofBid = bid < 1 ? needsBids(outline, 'bid', `${bid}`) : [];
    return [...ofBid, ...shiftRemarks(shift, outline)];
  },
  plan: (_settings, identities) => oneEach(identities),
  bids: ({ bid }) => bid < 1,
  create: (settings, context): Strategy => {
    const { attempts } = context;
    // a check is its own look at others' work
    const falsifies = (attempt: number) =>
      attempts.kind[attempt] !== AttemptKind.check &&
      context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, Purpose.misbehaviour) <
        settings.wrongProbability;
    return {
      bid: () => settings.bid,
      accepts: () => true,
      workFraction: (_node, attempt) => (settings.computes || !falsifies(attempt) ? 1 : 0),
      answer: (_node, attempt) =>
        falsifies(attempt) ? context.truth.loneLie(attempt, settings.shift) : honestAnswer(context, attempt),
      reveals: () => settings.reveals,
      attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
      votes: (_juror, _subject, shown) => shown,
      ...(settings.confidence === undefined ? {} : { confidence: () => settings.confidence! }),
    };
  },
});
