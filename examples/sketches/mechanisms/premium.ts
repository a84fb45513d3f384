import { z } from 'zod';
import { feeSplit } from '../../../sim/mechanisms/rewards/fee-split.js';
import { defineRewardRule } from '../../../sim/model/contract/definition.js';
import { fraction } from '../../../sim/model/contract/settings.js';

/** Clients put in the highest price; a node of lower score costs less, and they get the rest back. */
export const premium = defineRewardRule({
  kind: 'premium',
  meaning: 'Price by score, up to a premium over what a newcomer costs.',
  settings: z.strictObject({
    kind: z.literal('premium'),
    most: fraction({ meaning: 'Premium of the best score, as a share of the price of the lowest' }).default(0.25),
  }),
  create: (settings, context) => {
    const split = feeSplit.create(
      settings.map(() => feeSplit.settings.parse({ kind: 'fee-split' }) as never),
      context,
    );
    const { jobs, nodes } = context;
    return {
      ...split,
      price: (job, node) => {
        const { most } = settings.of(job);
        return Math.floor((jobs.fee[job]! * (1 + most * Math.min(1, nodes.publishedScore[node]!))) / (1 + most));
      },
    };
  },
});
