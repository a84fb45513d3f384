import { z } from 'zod';
import { choice, distribution, duration, flag, fraction } from '../../model/contract/settings.js';
import { secondsPerHour } from '../../model/contract/units.js';
import { outagePresets } from './outage-patterns.js';
import { partName } from './stress-schema.js';

/** A machine's own outages: sessions and outages in turn. */
export const outagesSchema = z
  .union(
    [
      choice(outagePresets, { meaning: 'A named pattern of outages' }),
      z
        .strictObject({
          pattern: choice(outagePresets, { meaning: 'A named pattern, in place of up and down' }).optional(),
          up: distribution({ unit: 'seconds', meaning: 'Length of sessions' }).optional(),
          down: distribution({ unit: 'seconds', meaning: 'Length of outages' }).optional(),
          running: choice(['lose', 'pause', 'finish'], {
            meaning: 'What becomes of running attempts when the machine goes down, for whatever reason',
          }).default('lose'),
          announced: flag({
            meaning: 'Whether outages are announced: running work is handed back, missed check-ins don’t count',
          }).default(false),
        })
        .refine(({ up }) => up === undefined || up.mean > 0, {
          path: ['up'],
          message: 'expected sessions longer than 0',
        })
        .refine(
          ({ pattern, up, down }) =>
            pattern === undefined ? up !== undefined && down !== undefined : up === undefined && down === undefined,
          'expected either up and down, or a pattern',
        ),
    ],
    `expected one of: ${outagePresets.join(', ')}, or {up: …, down: …}, or {pattern: …}`,
  )
  .describe('When machines are down of their own accord: a named pattern, or sessions and outages in turn');

/** Announced windows of each machine of a cohort. */
export const maintenanceSchema = z
  .strictObject({
    every: duration({ least: secondsPerHour, meaning: 'From the start of a machine’s window to that of its next' }),
    for: duration({ positive: true, meaning: 'Length of a window' }),
    at: duration({ meaning: 'Start of the first window' }).default(0),
    over: duration({
      meaning: 'The machines’ windows are spread uniformly over this long; default: every; 0: all at once',
    }).optional(),
  })
  .refine((settings) => settings.for < settings.every, {
    path: ['for'],
    message: 'expected windows shorter than every',
  })
  .refine(({ every, over = 0 }) => over <= every, { path: ['over'], message: 'expected at most every' })
  .describe('Announced maintenance of each machine; default: none');

/** Slow loss of true throughput. */
export const wearSchema = z
  .strictObject({
    every: duration({ least: secondsPerHour, meaning: 'Interval of the loss' }),
    loss: fraction({ most: 0.99, meaning: 'Share of the throughput lost at each interval’s end' }),
    share: fraction({ meaning: 'Share of the machines that wear' }).default(1),
  })
  .describe('Slow degradation: machines lose true throughput, and declare what they had; default: none');

/** Shares of a cohort's machines by hosting provider; the rest stand alone. */
export const providersSchema = z
  .record(partName, fraction({ meaning: 'Share of the machines' }))
  .refine((shares) => Object.keys(shares).length > 0, 'expected at least one provider with a share')
  .refine((shares) => {
    let sum = 0;
    for (const share of Object.values(shares)) sum += share;
    return sum <= 1 + 1e-9;
  }, 'expected shares that sum to at most 1')
  .describe('Shares of the machines by hosting provider; the rest stand alone');
