import { z } from 'zod';
import { count, fraction } from '../settings.js';

const followsSchema = z.strictObject({
  rate: fraction({
    meaning:
      'Share that they ask back of a node at an end of an epoch, times by how much its yield is below the network’s, ' +
      'as a share of that one',
  }).default(0.1),
  window: count({
    least: 1,
    most: 365,
    unit: 'epochs',
    meaning: 'Epochs that weigh in the yields that they compare: an exponential mean, in which the latest has 1/window',
  }).default(7),
  tolerance: fraction({ meaning: 'How far below the network’s a yield may be, included, for them to stay' }).default(
    0.05,
  ),
});

/** The setting `delegatorsFollow` of a cohort: how those who delegate to its nodes go after what stake earns. */
export const followsYieldSchema = z
  .union([z.literal('none'), followsSchema], 'expected none or {rate: …, window: …, tolerance: …}')
  .describe(
    'Whether those who delegate to its nodes follow the yield, pay less slashes per token, to any node of the ' +
      'network: what comes back to them, also after a fall, they delegate anew where it is above the mean',
  )
  .default('none');

/** null: they stay where they are. */
export type FollowsYield = Exclude<z.output<typeof followsYieldSchema>, 'none'> | null;
