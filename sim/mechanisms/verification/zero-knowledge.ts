import { z } from 'zod';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { probability, quantity } from '../../model/contract/settings.js';

/**
 * Each result comes with a proof that it was computed as asked (S. Goldwasser, S. Micali, C. Rackoff, The knowledge
 * complexity of interactive proof systems, 1985).
 *
 * Making the proof multiplies the work; checking it takes no time. Right results always pass, wrong ones with the
 * soundness error, independently.
 */
export const zeroKnowledge = defineVerificationScheme({
  kind: 'zero-knowledge',
  meaning: 'Each result comes with a proof that is checked: wrong results pass with the soundness error.',
  settings: z.strictObject({
    kind: z.literal('zero-knowledge'),
    proofFactor: quantity({
      least: 1,
      most: 1e9,
      unit: 'times the work',
      meaning: 'Work of a job with its proof, over that of the job alone',
    }).default(100),
    soundnessError: probability({ meaning: 'Probability that the proof of a wrong result passes' }).default(0),
  }),
  foundProbability: ({ soundnessError }) => 1 - soundnessError,
  remarks: ({ soundnessError }): readonly Remark[] => {
    if (soundnessError < 1) return [];
    const why = 'so that every wrong result passes';
    return [{ setting: 'soundnessError', expected: 'a probability below 1', found: '1', why }];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, instruments, instance } = context;
    return {
      ...oneAtATime(context, () => NextStep.verdict),
      proves: true,
      workFactor: (job) => settings.of(job).proofFactor,
      verdict: (attempt) => {
        const { soundnessError } = settings.of(attempts.job[attempt]!);
        return instruments.proofPasses(attempt, soundnessError, instance) ? EvidenceKind.success : EvidenceKind.invalid;
      },
    };
  },
});
