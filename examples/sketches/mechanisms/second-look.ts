import { z } from 'zod';
import { AttemptKind } from '../../../sim/model/columns/attempts.js';
import { defineVerificationScheme } from '../../../sim/model/contract/definition.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { oneAtATime } from '../../../sim/model/contract/one-at-a-time.js';
import { NextStep } from '../../../sim/model/contract/roles.js';
import { quantity } from '../../../sim/model/contract/settings.js';

/** Results of nodes below a score are recomputed, and no others. */
export const secondLook = defineVerificationScheme({
  kind: 'second-look',
  meaning: 'Recomputes what nodes of low score return.',
  settings: z.strictObject({
    kind: z.literal('second-look'),
    below: quantity({ unit: 'score', least: 0, most: 2, meaning: 'Score below which a result is recomputed' }),
  }),
  create: (settings, context) => {
    const { attempts, instruments, nodes } = context;
    const isDoubted = (attempt: number) =>
      nodes.score[attempts.node[attempt]!]! < settings.of(attempts.job[attempt]!).below;
    const chain = oneAtATime(context, (attempt) => (isDoubted(attempt) ? NextStep.recheck : NextStep.verdict));
    const isRecheck = (attempt: number) => attempts.kind[attempt] === AttemptKind.recheck;
    return {
      ...chain,
      proves: true,
      attemptEnded: (attempt) => (isRecheck(attempt) ? NextStep.verdict : chain.attemptEnded(attempt)),
      verdict: (attempt) => {
        if (!isRecheck(attempt) && !isDoubted(attempt)) return null;
        return instruments.recomputationAgrees(attempt) ? EvidenceKind.success : EvidenceKind.invalid;
      },
    };
  },
});
