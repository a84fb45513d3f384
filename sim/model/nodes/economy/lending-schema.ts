import { z } from 'zod';
import { fraction, quantity } from '../../contract/settings.js';

/** Loans of stake against the score, or none. */
export const lendingSchema = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        share: quantity({
          least: 0,
          below: 1,
          unit: '1',
          meaning:
            'Share of a node’s stake that may be lent at the highest score; at a lower one in proportion, from the ' +
            'lowest',
        }).default(0.5),
        interest: fraction({
          meaning: 'Interest a year on what is owed, as far as stake covers it, to the treasury',
        }).default(0.1),
        repays: fraction({
          meaning: 'Share of a node’s income that pays interest, and then what is owed, at each end of an epoch',
        }).default(0.25),
      }),
    ],
    'expected none or {share: …, interest: …, repays: …}',
  )
  .describe(
    'Stake that the treasury lends nodes against their published score, as far as it has it (fleet.NAME.borrows): ' +
      'lent stake works and is slashed as their own, which goes first; none: no loans, and those that there are take ' +
      'all income',
  )
  .default('none');
