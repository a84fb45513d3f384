import { z } from 'zod';
import { feeSplit } from '../../../sim/mechanisms/rewards/fee-split.js';
import { defineRewardRule } from '../../../sim/model/contract/definition.js';
import { quantity } from '../../../sim/model/contract/settings.js';

/** High scores are paid at the end of the epoch, others wait longer for late challenges. */
export const patientEscrow = defineRewardRule({
  kind: 'patient-escrow',
  meaning: 'Pay of low scores stays longer in escrow.',
  settings: z.strictObject({
    kind: z.literal('patient-escrow'),
    below: quantity({ unit: 'score', least: 0, most: 2, meaning: 'Score below which pay waits' }).default(0.9),
    epochs: quantity({ unit: 'epochs', least: 1, most: 30, meaning: 'How long it waits' }).default(2),
  }),
  create: (settings, context) => {
    const split = feeSplit.create(
      settings.map(() => feeSplit.settings.parse({ kind: 'fee-split' }) as never),
      context,
    );
    const { attempts, nodes } = context;
    return {
      ...split,
      settle: (job, isAccepted, payouts) => {
        const { below, epochs } = settings.of(job);
        split.settle(job, isAccepted, {
          payObserver: (node, amount) => payouts.payObserver(node, amount),
          payWorker: (attempt, amount) =>
            payouts.payWorker(attempt, amount, nodes.score[attempts.node[attempt]!]! < below ? epochs : 0),
        });
      },
    };
  },
});
