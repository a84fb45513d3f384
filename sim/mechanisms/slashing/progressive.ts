import { z } from 'zod';
import { pow } from '../../engine/math.js';
import { defineSlashingRule, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind, isJobFailure } from '../../model/contract/evidence.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { fraction, quantity } from '../../model/contract/settings.js';

const toNumber = (score: number) => String(Math.round(score * 1e4) / 1e4);

/**
 * Nothing at or above the neutral score; below it each failed job costs maxFraction · ((neutral − R)/neutral)^exponent
 * of the remaining stake, R being the score after the failure; at the score of ejection everything, and the node is
 * out.
 */
export const progressive = defineSlashingRule({
  kind: 'progressive',
  meaning: 'No slash at or above the neutral score; below it, the lower the score the larger the share slashed.',
  settings: z.strictObject({
    kind: z.literal('progressive'),
    neutral: quantity({ unit: 'score', above: 0, most: 100, meaning: 'Score from which nothing is slashed' }).default(
      1,
    ),
    maxFraction: fraction({ meaning: 'Share of the remaining stake at score 0' }).default(0.2),
    exponent: quantity({ unit: '1', least: 0, most: 8, meaning: 'Power of the distance below neutral' }).default(2),
    ejectAt: quantity({
      unit: 'score',
      least: 0,
      most: 100,
      meaning: 'Score at which the whole stake is slashed and the node ejected',
    }).default(0),
  }),
  remarks: ({ neutral, maxFraction, ejectAt }, { scores }) => {
    const { lowest, highest, reachesLowest } = scores;
    const found: Remark[] = [];
    const range = `${toNumber(lowest)} to ${toNumber(highest)}`;
    const add = (setting: string, value: number, why: string) => {
      found.push({ setting, expected: `a score that the reputation model gives, ${range}`, found: String(value), why });
    };
    if (maxFraction === 0) {
      const why = 'so that nothing is slashed but from who is ejected';
      found.push({ setting: 'maxFraction', expected: 'a share above 0', found: '0', why });
    }
    if (neutral > highest) add('neutral', neutral, 'so that every failure is slashed, at the best score, too');
    if (neutral <= lowest) add('neutral', neutral, 'so that no failure is slashed by its score');
    if (ejectAt >= highest) add('ejectAt', ejectAt, 'so that the first failure ejects');
    if (ejectAt < lowest || (ejectAt === lowest && !reachesLowest)) {
      add('ejectAt', ejectAt, 'so that nobody is ever ejected');
    }
    return found;
  },
  create: (settings): SlashingRule => ({
    penalize: (evidence, score, penalty) => {
      // a success, or what decides nothing, costs nothing at any score
      if (!isJobFailure(evidence.kind) && evidence.kind !== EvidenceKind.checkInMissed) return;
      const { neutral, maxFraction, exponent, ejectAt } = settings.of(evidence.job);
      if (score <= ejectAt) {
        penalty.stakeFraction = 1;
        penalty.ejects = true;
      } else if (score < neutral && isJobFailure(evidence.kind)) {
        const distance = (neutral - score) / neutral;
        penalty.stakeFraction = maxFraction * pow(distance, exponent);
      }
    },
  }),
});
