import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { dearestRemarks, rememberedFees } from '../../model/contract/cohorts/remembered-fees.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { flag, fraction, tokens } from '../../model/contract/settings.js';
import { roundTokens, toMicroTokens } from '../../model/contract/units.js';
import { lyingService } from '../honest.js';

/** Serves in cheap jobs, and cheats in dear ones, where one lie pays for many (Kerr and Cohen 2009). */
export const valueImbalance = defineStrategy({
  kind: 'value-imbalance',
  meaning: 'Serves honestly in cheap jobs and lies in dear ones.',
  formula: 'Lies if fee ≥ leastFee, or among the share dearest of fees seen',
  source: 'Value imbalance in Kerr and Cohen 2009, Smart cheaters do prosper',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('value-imbalance'),
    leastFee: tokens({ meaning: 'Fee from which on it lies; default: that of the dearest jobs' }).optional(),
    dearest: fraction({
      meaning:
        'Share of the jobs that count as dear: those with the highest fees of the last 1,000 that it was offered',
    }).default(0.1),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ dearest, leastFee, shift }, outline) => {
    const found: Remark[] = [...shiftRemarks(shift, outline)];
    if (leastFee !== undefined) {
      found.push({ setting: 'dearest', expected: 'no leastFee beside it', found: `${dearest}`, why: 'which decides' });
      if (leastFee > outline.mostFee) {
        const expected = `at most the highest fee of any job, ${outline.mostFee} tokens`;
        found.push({ setting: 'leastFee', expected, found: `${leastFee}`, why: 'so that nobody ever lies' });
      } else if (leastFee <= outline.leastFee) {
        const expected = `above the lowest fee of any job, ${roundTokens(outline.leastFee)} tokens`;
        found.push({ setting: 'leastFee', expected, found: `${leastFee}`, why: 'so that it lies in every job' });
      }
    } else if (dearest === 0) {
      found.push({ setting: 'dearest', expected: 'a share above 0', found: '0', why: 'so that nobody ever lies' });
    } else return [...found, ...dearestRemarks(dearest, outline)];
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, jobs } = context;
    const fees = rememberedFees();
    const least = settings.leastFee === undefined ? Number.NaN : toMicroTokens(settings.leastFee);
    const feeOf = (attempt: number) => jobs.fee[attempts.job[attempt]!]!;
    const isDear = (attempt: number) => {
      const fee = feeOf(attempt);
      return Number.isNaN(least) ? fees.isAmongDearest(fee, settings.dearest) : fee >= least;
    };
    return {
      ...lyingService(context, settings, (_node, attempt) => isDear(attempt)),
      accepts: (_node, attempt) => {
        fees.remember(feeOf(attempt));
        return true;
      },
    };
  },
});
