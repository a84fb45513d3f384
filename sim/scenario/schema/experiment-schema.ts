import { z } from 'zod';
import { count, partName } from '../../model/contract/settings.js';
import type { Metric } from '../../record/metrics/metric.js';
import { metricChoice } from './expectation-schema.js';

/** Metrics that a sweep's report shows at most. */
export const metricsShownMost = 8;
/** Runs that one experiment may ask for, included. */
export const runsMost = 1_000_000;

const overrides = z
  .record(z.string(), z.unknown())
  .describe(
    'What is laid over the scenario, as a file that extends it would say it; a name may also be a dotted path as ' +
      'after --set (with + before a new part); {} is the scenario as it stands',
  );

/** Runs of a scenario under other settings, by the name of each. */
export const variantsSchema = z
  .record(partName, overrides)
  .refine((variants) => Object.keys(variants).length > 0, 'expected at least one variant')
  .describe('Settings under which sim run runs the scenario side by side, with the same seeds, by name');

const steps = z
  .union(
    [z.string().min(1), z.number(), z.array(z.unknown()).min(1)],
    'expected values such as 0:0.5:0.05, 1:1000:log:7 or [100, 300, 600]',
  )
  .describe(
    'Values of the setting at this path, as after --vary: a list, start:end:step, start:end:log:COUNT, or low:high ' +
      'for latin and sobol points; of paths tied by & a list of lists, or text with & between the values',
  );

/** What `sim sweep` varies where its options say nothing else. */
export function experimentSchema(metrics: readonly Metric[]) {
  return z
    .strictObject({
      vary: z
        .record(z.string().min(1), steps)
        .describe(
          'Values of each setting that is varied, by its path; several paths with & between them change together',
        )
        .default({}),
      points: z
        .string()
        .regex(/^(latin|sobol):[1-9]\d{0,6}$/, 'expected latin:COUNT or sobol:COUNT')
        .describe('Points that fill the ranges, as latin:50 or sobol:64; default: every combination of the values')
        .optional(),
      replications: count({
        least: 1,
        most: runsMost,
        meaning: 'Runs of each point, with the same seeds at all of them; default: 8',
      }).optional(),
      metrics: z
        .array(metricChoice(metrics))
        .min(1)
        .max(metricsShownMost)
        .describe('Metrics that the report shows; default: those that the scenario asks about, and the headlines')
        .optional(),
    })
    .describe('What sim sweep varies');
}
