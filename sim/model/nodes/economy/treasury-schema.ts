import { z } from 'zod';
import { count, tokens } from '../../contract/settings.js';

const subsidySchema = z.strictObject({
  tokens: tokens({
    meaning: 'Paid to each newcomer at an end of an epoch, shared alike where it isn’t enough for all',
  }),
  epochs: count({
    least: 1,
    most: 3_650,
    unit: 'epochs',
    meaning: 'Ends of epochs since its entry at which a node is a newcomer; those of the start never are',
  }).default(7),
});

/** What the treasury may pay, and what it pays besides checks. */
export const treasurySchema = z
  .strictObject({
    budget: z
      .union(
        [z.literal('unlimited'), tokens({ meaning: 'Most that it pays in an epoch' })],
        'expected unlimited or tokens',
      )
      .describe(
        'Most that the treasury pays in an epoch, for recomputations, spot-checks, jackpots and subsidies, as far as ' +
          'it has it; what comes back of a spot-check isn’t put to it again',
      )
      .default('unlimited'),
    subsidy: z
      .union([z.literal('none'), subsidySchema], 'expected none or {tokens: …, epochs: …}')
      .describe('Subsidy for newcomers that could be given work as an epoch ends, paid out of the treasury; or none')
      .default('none'),
  })
  .describe('What the treasury may pay')
  .prefault({});
