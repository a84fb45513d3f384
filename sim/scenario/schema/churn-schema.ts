import { z } from 'zod';
import { distribution, duration } from '../../model/contract/settings.js';
import { newcomersSchema } from '../../model/outside/newcomers.js';

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

/** When the declared nodes enter, and who comes besides. */
export const joinsSchema = z
  .strictObject({
    at: duration({ meaning: 'Entry of the declared nodes from this time on' }).default(0),
    over: duration({ meaning: 'Entry of the declared nodes spread uniformly over this long' }).default(0),
    newcomers: newcomersSchema.optional(),
  })
  .describe('Entry of the nodes');
