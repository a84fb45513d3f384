import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { choice, duration, flag, quantity, toDuration } from '../../model/contract/settings.js';
import { lyingService } from '../honest.js';

const score = (meaning: string) => quantity({ unit: 'score', least: 0, most: 1_000_000, meaning });

/**
 * Cheats while its score is high, and repairs it while that is low; or cheats and serves for fixed times in turn
 * (strategic oscillation: Srivatsa, Xiong and Liu 2005).
 */
export const onOff = defineStrategy({
  kind: 'on-off',
  meaning: 'Cheats while its score is high and repairs it while that is low, or both for fixed times in turn.',
  formula: 'By score: lies from score > high until score < low; by time: cheatsFor after each servesFor',
  source: 'Strategic oscillation in Srivatsa, Xiong and Liu 2005, TrustGuard',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('on-off'),
    by: choice(['score', 'time'], { meaning: 'What it goes by' }).default('score'),
    high: score('Published score above which it begins to cheat').default(0.8),
    low: score('Published score below which it begins to repair it').default(0.6),
    cheatsFor: duration({ positive: true, meaning: 'By time: how long it cheats' }).prefault('1d'),
    servesFor: duration({ positive: true, meaning: 'By time: how long it serves before it cheats' }).prefault('4d'),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ by, cheatsFor, high, low, servesFor, shift }, outline) => {
    const found: Remark[] = [...shiftRemarks(shift, outline)];
    const { horizonSeconds, scores } = outline;
    if (by === 'time') {
      for (const [setting, value] of [['high', high] as const, ['low', low] as const]) {
        found.push({ setting, expected: 'by: score', found: `${value}`, why: 'so that no score matters to it' });
      }
      if (servesFor >= horizonSeconds) {
        const expected = `less than the horizon, ${toDuration(horizonSeconds)}`;
        const why = 'so that nobody ever lies';
        found.push({ setting: 'servesFor', expected, found: toDuration(servesFor), why, isInert: true });
      }
      return found;
    }
    for (const [setting, value] of [['cheatsFor', cheatsFor] as const, ['servesFor', servesFor] as const]) {
      found.push({ setting, expected: 'by: time', found: toDuration(value), why: 'so that no time matters to it' });
    }
    if (low > high) {
      const expected = `at most high, ${high}`;
      found.push({ setting: 'low', expected, found: `${low}`, why: 'as it can’t do both', isFault: true });
    }
    if (high >= scores.highest) {
      const expected = `below the highest score, ${scores.highest}`;
      found.push({ setting: 'high', expected, found: `${high}`, why: 'so that nobody ever lies', isInert: true });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { nodes } = context;
    /** By node: 1 while it cheats. */
    const cheats = new Uint8Array(nodes.capacity);
    const byTime = () => {
      const { cheatsFor, servesFor } = settings;
      return context.now() % (servesFor + cheatsFor) >= servesFor;
    };
    const byScore = (node: number) => {
      const score = nodes.publishedScore[node]!;
      if (score > settings.high) cheats[node] = 1;
      if (score < settings.low) cheats[node] = 0;
      return cheats[node] === 1;
    };
    return lyingService(context, settings, settings.by === 'time' ? byTime : byScore);
  },
});
