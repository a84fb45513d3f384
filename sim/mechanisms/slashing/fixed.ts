import { z } from 'zod';
import { defineSlashingRule, type Remark } from '../../model/contract/definition.js';
import { isJobFailure } from '../../model/contract/evidence.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { count, fraction } from '../../model/contract/settings.js';

/** The same share of the remaining stake for every failed job. */
export const fixed = defineSlashingRule({
  kind: 'fixed',
  meaning: 'Every failed job costs the same share of the remaining stake.',
  settings: z.strictObject({
    kind: z.literal('fixed'),
    fraction: fraction({ meaning: 'Share of the remaining stake slashed' }).default(0.01),
    bondFraction: fraction({ meaning: 'Share of the bond slashed that was locked for the attempt' }).default(0),
    jailEpochs: count({ most: 10_000, unit: 'epochs', meaning: 'Whole epochs in jail after a failure' }).default(0),
  }),
  remarks: ({ fraction, bondFraction, jailEpochs }, { locksBonds }) => {
    const found: Remark[] = [];
    if (bondFraction > 0 && !locksBonds) {
      const expected = 'a reward rule that locks bonds (for fee-split, rewards.bondFraction above 0)';
      found.push({
        setting: 'bondFraction',
        expected,
        found: String(bondFraction),
        why: 'so that there is none to slash',
      });
    }
    const takesBonds = bondFraction > 0 && locksBonds;
    if (fraction === 0 && !takesBonds) {
      const why =
        jailEpochs > 0 ? 'so that a failure costs nothing but time in jail' : 'so that no failure costs anything';
      found.push({
        setting: 'fraction',
        expected: 'a share above 0 (none is the rule that slashes nothing)',
        found: '0',
        why,
      });
    }
    return found;
  },
  create: (settings): SlashingRule => ({
    penalize: (evidence, _score, penalty) => {
      if (!isJobFailure(evidence.kind)) return;
      const { fraction, bondFraction, jailEpochs } = settings.of(evidence.job);
      penalty.stakeFraction = fraction;
      penalty.bondFraction = bondFraction;
      penalty.jailEpochs = jailEpochs;
    },
  }),
});
