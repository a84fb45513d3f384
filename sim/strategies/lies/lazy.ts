import { z } from 'zod';
import { AttemptKind } from '../../model/columns/attempts.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { probability } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/** Saves the work of a share of its jobs, and sends a guess (free-riding; Sarmenta 2002, Luu et al. 2015). */
export const lazy = defineStrategy({
  kind: 'lazy',
  meaning: 'Answers a share of its jobs without computing, with a guess.',
  formula: 'P(computes) = 1 − lazyProbability; else right with guessProbability, for none of the work',
  source:
    'Free-riding: Sarmenta 2002, Sabotage-tolerance mechanisms for volunteer computing systems; the verifier’s ' +
    'dilemma of Luu, Teutsch, Kulkarni and Saxena 2015, Demystifying incentives in the consensus computer',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('lazy'),
    lazyProbability: probability({ meaning: 'Probability that it doesn’t compute' }).default(0.5),
    guessProbability: probability({ meaning: 'Probability that its guess is right' }).default(0),
    shift: shiftSetting(),
  }),
  remarks: ({ lazyProbability, shift }, outline) =>
    lazyProbability > 0
      ? shiftRemarks(shift, outline)
      : [{ setting: 'lazyProbability', expected: 'above 0', found: '0', why: 'so that it always computes' }],
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, truth } = context;
    const draw = (attempt: number, purpose: number) =>
      context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, purpose);
    const isLazy = (attempt: number) =>
      attempts.kind[attempt] !== AttemptKind.check && draw(attempt, Purpose.misbehaviour) < settings.lazyProbability;
    const service = honestService(context);
    return {
      ...service,
      workFraction: (_node, attempt) => (isLazy(attempt) ? 0 : 1),
      answer: (node, attempt) =>
        isLazy(attempt) && draw(attempt, Purpose.guess) >= settings.guessProbability
          ? truth.loneLie(attempt, settings.shift)
          : service.answer(node, attempt),
    };
  },
});
