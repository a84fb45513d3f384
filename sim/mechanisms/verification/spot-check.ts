import { z } from 'zod';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import {
  knownAnswerVerdict,
  spotCheckFailed,
  spotCheckPassed,
  spotCheckProbability,
  spotChecksPassed,
  spotChecksWith,
} from '../../model/contract/verification/spot-checks.js';

/**
 * Spot-checks: jobs whose answer is known come among those of clients, which are taken unchecked.
 *
 * What follows is the slashing rule's to say, as a scheme acts on nobody: a rule that ejects for `spotCheckFailed`
 * blacklists. With it, of n jobs that nodes got of which each was a spot-check with probability q, where a share f of
 * them answers wrong with probability s, wrong results are s·f(1 − qs)^n/((1 − f) + f(1 − qs)^n) of all.
 */
export const spotCheck = defineVerificationScheme({
  kind: 'spot-check',
  meaning: 'Jobs whose answer is known are mixed in, paid by the treasury; clients’ results are taken as they come.',
  kinds: [spotCheckFailed],
  settings: z.strictObject({ kind: z.literal('spot-check'), probability: spotCheckProbability() }),
  foundProbability: ({ probability }) => probability,
  files: ({ probability }) => (probability > 0 ? [spotCheckPassed.name] : []),
  remarks: ({ probability }): readonly Remark[] => {
    if (probability > 0) return [];
    const why = 'so that nothing is ever checked';
    return [{ setting: 'probability', expected: 'a probability above 0', found: '0', why }];
  },
  create: (settings, context): VerificationScheme => ({
    ...oneAtATime(context, () => NextStep.verdict),
    proves: true,
    spotChecks: (job) => spotChecksWith(context, job, settings.of(job).probability),
    verdict: (attempt) => knownAnswerVerdict(context, attempt),
    ...spotChecksPassed(context),
  }),
});
