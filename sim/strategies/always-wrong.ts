import { z } from 'zod';
import { defineStrategy } from '../model/contract/definition.js';
import { Purpose } from '../model/contract/purposes.js';
import { Attestation, type Strategy } from '../model/contract/roles.js';
import { flag, probability } from '../model/contract/settings.js';
import { honestAnswer } from './honest.js';

/** Wrong answers start here, above those that honest faults can take. */
const firstWrongAnswer = 1_000_000;

/** Sabotage: answers wrong with a fixed probability on every job, each time with another wrong answer. */
export const alwaysWrong = defineStrategy({
  kind: 'always-wrong',
  meaning: 'Answers wrong with a fixed probability on every job.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('always-wrong'),
    wrongProbability: probability({ meaning: 'Probability that it answers wrong' }).default(1),
    reveals: flag({ meaning: 'Whether it reveals an answer that it committed to' }).default(true),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(true),
  }),
  remarks: ({ wrongProbability }) =>
    wrongProbability > 0
      ? []
      : [
          {
            setting: 'wrongProbability',
            expected: 'a probability above 0',
            found: '0',
            why: 'so that it never cheats',
          },
        ],
  plan: (_settings, nodes) => ({ machines: nodes, operators: nodes, hidesOperator: false, identitiesMost: nodes }),
  create: (settings, context): Strategy => {
    const { attempts } = context;
    const falsifies = (attempt: number) =>
      context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, Purpose.misbehaviour) <
      settings.wrongProbability;
    return {
      isAttacker: true,
      accepts: () => true,
      workFraction: (_node, attempt) => (settings.computes || !falsifies(attempt) ? 1 : 0),
      answer: (_node, attempt) =>
        falsifies(attempt) ? firstWrongAnswer + attempts.number[attempt]! : honestAnswer(context, attempt),
      reveals: () => settings.reveals,
      attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
    };
  },
});
