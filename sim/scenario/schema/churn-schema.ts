import { z } from 'zod';
import { count, distribution, duration } from '../../model/contract/settings.js';
import { hasOneRate, oneRateExpected, rateKeys } from './rate-keys.js';

/** When nodes leave: within a span of the run, or so long after they joined. */
export const leavesSchema = z
  .strictObject({
    at: duration({ meaning: 'Departure from this time on' }).optional(),
    over: duration({ meaning: 'Departure spread uniformly over this long' }).optional(),
    after: distribution({ unit: 'seconds', meaning: 'How long a node stays once it has joined' }).optional(),
  })
  .refine(
    ({ at, over, after }) => (after === undefined) !== (at === undefined && over === undefined),
    'expected either at and over, or after',
  )
  .refine(({ after }) => after === undefined || after.mean > 0, {
    path: ['after'],
    message: 'expected a time above 0',
  })
  .describe('Departure of the nodes: at and over, or after; default: they stay');

/** Newcomers besides the nodes that a cohort declares. */
const newcomersSchema = z
  .strictObject({
    ...rateKeys('nodes', 'Mean number of newcomers'),
    from: duration({ meaning: 'Nobody comes before' }).default(0),
    most: count({
      least: 1,
      most: 2_000_000,
      unit: 'nodes',
      meaning: 'Room for newcomers; later ones are refused. Default: five standard deviations above those to expect',
    }).optional(),
  })
  .refine(hasOneRate, oneRateExpected)
  .describe('Nodes that come besides, a Poisson process: exactly one of perSecond, perHour and perDay');

/** When the declared nodes enter, and who comes besides. */
export const joinsSchema = z
  .strictObject({
    at: duration({ meaning: 'Entry of the declared nodes from this time on' }).default(0),
    over: duration({ meaning: 'Entry of the declared nodes spread uniformly over this long' }).default(0),
    newcomers: newcomersSchema.optional(),
  })
  .describe('Entry of the nodes');

export type NewcomersSettings = z.output<typeof newcomersSchema>;
