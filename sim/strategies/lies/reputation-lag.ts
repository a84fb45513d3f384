import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { duration, flag, toDuration } from '../../model/contract/settings.js';
import { lyingService } from '../honest.js';

/**
 * Cheats in bursts that are over before its score, as the network sees it, tells of them, and repairs it until the next
 * one (reputation lag: Kerr and Cohen 2009).
 */
export const reputationLag = defineStrategy({
  kind: 'reputation-lag',
  meaning: 'Cheats in short bursts, over before the published score tells of them, and serves honestly in between.',
  formula: 'Lies in [from + k·every, from + k·every + burst), k = 0, 1, …',
  source: 'Reputation lag in Kerr and Cohen 2009, Smart cheaters do prosper',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('reputation-lag'),
    every: duration({ positive: true, meaning: 'Time from one burst to the next' }).prefault('1d'),
    burst: duration({ positive: true, meaning: 'How long each lasts; best as long as scores lag' }).prefault('10m'),
    from: duration({ meaning: 'When the first one begins' }).prefault('1d'),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ burst, every, from, shift }, outline) => {
    const found: Remark[] = [...shiftRemarks(shift, outline)];
    if (burst >= every) {
      const expected = `less than every, ${toDuration(every)}`;
      found.push({ setting: 'burst', expected, found: toDuration(burst), why: 'so that it never serves honestly' });
    }
    if (from >= outline.horizonSeconds) {
      const expected = `before the horizon, ${toDuration(outline.horizonSeconds)}`;
      found.push({
        setting: 'from',
        expected,
        found: toDuration(from),
        why: 'so that nobody ever lies',
        isInert: true,
      });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy =>
    lyingService(context, settings, () => {
      const { burst, every, from } = settings;
      const since = context.now() - from;
      return since >= 0 && since % every < burst;
    }),
});
