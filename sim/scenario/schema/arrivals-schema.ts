import { z } from 'zod';
import { hasOneRate, rateKeys } from '../../model/contract/rate-keys.js';
import { duration, fraction } from '../../model/contract/settings.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { surgesSchema } from '../../model/outside/surges.js';

/** Times that a list may have: more are a record, which a trace replays. */
const timesMost = 100_000;

/** When jobs arrive: at random with a mean rate, at set intervals, or by a list. */
export const arrivalsSchema = z
  .strictObject({
    ...rateKeys('jobs', 'Mean arrivals'),
    every: duration({ positive: true, meaning: 'Time from one job to the next, the first after as long' }).optional(),
    at: z
      .array(duration({ orZero: true, meaning: 'Time of a job' }), 'expected a list of times, such as [1h, 2h]')
      .min(1, 'expected a list of at least one time')
      .max(timesMost, `expected a list of at most ${timesMost} times`)
      .describe('Times of all jobs, ascending; two at one time come in this order')
      .optional(),
    diurnal: fraction({ meaning: 'Relative amplitude of the daily wave' }).default(0),
    peakAt: duration({ most: secondsPerDay - 1, meaning: 'Time of day at which the wave is highest' }).prefault('6h'),
    surges: surgesSchema.default({}),
  })
  .superRefine(({ every, at, diurnal, surges, ...rate }, context) => {
    const tell = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const isTimed = every !== undefined || at !== undefined;
    const hasRate = rate.perSecond !== undefined || rate.perHour !== undefined || rate.perDay !== undefined;
    if (isTimed ? hasRate || (every !== undefined && at !== undefined) : !hasOneRate(rate)) {
      tell([], 'expected exactly one of perSecond, perHour, perDay, every, at');
    }
    if (isTimed && diurnal > 0) tell(['diurnal'], 'expected 0 beside every or at, as a wave thins random arrivals');
    if (at === undefined) return;
    if (Object.keys(surges).length > 0) tell(['surges'], 'expected none beside at, as a list has all times');
    const late = at.findIndex((time, place) => place > 0 && time < at[place - 1]!);
    if (late > 0) tell(['at', `${late}`], 'expected a time not before the one ahead of it');
  })
  .describe('When jobs arrive: exactly one of perSecond, perHour, perDay, every and at');
