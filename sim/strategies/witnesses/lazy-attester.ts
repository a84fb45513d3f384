import { z } from 'zod';
import { needsWitnesses } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { probability } from '../../model/contract/settings.js';
import { honest } from '../honest.js';

const plain = honest.settings.parse({ kind: 'honest' });

/**
 * Serves honestly, and signs as a witness without looking: who looks earns no more (the verifier's dilemma; Luu,
 * Teutsch, Kulkarni and Saxena 2015).
 */
export const lazyAttester = defineStrategy({
  kind: 'lazy-attester',
  meaning: 'Serves honestly, and signs for others without looking.',
  formula: 'P(signs without looking) = signsUnseen',
  source:
    'The verifier’s dilemma of Luu, Teutsch, Kulkarni and Saxena 2015, Demystifying incentives in the consensus ' +
    'computer',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('lazy-attester'),
    signsUnseen: probability({ meaning: 'Probability that it signs without looking' }).default(1),
  }),
  remarks: ({ signsUnseen }, outline) =>
    signsUnseen > 0
      ? needsWitnesses(outline, 'so that it is never asked to look')
      : [{ setting: 'signsUnseen', expected: 'a probability above 0', found: '0', why: 'so that it always looks' }],
  plan: (_settings, identities) => honest.plan(plain, identities),
  create: ({ signsUnseen }, context, attack) => honest.create({ ...plain, signsUnseen }, context, attack),
});
