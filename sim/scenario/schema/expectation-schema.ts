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
import { metricNamed } from '../../record/metrics/index.js';
import type { Metric } from '../../record/metrics/metric.js';
import type { Over } from '../../record/over.js';

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

const within01 = (meaning: string) => quantity({ unit: 'fraction', above: 0, below: 1, meaning });
const over: z.ZodType<Over> = z.union(
  [
    choice(['mean', 'median', 'low95', 'high95'], { meaning: 'A figure of all replications' }),
    z.strictObject({ quantile: within01('Share of the replications below the quantile that is bounded') }),
    z.strictObject({ share: within01('Share of the replications that keep within the bounds, at least') }),
  ],
  'expected mean, median, low95, high95, {quantile: …} or {share: …}',
);

const bounds = ['below', 'above', 'atMost', 'atLeast'] as const;
const bound = (meaning: string) => numberOrDuration({ unit: 'the metric’s', meaning }).optional();
/** A bound on a metric, with the part of the run and the cohort that it is taken of. */
export function expectationSchema(metrics: readonly Metric[]) {
  return z
    .strictObject({
      metric: metricChoice(metrics),
      at: windowAt
        .describe(
          'Part of the run that it is taken over, without the warm-up: whole, or what the metric says; end, as long ' +
            'as an epoch, or the state then; worstEpoch, the highest for upper and the lowest for lower bounds, of ' +
            'numbers of jobs by whole epochs, of others with less than half an epoch joined to the epoch beside it; ' +
            'or a window',
        )
        .default('whole'),
      cohort: partName
        .describe(
          'Cohort that it is taken of, or attack: all cohorts that name it; default: all that the metric is about, ' +
            'attackers or honest ones',
        )
        .optional(),
      after: z
        .string()
        .min(1)
        .max(200)
        .describe(
          'Event after which the part begins: COHORT joins, outage NAME begins, surge NAME ends, …; of several the ' +
            'first',
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
      over: over
        .describe(
          'Of several replications, what the bounds are on: their mean, median or a quantile; an end of the 95 % ' +
            'interval of the mean; or each, of which a share has to keep within them. Default: mean, or median of ' +
            'what is a quantile itself',
        )
        .optional(),
      against: choice(['baseline'], {
        meaning:
          'With baseline, the bounds are on the change since the figures that sim check --update-baseline stored, of ' +
          'the metric over the whole run; other commands leave it out',
      }).optional(),
      below: bound('Upper bound, excluded; of a time also a duration such as 10m'),
      above: bound('Lower bound, excluded; of a time also a duration such as 10m'),
      atMost: bound('Upper bound, included; of a time also a duration such as 10m'),
      atLeast: bound('Lower bound, included; of a time also a duration such as 10m'),
      equals: bound('Middle of the bounds atLeast and atMost, which lie `within` to each side of it'),
      within: bound('How far from `equals` a value may be; of a time also a duration such as 10m'),
    })
    .refine((stated) => bounds.some((name) => stated[name] !== undefined) || stated.equals !== undefined, {
      message: 'expected at least one of below, above, atMost, atLeast, or equals and within',
    })
    .refine(({ equals, within }) => (equals === undefined) === (within === undefined), {
      message: 'expected equals and within together',
    })
    .refine((stated) => stated.equals === undefined || bounds.every((name) => stated[name] === undefined), {
      path: ['equals'],
      message: 'expected equals and within, or other bounds, not both',
    })
    .refine(
      ({ against, at, after, cohort, comparedTo }) =>
        against === undefined || (at === 'whole' && after === undefined && (cohort ?? comparedTo) === undefined),
      {
        path: ['against'],
        message: 'expected neither at, after, cohort nor comparedTo beside it, as a baseline is of whole runs',
      },
    )
    .refine(({ at, comparedTo }) => at !== 'worstEpoch' || comparedTo === undefined, {
      path: ['at'],
      message: 'expected another part beside comparedTo, as each run has a worst epoch of its own',
    })
    .transform((expectation, context) => {
      // a duration in the metric’s unit
      const inUnit = (key: (typeof bounds)[number] | 'equals' | 'within'): number | undefined => {
        const written = expectation[key];
        if (typeof written !== 'string') return written;
        const { name, unit } = metricNamed(expectation.metric, metrics);
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
      const [equals, within] = [inUnit('equals'), inUnit('within')];
      if (within !== undefined && within < 0) {
        context.addIssue({ code: 'custom', path: ['within'], message: 'expected a number of at least 0' });
      }
      const isEqual = equals !== undefined && within !== undefined;
      // 0.1 and 0.05 are to sum to 0.15, as they do on paper
      const atMost = isEqual ? Number((equals + within).toPrecision(15)) : inUnit('atMost');
      const atLeast = isEqual ? Number((equals - within).toPrecision(15)) : inUnit('atLeast');
      const { equals: _, within: __, ...rest } = expectation;
      return { ...rest, below, above, atMost, atLeast };
    });
}

/** One of the metrics, by its name. */
export function metricChoice(metrics: readonly Metric[]): z.ZodType<string> {
  return choice(metrics.map(({ name }) => name) as [string, ...string[]], { meaning: 'Name of a metric' });
}

function isTimeUnit(unit: string): unit is keyof typeof UNIT_SECONDS {
  return Object.hasOwn(UNIT_SECONDS, unit);
}
