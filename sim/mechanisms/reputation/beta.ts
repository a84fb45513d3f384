import { z } from 'zod';
import { defineReputationModel } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';

/** Where nothing is forgotten, a penalty can come to as many failures: for ever, to all intents. */
const evidenceMost = 1e6;

/**
 * Beta reputation: r ← λr + x, s ← λs + (1 − x), R = (r + 1)/(r + s + 2), the mean of Beta(r + 1, s + 1).
 *
 * A penalty on the score counts as so many failures at once, at most 1/(1 − λ) of them; what exceeds that, it takes
 * from the successes. A bonus counts the other way round.
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
      lowest: () => 0,
      highest: () => 1,
      prior: () => 0.5,
      nodeJoined: (node) => {
        successes[node] = 0;
        failures[node] = 0;
      },
      scoreMoved: (node, change) => {
        const [more, fewer] = change < 0 ? [failures, successes] : [successes, failures];
        const most = Math.min(1 / (1 - settings.now.forgetting), evidenceMost);
        const least = 1 / (most + 2);
        const score = Math.min(1 - least, Math.max(least, context.nodes.score[node]! + change));
        // the share of the evidence that grows less, (fewer + 1)/(fewer + more + 2)
        const share = change < 0 ? score : 1 - score;
        more[node] = Math.min(most, Math.max(0, (fewer[node]! + 1) / share - fewer[node]! - 2));
        fewer[node] = Math.max(0, (share * (more[node]! + 2) - 1) / (1 - share));
        return (successes[node]! + 1) / (successes[node]! + failures[node]! + 2);
      },
      historyReset: (node) => {
        successes[node] = 0;
        failures[node] = 0;
        return 0.5;
      },
      scoreAfter: ({ subject, kind, job }, score) => {
        const isSuccess = kind === EvidenceKind.success;
        if (!isSuccess && context.kinds.isFailure[kind] !== 1) return score;
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
