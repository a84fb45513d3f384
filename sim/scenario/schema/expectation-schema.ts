import { z } from 'zod';
import {
  choice,
  duration,
  isDurationText,
  numberOrDuration,
  partName,
  quantity,
  secondsMeant,
  toDuration,
  UNIT_SECONDS,
} from '../../model/contract/settings.js';
import { metricNamed, metricNames } from '../../record/metrics/index.js';

const windowAt = z.union(
  [
    choice(['whole', 'end', 'worstEpoch'], { meaning: 'A part that needs no times' }),
    z.strictObject({
      from: duration({ meaning: 'Start of the window, included; the warm-up is left out' }),
      to: duration({ positive: true, meaning: 'End of the window, excluded unless it is the horizon' }),
    }),
    z.strictObject({
      lastDays: quantity({ unit: 'days', above: 0, meaning: 'Length of a window that ends with the run' }),
    }),
  ],
  'expected whole, end, worstEpoch, {from: …, to: …} or {lastDays: …}',
);

const bound = (meaning: string) => numberOrDuration({ unit: 'the metric’s', meaning }).optional();
/** A bound on a metric, with the part of the run and the cohort that it is taken of. */
export const expectationSchema = z
  .strictObject({
    metric: choice(metricNames as [string, ...string[]], { meaning: 'Name of a metric' }),
    at: windowAt
      .describe(
        'Part of the run that it is taken over, without the warm-up: whole, or what the metric says; end, as long ' +
          'as an epoch, or the state then; worstEpoch, the highest for upper and the lowest for lower bounds, of ' +
          'numbers of jobs by whole epochs, of others with less than half an epoch joined to the epoch beside it; or ' +
          'a window',
      )
      .default('whole'),
    cohort: partName
      .describe('Cohort that it is taken of; default: all that the metric is about, attackers or honest ones')
      .optional(),
    after: z
      .string()
      .min(1)
      .max(200)
      .describe(
        'Event after which the part begins: COHORT joins, outage NAME begins, surge NAME ends, …; of several the first',
      )
      .optional(),
    comparedTo: z
      .string()
      .min(1)
      .max(4_096)
      .describe(
        'File of another scenario, beside the one that names it; the bounds are then on the difference, this run’s ' +
          'value less the value of a run of that scenario with this run’s seed, over the same time',
      )
      .optional(),
    below: bound('Upper bound, excluded; of a time also a duration such as 10m'),
    above: bound('Lower bound, excluded; of a time also a duration such as 10m'),
    atMost: bound('Upper bound, included; of a time also a duration such as 10m'),
    atLeast: bound('Lower bound, included; of a time also a duration such as 10m'),
  })
  .refine(
    ({ below, above, atMost, atLeast }) => [below, above, atMost, atLeast].some((value) => value !== undefined),
    'expected at least one of below, above, atMost, atLeast',
  )
  .refine(({ at, comparedTo }) => at !== 'worstEpoch' || comparedTo === undefined, {
    path: ['at'],
    message: 'expected another part beside comparedTo, as each run has a worst epoch of its own',
  })
  .transform((expectation, context) => {
    // a duration in the metric’s unit
    const inUnit = (key: 'below' | 'above' | 'atMost' | 'atLeast'): number | undefined => {
      const written = expectation[key];
      if (typeof written !== 'string') return written;
      const { name, unit } = metricNamed(expectation.metric);
      const seconds = secondsMeant(written);
      const isTime = isTimeUnit(unit);
      if (isTime && isDurationText(written)) return seconds! / UNIT_SECONDS[unit];
      const isMeant = isTime && seconds !== undefined;
      const remark = seconds === undefined ? '' : `, as ${name} isn’t a time`;
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `expected a number${isTime ? ' or a duration such as 10m' : remark}`,
        params: isMeant ? { suggestion: toDuration(seconds) } : {},
      });
      return undefined;
    };
    const [below, above] = [inUnit('below'), inUnit('above')];
    const [atMost, atLeast] = [inUnit('atMost'), inUnit('atLeast')];
    return { ...expectation, below, above, atMost, atLeast };
  });

function isTimeUnit(unit: string): unit is keyof typeof UNIT_SECONDS {
  return Object.hasOwn(UNIT_SECONDS, unit);
}
