import { z } from 'zod';
import { defineReputationModel } from '../../model/contract/definition.js';
import { EvidenceKind, isJobFailure } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';

/**
 * Beta reputation: r ← λr + x, s ← λs + (1 − x), R = (r + 1)/(r + s + 2), the mean of Beta(r + 1, s + 1).
 *
 * Source: A. Jøsang, R. Ismail, The Beta reputation system, 15th Bled Electronic Commerce Conference (2002).
 */
export const beta = defineReputationModel({
  kind: 'beta',
  meaning: 'Mean of the Beta distribution over successes and failures, older ones forgotten by a factor a job.',
  settings: z.strictObject({
    kind: z.literal('beta'),
    forgetting: fraction({ meaning: 'Factor λ on what was counted, at each job; 1 forgets nothing' }).default(0.99),
  }),
  ignoresCheckIns: true,
  // failures alone come to 1/(1 − λ) of them
  scores: ({ forgetting }) => ({
    lowest: (1 - forgetting) / (1 + 2 * (1 - forgetting)),
    reachesLowest: forgetting === 0,
    highest: 1,
  }),
  create: (settings, context): ReputationModel => {
    const successes = context.column();
    const failures = context.column();
    return {
      lowest: 0,
      highest: 1,
      prior: () => 0.5,
      nodeJoined: (node) => {
        successes[node] = 0;
        failures[node] = 0;
      },
      scoreAfter: ({ subject, kind, job }, score) => {
        const isSuccess = kind === EvidenceKind.success;
        if (!isSuccess && !isJobFailure(kind)) return score;
        const { forgetting } = settings.of(job);
        const r = forgetting * successes[subject]! + (isSuccess ? 1 : 0);
        const s = forgetting * failures[subject]! + (isSuccess ? 0 : 1);
        successes[subject] = r;
        failures[subject] = s;
        return (r + 1) / (r + s + 2);
      },
    };
  },
});
